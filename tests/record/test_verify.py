"""Claims held against documents, and documents against claims."""

import csv
from pathlib import Path

import pytest

from tairiku.base.errors import RequestError
from tairiku.record.coverage import Mark, carriers_of, coverage, draw_sentences, recall
from tairiku.record.load import Record, load_record
from tairiku.record.passages import passages
from tairiku.record.printed import figures
from tairiku.record.verify import Document, open_documents, verify
from tests.record.small import OLD, TEXT, write_source

MARKS = Path(__file__).parent / "blind_marks.csv"


@pytest.fixture
def book(tmp_path: Path) -> tuple[Record, Path]:
    """A record of two claims, and the document they were read from."""
    text = "They had about 6.000 guns.\nAll was quiet.\nLuoyang fell on 24 May.\n"
    document = tmp_path / "old.txt"
    document.write_text(text, encoding="utf-8")
    rows = [OLD[0], {**OLD[1], "locator": "L3.1"}]
    write_source(tmp_path / "record" / "sources", TEXT + 'document = "old.txt"\n', rows)
    return load_record(tmp_path / "record"), document


def test_a_document_in_which_every_claim_stands(book: tuple[Record, Path]) -> None:
    record, document = book
    found = verify(record, open_documents(record, [str(document)]))
    assert (found.claims, found.printed, found.failures, found.missing) == (2, 2, (), ())
    assert not found.documents[0].same  # its head names no sha256


@pytest.mark.parametrize(
    ("old", "new", "claim", "words"),
    [
        ("6.000", "5.000", "OLD-1", "is not printed at L1.1, nor elsewhere"),
        ("quiet.\n", "quiet. ", "OLD-2", "there is no L3.1"),
        ("All was quiet.\n", "Not.\nYes.\n", "OLD-2", "it stands at L4.1"),
    ],
)
def test_a_document_that_reads_otherwise(
    book: tuple[Record, Path], old: str, new: str, claim: str, words: str
) -> None:
    record, document = book
    text = document.read_text(encoding="utf-8")
    assert old in text
    document.write_text(text.replace(old, new, 1), encoding="utf-8")
    failures = verify(record, open_documents(record, [str(document)])).failures
    assert {failure.claim for failure in failures} == {claim}
    assert any(words in failure.message for failure in failures), failures


def test_documents_by_folder_name_and_source(book: tuple[Record, Path]) -> None:
    record, document = book
    other = document.rename(document.with_name("copy.txt"))
    assert set(open_documents(record, [f"old={other}"])) == {"old"}
    with pytest.raises(RequestError, match="SOURCE=PATH"):
        open_documents(record, [str(other)])
    with pytest.raises(RequestError, match="no file in"):
        open_documents(record, [str(other.parent)])
    with pytest.raises(RequestError, match="is not there"):
        open_documents(record, ["nowhere.txt"])
    other.write_bytes(b"\xff\xfe")
    with pytest.raises(RequestError, match="UTF-8"):
        open_documents(record, [f"old={other}"])


def kinds(text: str, language: str) -> list[tuple[str, str]]:
    return [(figure.kind, figure.text.strip()) for figure in figures(text, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Am 19. April 1944 griff die 12. Armee an.", [("date", "19. April 1944")]),
        ("Am 6. und 7. Mai", [("date", "6. und 7. Mai"), ("date", "6. und 7. Mai")]),
        ("mit 9.000–10.000 Mann", [("number", "9.000"), ("number", "10.000")]),
        ("um 5:30 Uhr", [("time", "5:30 Uhr")]),
        ("drei Divisionen und 90 % der B-29", [("number", "drei"), ("number", "90")]),
        ("Typ 97 Chi-Ha, das XIII. Regiment, eine Brigade", []),
        ("während der sechsmonatigen Operation", [("number", "sechsmonatigen")]),
        ("mehrere Tausend Mann", [("number", "mehrere Tausend")]),
    ],
)
def test_figures_of_a_german_sentence(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text, "de") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1944年4月17日，第十二軍渡河", [("date", "1944年4月17日")]),
        ("5月25日守軍15,000人", [("date", "5月25日"), ("number", "15,000")]),
        ("41萬人、1,500門火砲", [("number", "41萬"), ("number", "1,500")]),
        ("共20余万人", [("number", "20余万")]),
        ("三個師團與數千人", [("number", "三"), ("number", "數千")]),
        ("八十五軍與第10軍一直抵抗", []),
        ("减少百分之四十", [("number", "百分之四十")]),
        ("[[洛陽戰役 (1944年)|洛陽]]陷落", []),
    ],
)
def test_figures_of_a_chinese_sentence(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text, "zh") == found


def test_a_figure_is_carried_by_the_right_value_in_the_right_unit(tmp_path: Path) -> None:
    text = "Sie hatten 6.000 Geschütze am 17. April und 300 Panzer."
    claims = {
        "right": OLD[0],
        "wrong value": {**OLD[0], "value": "600"},
        "wrong unit": {**OLD[0], "property": "men", "unit": "men"},
        "not printed": {**OLD[0], "printed": ""},
    }
    for name, row in claims.items():
        folder = tmp_path / name.replace(" ", "-")
        head = TEXT.replace('language = "en"', 'language = "de"')
        write_source(folder / "sources", head, [row])
        record = load_record(folder)
        document = Document(record.sources["old"], folder, False, tuple(passages(text)))
        rows = coverage(record, {"old": document})
        assert [row.figure.text for row in rows] == ["6.000", "17. April", "300"]
        guns, day, tanks = (bool(row.claims) for row in rows)
        assert guns == (name == "right"), name
        assert (day, tanks) == (True, False)
        assert recall(rows) == pytest.approx((guns + 1) / 3)


@pytest.mark.shared
def test_every_claim_stands_in_its_document(documents_folder: Path) -> None:
    record = load_record()
    found = verify(record, open_documents(record, [str(documents_folder)]))
    assert [str(failure) for failure in found.failures] == []
    assert {document.source.id for document in found.documents} == {"de", "zh"}
    assert all(document.same for document in found.documents)
    assert found.claims == len(record.of("de")) + len(record.of("zh"))
    for document in found.documents:  # the heads tell the cut of the sentences rightly
        counts = [0] * document.source.lines
        for passage in document.passages:
            counts[passage.line - 1] += 1
        assert tuple(counts) == document.source.sentences


@pytest.mark.shared
def test_coverage_of_both_documents(
    documents_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = load_record()
    rows = coverage(record, open_documents(record, [str(documents_folder)]))
    with capsys.disabled():
        print(f"\nfigures and dates of the documents that a claim carries: {recall(rows):.1%}")
        for row in rows:
            if not row.claims:
                print(f"  none carries {row.source} {row.locator} {row.figure.text!r}")
    assert len(rows) > 500
    assert recall(rows) > 0.97


@pytest.mark.shared
def test_sentences_are_drawn_by_lot_and_the_same_each_time(documents_folder: Path) -> None:
    record = load_record()
    documents = open_documents(record, [str(documents_folder)])
    drawn = draw_sentences(documents)
    assert len(drawn) == 60
    assert drawn == draw_sentences(documents)
    assert drawn != draw_sentences(documents, seed=2)
    assert len({(source, passage.locator) for source, passage in drawn}) == 60


def test_recall_on_what_a_blind_reader_marked(capsys: pytest.CaptureFixture[str]) -> None:
    """Columns: source, locator, printed, value, unit, date; a sentence without any has one row."""
    if not MARKS.is_file():
        pytest.skip("no reader has marked a sample yet (tests/record/blind_marks.csv)")
    record = load_record()
    with MARKS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({(row["source"], row["locator"]) for row in rows}) == 60
    marks = [Mark(**row) for row in rows if row["value"] or row["date"]]
    missed = [mark for mark in marks if not carriers_of(record, mark)]
    with capsys.disabled():
        share = 1 - len(missed) / len(marks)
        print(
            f"\nrecall on {len(marks)} figures and dates of 60 sentences marked blind: {share:.1%}"
        )
        for mark in missed:
            print(f"  missed {mark}")
    assert share > 0.9
