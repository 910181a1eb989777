import base64
import json
import struct
import zlib

import numpy as np
import pytest

from tairiku.report.pack import Pack, smallest

KINDS = {"i8": np.int8, "u8": np.uint8, "i16": np.int16, "i32": np.int32, "f32": np.float32}


def unpack(text):
    """The arrays of a packed text, read as the page reads them."""
    whole = zlib.decompress(base64.b64decode(text))
    (length,) = struct.unpack("<I", whole[:4])
    contents = json.loads(whole[4 : 4 + length])
    arrays = {}
    for name, told in contents["arrays"].items():
        kind = KINDS[told["type"]]
        count = int(np.prod(told["shape"]))
        start = 4 + length + told["offset"]
        assert start % 4 == 0
        values = np.frombuffer(whole, kind, count, start).reshape(told["shape"])
        arrays[name] = np.cumsum(values, axis=-1, dtype=np.int64) if told["delta"] else values
    return contents, arrays


def test_arrays_come_back_whole():
    rng = np.random.default_rng(3)
    given = {
        "small": rng.integers(-100, 100, (4, 9)),
        "bytes": rng.integers(0, 255, (3, 5)).astype(np.uint8),
        "wide": rng.integers(-(10**8), 10**8, 11),
        "real": rng.random(6),
        "none": np.zeros(0, int),
    }
    pack = Pack()
    for name, values in given.items():
        pack.add(name, values, delta=name in ("small", "wide"))
    contents, arrays = unpack(pack.text({"title": "一號作戰"}))
    assert contents["title"] == "一號作戰"
    for name, values in given.items():
        assert arrays[name] == pytest.approx(values, rel=1e-6)


def test_the_smallest_type_is_taken():
    assert smallest(np.array([-128, 127])).dtype == np.int8
    assert smallest(np.array([0, 128])).dtype == np.int16
    assert smallest(np.array([0, 40000])).dtype == np.int32
    with pytest.raises(ValueError, match="32 bits"):
        smallest(np.array([2**40]))


def test_the_same_arrays_give_the_same_text():
    first, second = Pack(), Pack()
    for pack in (first, second):
        pack.add("a", np.arange(10))
    assert first.text({"k": 1}) == second.text({"k": 1})
