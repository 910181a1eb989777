"""Holding the record against a copy of the documents: does every claim stand where it says?"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tairiku.base.errors import RequestError
from tairiku.record.load import Record
from tairiku.record.models import Claim, Source
from tairiku.record.passages import Passage, locators, passages


@dataclass(frozen=True)
class Failure:
    """A claim that does not stand in its document as it says."""

    claim: str
    source: str
    locator: str
    printed: str
    message: str


@dataclass(frozen=True)
class Document:
    """A copy of the document of a source."""

    source: Source
    path: Path
    same: bool  # whether it is, byte by byte, the copy from which the claims were read
    passages: tuple[Passage, ...]

    def at(self, locator: str) -> list[Passage]:
        """Return the passages that a locator names; none if it names nothing of this document."""
        wanted = locators(locator)
        return [
            passage
            for passage in self.passages
            if (passage.line, passage.sentence) in wanted or (passage.line, None) in wanted
        ]


@dataclass(frozen=True)
class Verification:
    """What was found: how many claims and figures were held against which documents."""

    documents: tuple[Document, ...]
    missing: tuple[str, ...]  # text sources of which no copy was given
    claims: int
    printed: int
    failures: tuple[Failure, ...]


def open_documents(record: Record, given: Sequence[str]) -> dict[str, Document]:
    """Return the documents of the record's sources by source id.

    Parameters
    ----------
    record
        The record, whose sources say what their documents are.
    given
        Paths of documents, matched with their source by content or file name; ``SOURCE=PATH``;
        folders, of which every file that belongs to a source is taken.

    Raises
    ------
    RequestError
        A path is not there, or is the document of no source.
    """
    found: dict[str, Document] = {}
    for text in given:
        name, equals, rest = text.partition("=")
        if equals and name in record.sources and not Path(text).exists():
            path = _there(Path(rest))
            found[name] = _document(record.sources[name], path, path.read_bytes())
            continue
        path = Path(text)
        if path.is_dir():
            before = len(found)
            for inner in sorted(p for p in path.iterdir() if p.is_file()):
                _match(record, inner, found)
            if len(found) == before:
                raise RequestError(
                    f"no file in '{path}' is the document of a source{_names(record)}"
                )
        elif not _match(record, _there(path), found):
            raise RequestError(
                f"'{path}' is the document of no source, by content or name{_names(record)}; "
                "say which it is with SOURCE=PATH, such as de=german.txt"
            )
    return found


def _there(path: Path) -> Path:
    if not path.is_file():
        raise RequestError(f"'{path}' is not there; give the path of a document or a folder")
    return path


def _names(record: Record) -> str:
    texts = [s for s in record.sources.values() if s.kind == "text"]
    return " (" + ", ".join(f"{s.id}: {s.document}" for s in texts) + ")"


def _match(record: Record, path: Path, found: dict[str, Document]) -> bool:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    texts = [s for s in record.sources.values() if s.kind == "text"]
    for source in texts:
        if source.sha256 == digest:
            found[source.id] = _document(source, path, content)
            return True
    for source in texts:
        if source.document == path.name and source.id not in found:
            found[source.id] = _document(source, path, content)
            return True
    return False


def _document(source: Source, path: Path, content: bytes) -> Document:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(f"'{path}' is not text in UTF-8; save it so") from error
    same = hashlib.sha256(content).hexdigest() == source.sha256
    return Document(source, path, same, tuple(passages(text)))


def verify(record: Record, documents: Mapping[str, Document]) -> Verification:
    """Hold every claim against the documents: its locator, and each figure as printed there."""
    failures: list[Failure] = []
    claims = printed = 0
    for claim in record.claims.values():
        document = documents.get(record.source_of[claim.id])
        if document is None:
            continue
        claims += 1
        printed += len(claim.figures)
        failures += check_against(claim, document)
    missing = [s.id for s in record.sources.values() if s.kind == "text" and s.id not in documents]
    return Verification(tuple(documents.values()), tuple(missing), claims, printed, tuple(failures))


def check_against(claim: Claim, document: Document) -> list[Failure]:
    """Return what is wrong with the locator and the printed figures of one claim."""
    source = document.source.id
    failures = []
    for part in claim.locator.split(";"):
        if not document.at(part):
            what = f"there is no {part.strip()} in {document.path.name}"
            failures.append(Failure(claim.id, source, claim.locator, "", what))
    texts = [passage.text for passage in document.at(claim.locator)]
    for figure in claim.figures:
        if not any(figure in text for text in texts):
            elsewhere = [p.locator for p in document.passages if figure in p.text][:3]
            what = f"is not printed at {claim.locator}"
            what += f"; it stands at {', '.join(elsewhere)}" if elsewhere else ", nor elsewhere"
            failures.append(Failure(claim.id, source, claim.locator, figure, what))
    return failures
