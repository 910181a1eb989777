"""The bodies of `tairiku record check|verify|passages`."""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tairiku.base.errors import Problem, RequestError
from tairiku.record.load import Record, load_record, read_record_files
from tairiku.record_commands import print_json


def check(folders: Sequence[Path], *, as_json: bool) -> int:
    """`tairiku record check`."""
    problems: list[Problem] = []
    record = read_record_files(None, folders, problems)
    if as_json:
        print_json([problem.__dict__ for problem in problems])
    elif problems:
        for problem in problems:
            print(problem, file=sys.stderr)
        count = len(problems)
        print(f"{count} problem{'s' if count != 1 else ''} in the record.", file=sys.stderr)
    else:
        sources_, claims = len(record.sources), len(record.claims)
        print(f"Nothing to mend: {claims:,} claims of {sources_} sources.")
    return 2 if problems else 0


def verify(paths: Sequence[str], *, coverage: bool, extra: Sequence[Path], as_json: bool) -> int:
    """`tairiku record verify`."""
    from tairiku.record.verify import open_documents
    from tairiku.record.verify import verify as hold

    if not paths:
        raise RequestError(
            "name a copy of the documents: their paths, their folder, or SOURCE=PATH"
        )
    record = load_record(extra=extra)
    documents = open_documents(record, paths)
    found = hold(record, documents)
    data: dict[str, Any] = {
        "documents": [
            {"source": d.source.id, "path": str(d.path), "same_bytes": d.same}
            for d in found.documents
        ],
        "missing": list(found.missing),
        "claims": found.claims,
        "printed": found.printed,
        "failures": [failure.__dict__ for failure in found.failures],
    }
    if coverage:
        data["coverage"] = _coverage(record, documents)
    if as_json:
        print_json(data)
    else:
        print("\n".join(_verified(data)))
    return 2 if found.failures else 0


def _coverage(record: Record, documents: Mapping[str, Any]) -> dict[str, Any]:
    from tairiku.record.coverage import coverage, recall

    rows = coverage(record, documents)
    return {
        "figures": len(rows),
        "recall": round(recall(rows), 4),
        "by_source": {
            source: {
                kind: [sum(bool(r.claims) for r in some), len(some)]
                for kind in ("number", "date", "time")
                if (some := [r for r in rows if r.source == source and r.figure.kind == kind])
            }
            for source in documents
        },
        "uncovered": [
            {"source": r.source, "locator": r.locator, "kind": r.figure.kind, "text": r.figure.text}
            for r in rows
            if not r.claims
        ],
        "rows": [
            {
                "source": r.source,
                "locator": r.locator,
                "kind": r.figure.kind,
                "text": r.figure.text,
                "claims": list(r.claims),
            }
            for r in rows
        ],
    }


def _verified(data: Mapping[str, Any]) -> list[str]:
    lines = []
    for document in data["documents"]:
        same = "the same bytes" if document["same_bytes"] else "not the same bytes as ours"
        lines.append(f"{document['source']:6} {document['path']} ({same})")
    lines += [
        f"{source:6} no copy given; its claims were not checked" for source in data["missing"]
    ]
    for failure in data["failures"]:
        printed = f" '{failure['printed']}'" if failure["printed"] else ""
        lines.append(f"fails  {failure['claim']}{printed} {failure['message']}")
    held = f"{data['claims']:,} claims and {data['printed']:,} printed figures held against them"
    failed = len({failure["claim"] for failure in data["failures"]})
    lines.append(f"{held}: {f'{failed:,} claims fail' if failed else 'all stand'}.")
    if "coverage" in data:
        covered = data["coverage"]
        for row in covered["uncovered"]:
            lines.append(f"no claim {row['source']} {row['locator']} {row['kind']} '{row['text']}'")
        for source, kinds in covered["by_source"].items():
            told = ", ".join(f"{a} of {b} {kind}s" for kind, (a, b) in kinds.items())
            lines.append(f"{source:6} {told}")
        lines.append(f"{covered['figures']:,} figures and dates, recall {covered['recall']:.1%}")
    return lines


def print_passages(path: Path, *, header: bool) -> int:
    """`tairiku record passages`."""
    from tairiku.record.passages import passages

    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"'{path}' cannot be read as text in UTF-8: {error}") from error
    found = passages(text)
    if not header:
        for passage in found:
            print(f"{passage.locator}\t[{passage.heading}]\t{passage.text}")
        return 0
    lines = len(text.splitlines())
    counts = [0] * lines
    for passage in found:
        counts[passage.line - 1] += 1
    print(f'id = "{_slug(path.stem)}"\ntitle = "{path.stem}"\nlanguage = "en"\nkind = "text"')
    print("standing = 2  # 1 is best; the two documents of the project have 1")
    print(f'licence = ""\ndocument = "{path.name}"')
    print(f'sha256 = "{hashlib.sha256(content).hexdigest()}"\nlines = {lines}')
    print(f"sentences = {counts}")
    return 0


def _slug(text: str) -> str:
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower()).strip("-")
    return plain if plain[:1].isalpha() else f"source-{plain}".strip("-")
