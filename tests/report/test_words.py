import re
from pathlib import Path

import pytest

from tairiku.base.names import LANGUAGES
from tairiku.report.report import FOLDER, MISSIONS, ORDERS
from tairiku.report.words import word, words
from tairiku.scenario.models import Force, UnitKind
from tairiku.sim import codes

PAGES = [*sorted(FOLDER.glob("player/*.js")), *sorted(FOLDER.glob("templates/*.html"))]


def test_every_word_has_five_languages():
    for key, texts in words().items():
        assert len(texts) == len(LANGUAGES), key
        assert all(text.strip() for text in texts), key


def test_patterns_have_the_same_parts_in_every_language():
    for key, texts in words().items():
        parts = [sorted(re.findall(r"\{[^}]*\}", text)) for text in texts]
        assert all(part == parts[0] for part in parts), key


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_every_word_a_page_asks_for_is_there(path: Path):
    text = path.read_text(encoding="utf-8")
    asked = set(re.findall(r'\bt\("([^"$]+)"\)', text))
    asked |= set(re.findall(r'data-t(?:-label|-title|-hint)?="([^"{]+)"', text))
    asked |= set(re.findall(r'\bw\("([^"~]+)"\)', text))
    assert {key for key in asked if not key.endswith("-")} <= set(words())


def test_every_code_of_the_rules_has_its_word():
    wanted = [f"event.{name}" for name in codes.EVENT_NAMES if name not in ("none", "control")]
    wanted += [f"posture.{name}" for name in codes.POSTURE_NAMES]
    wanted += [f"order.{name}" for name in codes.ORDER_NAMES]
    wanted += [f"status.{name}" for name in codes.STATUS_NAMES if name != "empty"]
    wanted += [f"terrain.{name}" for name in codes.TERRAIN_NAMES]
    wanted += [f"mission.{name}" for name in codes.MISSION_NAMES]
    wanted += [f"force.{name}" for name in Force.__args__]
    wanted += [f"kind.{name}" for name in UnitKind.__args__]
    assert [key for key in wanted if key not in words()] == []


def test_orders_and_missions_are_in_the_order_of_their_codes():
    assert tuple(ORDERS) == codes.ORDER_NAMES
    assert tuple(MISSIONS) == codes.MISSION_NAMES


def test_a_word_that_is_not_there_is_its_key():
    assert word("play", "de") == "Abspielen"
    assert word("no-such-word", "ja") == "no-such-word"
