"""The report's section on what a text changes: in five languages, escaped, claims named."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tairiku.report.report import write_report
from tairiku.report.sourced import shown, sourced
from tairiku.scenario.load import load_scenario
from tairiku.study.sourced import entry_of, values_of
from tests.report.synthetic import write_run
from tests.report.test_pack import unpack

BASE = load_scenario("ichigo")


def entries(sources: str) -> list[dict[str, Any]]:
    return [entry_of(value, sources) for value in values_of(BASE)]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up run said to be by the German text, one value of it with marks of HTML."""
    folder = write_run(tmp_path_factory.mktemp("run"), BASE, days=3)
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    told = entries("de")
    told[0] = {**told[0], "de": "<b>19</b>", "taken": "<b>19</b>", "claims": ["<i>DE</i>"]}
    summary |= {"sources": "de", "source_values": told}
    (folder / "summary.json").write_text(json.dumps(summary), "utf-8")
    return folder


def test_the_section_lists_what_the_text_changes(run: Path) -> None:
    page = write_report(run, BASE).read_text("utf-8")
    section = page.split('id="table-sourced"')[1].split("</table>")[0]
    assert "Guns of the Japanese side" in section
    for cell in ("6,000", "1,500", "1,452", "DE-031"):
        assert cell in section
    assert section.count("<tr>") == 1 + sum(entry["changed"] for entry in entries("de"))
    assert "Ammunition of the Japanese side" not in section  # the German text is silent
    assert "Ammunition of the Japanese side" in page.split("source-silent")[1]


def test_what_a_run_says_is_escaped(run: Path) -> None:
    page = write_report(run, BASE).read_text("utf-8")
    assert "<b>19</b>" not in page
    assert "<i>DE</i>" not in page
    assert "&lt;b&gt;19&lt;/b&gt;" in page


def test_the_page_can_turn_the_section_into_any_language(run: Path) -> None:
    page = write_report(run, BASE, output=run / "de.html", lang="de").read_text("utf-8")
    section = page.split("Was dieser Text")[1].split("</table>")[0]
    assert "Geschütze der japanischen Seite" in section
    contents, _ = unpack(re.search(r'id="payload">([^<]+)<', page)[1])
    keys = re.findall(r'data-t="(value\.[^"]+)"', page)
    assert keys
    assert all(len(contents["words"][key]) == 5 for key in keys)


def test_ids_are_told_by_their_names() -> None:
    assert shown(BASE, "formation", "cn-15c;cn-94d")[0] == "15th Corps, 94th Division"
    assert shown(BASE, "place", "hengyang")[2] == "衡陽"
    assert shown(BASE, "person", "hata")[4] == "畑俊六"
    assert shown(BASE, "men", "12000")[0] == "12,000"
    assert shown(BASE, "date", "conditions")[1] == "unter Bedingungen"
    assert shown(BASE, "men", "") == ["–"] * 5


def test_reconciled_runs_list_every_disputed_value() -> None:
    told = sourced({"sources": "reconciled", "source_values": entries("reconciled")}, BASE)
    assert len(told.rows) == len(values_of(BASE))
    assert told.silent == []
    older = sourced({"sources": "de"}, BASE)
    assert (older.rows, older.words) == ([], {})
