"""Names: one city by every spelling, five languages with their fallback, makers up to date."""

import subprocess
import sys
from pathlib import Path

import pytest

from tairiku.base.errors import RequestError
from tairiku.base.names import LANGUAGES, name_in
from tairiku.record.load import Record, load_record
from tairiku.record.names import find, fold, name_of, one
from tairiku.record.scripts import japanese, one_form, simplified, traditional

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record()


@pytest.mark.parametrize(
    "text",
    [
        "衡陽",
        "衡阳",
        "Hengyang",
        "Heng-yang",
        "Hengyō",
        "HENGYANG",
        "Heng yang",
        "Kōyō",
        "hengyang",
    ],
)
def test_one_city_by_all_its_names(record: Record, text: str) -> None:
    assert one(record, text).id == "hengyang"
    assert find(record, text)[0].id == "hengyang"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("第37師団", "jp-37d"),
        ("第三十七师团", "jp-37d"),
        ("37th Division", "jp-37d"),
        ("第十軍", "cn-10c"),
        ("10. Korps", "cn-10c"),
        ("湯恩伯", "tang"),
        ("汤恩伯", "tang"),
        ("T'ang En-po", "tang"),
        ("東條英機", "tojo"),
        ("东条英机", "tojo"),
        ("Tōjō Hideki", "tojo"),
        ("蒋介石", "chiang"),
        ("Kweilin", "guilin"),
        ("広西", "guangxi"),
        ("豫湘桂会战", "campaign"),
        ("14. US-Luftflotte", "us-14af"),
    ],
)
def test_others_by_their_names(record: Record, text: str, id_: str) -> None:
    assert one(record, text).id == id_


def test_a_part_of_a_name_finds_them_all(record: Record) -> None:
    found = [entity.id for entity in find(record, "Hengyan")]
    assert found[0] == "hengyang"
    assert "battle-of-hengyang" in [e.id for e in find(record, "hengyang")]
    with pytest.raises(RequestError, match="part of several names"):
        one(record, "Divisio")
    with pytest.raises(RequestError, match="did you mean 'Luoyang'"):
        one(record, "Luoyagn")


def test_a_search_in_one_language(record: Record) -> None:
    assert "campaign" in [e.id for e in find(record, "一号作戦", "ja")]
    assert "campaign" not in [e.id for e in find(record, "一号作戦", "en")]
    assert find(record, "- '") == []


def test_every_thing_has_a_name_in_every_language(record: Record) -> None:
    for entity in record.entities.values():
        for language in LANGUAGES:
            assert name_in(entity, language), entity.id


def test_places_formations_and_people_are_named_in_chinese_and_japanese(record: Record) -> None:
    lacking = [
        entity.id
        for entity in record.entities.values()
        if entity.type in ("place", "formation", "person")
        and not (entity.name_zht and entity.name_zhs and entity.name_ja)
    ]
    # westerners, and a few things that only the German text names
    assert len(lacking) < 0.03 * len(record.entities), lacking


def test_formations_of_the_scenario_have_german_names(record: Record) -> None:
    for entity in record.entities.values():
        if entity.type == "formation" and entity.id.startswith(("jp-", "cn-")):
            assert entity.name_de, entity.id


def test_the_fallback_is_that_of_the_languages(record: Record) -> None:
    assert name_of(record, "hengyang", "ja") == "衡陽"
    assert name_of(record, "guangxi", "ja") == "広西"
    assert name_of(record, "no-such-thing", "ja") == "no-such-thing"


def test_scripts() -> None:
    assert simplified("衡陽會戰") == "衡阳会战"
    assert traditional("戦車第3師団") == "戰車第3師團"
    assert japanese("獨立混成旅團") == "独立混成旅団"
    assert japanese("豫湘桂") == "豫湘桂"
    assert len({one_form(name) for name in ("廣州", "广州", "広州")}) == 1


def test_folding_is_done_once() -> None:
    for text in ("Hengyō", "第六十二軍", "廣西", "Xi'an", "Straße", "Lü Gongliang"):
        assert fold(fold(text)) == fold(text)


def test_the_table_of_formation_names_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "tools/build_record_names.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
