"""Loading the record: ours is sound, every fault of a bad file is told, corrections are seen."""

import csv
import pickle
from pathlib import Path

import pytest

import tairiku
from tairiku.base.errors import DataError, Problem, RequestError
from tairiku.record import cache
from tairiku.record.load import load_record, read_record_files
from tests.record.small import NEW, OLD, OTHER, TEXT, small_record, write_source


def faults(folder: Path) -> list[str]:
    """What is wrong with a record's folder, each as a line."""
    problems: list[Problem] = []
    read_record_files(folder, [], problems)
    return [str(problem) for problem in problems]


def said(lines: list[str], *words: str) -> bool:
    return any(all(word in line for word in words) for line in lines)


def test_our_own_record_is_sound() -> None:
    record = load_record()
    assert {"de", "zh", "facts"} <= set(record.sources)
    assert record.sources["de"].standing == record.sources["zh"].standing == 1
    assert record.sources["facts"].standing > 1
    assert set(record.source_of) == set(record.claims)
    assert len(record.of("de")) > 500
    assert len(record.of("zh")) > 700


def test_every_claim_of_a_text_says_what_it_must() -> None:
    record = load_record()
    for source in ("de", "zh"):
        for claim in record.of(source):
            assert claim.statement.endswith((".", ")", '"')), claim.id
            assert claim.bound != "range" or claim.value_to, claim.id


def test_the_package_can_be_called(tmp_path: Path) -> None:
    write_source(tmp_path, OTHER, NEW)
    assert "NEW-1" in tairiku.record(tmp_path).claims
    assert "NEW-1" not in tairiku.record().claims


def test_about_finds_a_thing_in_every_part_of_a_claim(tmp_path: Path) -> None:
    record = small_record(tmp_path)
    ids = {id_: [c.id for c in record.about(id_)] for id_ in ("jp-12a", "luoyang", "cn-15c", "S13")}
    assert ids["jp-12a"] == ["OLD-2"]
    assert {"OLD-2", "OLD-3", "NEW-2"} <= set(ids["luoyang"])
    assert ids["cn-15c"] == ["OLD-3"]
    assert ids["S13"] == ["OLD-2"]
    with pytest.raises(RequestError, match="did you mean 'luoyang'"):
        record.entity("luoyan")


def test_every_fault_of_a_claim_is_told_at_once(tmp_path: Path) -> None:
    base = OLD[1]
    rows = [
        base,
        base,
        {**base, "id": "old 3"},
        {**base, "id": "OLD-4", "place": "luoyagn"},
        {**base, "id": "OLD-5", "date": "1944-06-31"},
        {**base, "id": "OLD-6", "locator": "L99.1"},
        {**base, "id": "OLD-7", "locator": "line 4"},
        {**base, "id": "OLD-8", "property": "felled"},
        {**base, "id": "OLD-9", "property": "men", "value": "10,000"},
        {**base, "id": "OLD-10", "property": "taken", "value": "perhaps"},
        {**base, "id": "OLD-11", "value": "24 May"},
        {**base, "id": "OLD-12", "property": "defender", "value": "cn-15c;nobody"},
        {**base, "id": "OLD-13", "kind": "fight"},
        {**base, "id": "OLD-14", "subject": "lüoyang"},
        {**base, "id": "OLD-15", "actors": "jp-12a;jp-12aa"},
        {**base, "id": "OLD-16", "part_of": "OLD-99"},
        {
            **base,
            "id": "OLD-17",
            "property": "men",
            "value": "9",
            "value_to": "8",
            "bound": "range",
        },
        {**base, "id": "OLD-18", "property": "time-of-day", "value": "25:00"},
        {**base, "id": "OLD-19", "property": "men", "value": "9", "bound": "range"},
        {**base, "id": "OLD-20", "reporter": "S99"},
        {**base, "id": "OLD-21", "property": "action", "value": "They attacked."},
    ]
    write_source(tmp_path / "sources", TEXT, rows)
    found = faults(tmp_path)
    for words in (
        ("old.csv:3", "OLD-2", "stands already in line 2"),
        ("old.csv:4", "old 3", "no claim id"),
        ("old.csv:5", "luoyagn", "did you mean 'luoyang'"),
        ("old.csv:6", "1944-06-31", "did you mean '1944-06-30'"),
        ("old.csv:7", "L99.1", "lies beyond the text", "9 lines"),
        ("old.csv:8", "line 4", "not a locator"),
        ("old.csv:9", "felled", "no property"),
        ("old.csv:10", "10,000", "not a number", "without separators"),
        ("old.csv:11", "perhaps", "neither yes nor no"),
        ("old.csv:12", "24 May", "not a date"),
        ("old.csv:13", "nobody"),
        ("old.csv:14", "fight", "write one of them"),
        ("old.csv:15", "lüoyang", "did you mean 'luoyang'"),
        ("old.csv:16", "jp-12aa", "jp-12a"),
        ("old.csv:17", "OLD-99", "no claim"),
        ("old.csv:18", "value_to '8'", "less than value 9"),
        ("old.csv:19", "25:00", "no time of day"),
        ("old.csv:20", "value_to", "two ends"),
        ("old.csv:21", "S99"),
        ("old.csv:22", "They attacked.", "no term"),
    ):
        assert said(found, *words), "\n".join(found)
    with pytest.raises(DataError, match="problems"):
        load_record(tmp_path)


def test_a_sentence_beyond_the_line_is_told_without_the_document(tmp_path: Path) -> None:
    head = TEXT + "sentences = [1, 2, 1, 1, 1, 1, 1, 1, 1]\n"
    write_source(tmp_path / "sources", head, [{**OLD[1], "locator": "L2.2;L3.2"}])
    assert said(faults(tmp_path), "L2.2;L3.2", "line 3 of old has 1 sentences")


def test_a_source_without_claims_or_with_a_bad_head(tmp_path: Path) -> None:
    write_source(tmp_path / "sources", TEXT, OLD)
    (tmp_path / "sources" / "old.csv").unlink()
    assert said(faults(tmp_path), "old.csv", "missing")
    (tmp_path / "sources" / "old.toml").write_text('id = "Old"\nstanding = 0\nfaith = 1\n')
    found = faults(tmp_path)
    for words in (("id 'Old'", "no source id"), ("standing '0'",), ("faith",), ("title",)):
        assert said(found, *words), "\n".join(found)


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(DataError, match="nowhere"):
        load_record(extra=[Path("nowhere")])


def test_one_source_by_its_file_and_two_of_one_name(tmp_path: Path) -> None:
    write_source(tmp_path / "a", OTHER, NEW)
    write_source(tmp_path / "b", OTHER, NEW)
    assert "new" in load_record(extra=[tmp_path / "a" / "new.toml"]).sources
    with pytest.raises(DataError, match="another source already"):
        load_record(extra=[tmp_path / "a", tmp_path / "b"])


def test_a_folder_brings_its_own_places(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text(
        "id,name,name_de,name_zht,name_zhs,name_ja,alt_names,kind,near_place_id,note\n"
        "my-hill,A hill,,無名山,,,Hill 203,hill,luoyang,\n",
        encoding="utf-8",
    )
    write_source(tmp_path, OTHER, [{**NEW[1], "place": "my-hill"}])
    record = load_record(extra=[tmp_path])
    assert record.claims["NEW-2"].places == ("my-hill",)
    assert record.entity("my-hill").name_zhs == "无名山"
    (tmp_path / "people.csv").write_text(
        "id,side,name,name_de,name_zht,name_zhs,name_ja,alt_names,note\nluoyang,china,X,,,,,,\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="id of a place already"):
        load_record(extra=[tmp_path])


def test_corrections_are_applied_in_order_and_kept(tmp_path: Path) -> None:
    record = small_record(tmp_path)
    claim = record.claims["NEW-1"]
    assert (claim.value, claim.bound) == ("1500", "exact")
    assert [c.was for c in record.corrections_of("NEW-1")] == ["1505", "about"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("NEW-1,value,1506,1500,2026-01-02,A,misread", "does not stand there; NEW-1 has '1505'"),
        ("NEW-9,value,1505,1500,2026-01-02,A,misread", "no claim of the record"),
        ("NEW-1,worth,1505,1500,2026-01-02,A,misread", "no field of a claim"),
        ("NEW-1,value,1505,many,2026-01-02,A,misread", "not a number"),
        ("NEW-1,kind,strength,might,2026-01-02,A,misread", "cannot stand there"),
        ("NEW-1,value,1505,1500,2026-02-30,A,misread", "did you mean '2026-02-28'"),
    ],
)
def test_a_correction_that_does_not_fit(tmp_path: Path, row: str, words: str) -> None:
    small_record(tmp_path)
    head = "claim_id,field,was,now,date,by,reason\n"
    (tmp_path / "corrections.csv").write_text(head + row + "\n", encoding="utf-8")
    found = faults(tmp_path)
    assert said(found, words), "\n".join(found)


def test_an_override_names_what_there_is(tmp_path: Path) -> None:
    small_record(tmp_path)
    head = "subject,side,property,scope,value,claims,reason,by\n"
    good = "campaign,japan,guns,,1500,NEW-1,the army's own table,A. Reader\n"
    (tmp_path / "overrides.csv").write_text(head + good, encoding="utf-8")
    assert load_record(tmp_path).overrides[0].value == "1500"
    bad = "campain,japan,gunz,,1500,NEW-7,x,A\ncampaign,japan,guns,,many,,x,A\n"
    (tmp_path / "overrides.csv").write_text(head + bad, encoding="utf-8")
    found = faults(tmp_path)
    for words in (("campain", "campaign"), ("gunz",), ("NEW-7",), ("many", "not a number")):
        assert said(found, *words), "\n".join(found)


def test_what_is_kept_is_what_was_read_until_a_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIRIKU_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "record"
    first = small_record(folder)
    place = cache.place_of([folder])
    assert place.is_file()
    again = load_record(folder)
    assert again == first
    assert again is not first
    path = folder / "sources" / "old.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",6000,", ",6100,"), encoding="utf-8")
    assert load_record(folder).claims["OLD-1"].value == "6100"
    for content in (b"", b"no pickle", pickle.dumps([1])):
        cache.place_of([folder]).write_bytes(content)
        assert load_record(folder).claims["OLD-1"].value == "6100"


def test_a_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("TAIRIKU_CACHE", str(tmp_path / "file"))
    assert small_record(tmp_path / "record").claims


def test_the_csv_of_our_sources_are_tidy() -> None:
    folder = load_record().folder
    for path in sorted((folder / "sources").glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        assert "\r" not in text
        ids = [row["id"] for row in csv.DictReader(text.splitlines())]
        assert len(ids) == len(set(ids))
