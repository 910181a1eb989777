"""The bodies of `tairiku record list|show|sources`."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tairiku.base.errors import RequestError
from tairiku.base.hints import near
from tairiku.base.names import LANGUAGES, name_in
from tairiku.record import about
from tairiku.record.load import Record, load_record
from tairiku.record.models import Claim
from tairiku.record.names import find, fold, name_of, one


def print_json(data: Any) -> None:
    """Print data as JSON, as every command of the record does."""
    print(json.dumps(data, ensure_ascii=False, indent=1))


def list_claims(
    *,
    source: str | None,
    kind: str | None,
    subject: str | None,
    property_: str | None,
    place: str | None,
    date: str | None,
    text: str | None,
    lang: str,
    extra: Sequence[Path],
    as_json: bool,
) -> int:
    """`tairiku record list`."""
    record = load_record(extra=extra)
    claims = list(record.claims.values())
    if source is not None:
        _known("source", source, record.sources)
        claims = [c for c in claims if record.source_of[c.id] == source]
    if kind is not None:
        _known("kind", kind, {c.kind: None for c in record.claims.values()})
        claims = [c for c in claims if c.kind == kind]
    if property_ is not None:
        _known("property", property_, record.properties)
        claims = [c for c in claims if c.property == property_]
    if subject is not None:
        wanted = _meant(record, subject)
        claims = [c for c in claims if c.subject in wanted]
    if place is not None:
        wanted = _meant(record, place, ("place", "box"))
        claims = [c for c in claims if wanted & {c.subject, *c.places}]
    if date is not None:
        claims = about.of_day(claims, date)
    if text is not None:
        folded = fold(text)
        claims = [c for c in claims if folded in fold(f"{c.statement} {c.note} {c.printed}")]
    if as_json:
        print_json([about.as_dict(record, c, lang) for c in claims])
        return 0
    for claim in claims:
        print(_line(record, claim, lang))
    print(f"{len(claims):,} claim{'s' if len(claims) != 1 else ''}")
    return 0


def _known(what: str, value: str, known: Iterable[str]) -> None:
    names = list(known)
    if value not in names:
        raise RequestError(f"{what} '{value}' is not in the record{near(value, names)}")


def _meant(record: Record, text: str, types: tuple[str, ...] = ()) -> set[str]:
    """Ids of what a text names: that very thing, else everything with the text in its name."""
    if text in record.entities:
        return {text}
    found = [e for e in find(record, text) if not types or e.type in types]
    if not found:
        raise RequestError(f"'{text}' is not known by any name; see `tairiku record show NAME`")
    exact = {e.id for e in found if fold(text) in {fold(name) for name in e.names}}
    return exact or {e.id for e in found}


def _line(record: Record, claim: Claim, lang: str) -> str:
    """A claim on two lines: id, passage, day, subject, property and value; what it states."""
    side = f" ({claim.side})" if claim.side else ""
    scope = f" [{claim.scope}]" if claim.scope else ""
    place = ", ".join(name_of(record, p, lang) for p in claim.places)
    head = "  ".join(
        part
        for part in (
            f"{claim.id:8} {claim.locator}",
            claim.date,
            f"{name_of(record, claim.subject, lang)}{side}",
            f"{claim.property}{scope}: {about.value_shown(record, claim, lang)}",
            f"at {place}" if place else "",
        )
        if part
    )
    return f"{head}\n         {claim.statement}"


def show(
    what: str, *, lang: str, documents: Path | None, extra: Sequence[Path], as_json: bool
) -> int:
    """`tairiku record show`."""
    from tairiku.record.verify import open_documents

    if not what:
        raise RequestError("say what to show: a claim, a unit, a place, a person, by id or name")
    record = load_record(extra=extra)
    copies = open_documents(record, [str(documents)]) if documents is not None else {}
    if what.startswith("scenario:"):
        data: Any = _origins(record, what.removeprefix("scenario:"), lang, copies)
        lines = _origin_lines(data)
    elif what in record.claims:
        data = _claim_data(record, record.claims[what], lang, copies)
        lines = _claim_lines(data)
    else:
        said = about.of_entity(record, one(record, what))
        data = _entity_data(record, said, lang, copies)
        lines = _entity_lines(record, said, lang, copies)
    if as_json:
        print_json(data)
    else:
        print("\n".join(lines))
    return 0


def _claim_data(
    record: Record, claim: Claim, lang: str, copies: Mapping[str, Any]
) -> dict[str, Any]:
    data = about.as_dict(record, claim, lang)
    data["source_title"] = _title(record, data["source"], lang)
    data["parts"] = [c.id for c in about.parts(record, claim)]
    data["passages"] = about.where(record, claim, copies)
    data["reporter_names"] = [name_of(record, r, lang) for r in claim.reporters]
    return data


def _title(record: Record, source: str, lang: str) -> str:
    head = record.sources[source]
    column = "title" if lang == "en" else f"title_{lang}"
    return str(getattr(head, column) or head.title)


def _claim_lines(data: Mapping[str, Any]) -> list[str]:
    rows = [
        ("source", f"{data['source']}: {data['source_title']}, {data['locator']}"),
        ("subject", f"{data['subject_name']} ({data['subject']})"),
        ("side", data["side"]),
        ("says", f"{data['property']}: {data['shown']}"),
        ("scope", data["scope"]),
        ("date", data["date"]),
        ("place", ", ".join(data["place_names"])),
        ("with", ", ".join(data["actor_names"])),
        ("reported by", ", ".join(data["reporter_names"])),
        ("printed", data["printed"]),
        ("kind", data["kind"]),
        ("confidence", data["confidence"]),
        ("part of", data["part_of"]),
        ("parts", ", ".join(data["parts"])),
        ("note", data["note"]),
    ]
    lines = [data["id"], f"  {data['statement']}"]
    lines += [f"  {name:12} {value}" for name, value in rows if value]
    for c in data["corrections"]:
        change = f"{c['field']}: was '{c['was']}', now '{c['now']}'"
        lines.append(f"  corrected    {c['date']} by {c['by']}, {change}: {c['reason']}")
    lines += _passage_lines(data["passages"])
    return lines


def _passage_lines(passages: Sequence[Mapping[str, str]]) -> list[str]:
    lines = []
    for passage in passages:
        heading = f" [{passage['heading']}]" if passage["heading"] else ""
        lines.append(f"  {passage['locator']}{heading} {passage['text']}")
    return lines


def _entity_data(
    record: Record, said: about.Said, lang: str, copies: Mapping[str, Any]
) -> dict[str, Any]:
    entity = said.entity
    return {
        "id": entity.id,
        "type": entity.type,
        "name": name_in(entity, lang),
        "names": {language: name_in(entity, language) for language in LANGUAGES},
        "other_names": list(entity.alt_names),
        "detail": entity.detail,
        "offices": [office.as_dict() for office in said.offices],
        "properties": {
            id_: [_claim_data(record, c, lang, copies) for c in claims]
            for id_, claims in said.properties.items()
        },
        "named_in": [_claim_data(record, c, lang, copies) for c in said.named_in],
    }


def _entity_lines(
    record: Record, said: about.Said, lang: str, copies: Mapping[str, Any]
) -> list[str]:
    entity = said.entity
    names = list(dict.fromkeys(name_in(entity, language) for language in LANGUAGES))
    lines = [
        f"{name_in(entity, lang)} ({entity.type} {entity.id})",
        f"  {', '.join([*names, *(n for n in entity.alt_names if n not in names)])}",
    ]
    for office in said.offices:
        who = office.formation if office.person == entity.id else office.person
        days = f"{office.first or '..'} to {office.last or '..'}"
        lines.append(f"  {office.post}, {name_of(record, who, lang)}, {days}")
    for id_, claims in said.properties.items():
        lines.append(f"\n{id_}: {record.properties[id_].description}")
        for claim in claims:
            lines.append(_short(record, claim, lang))
            lines += _passage_lines(about.where(record, claim, copies))
    if said.named_in:
        lines.append("\nnamed in")
        for claim in said.named_in:
            lines.append(_short(record, claim, lang))
            lines += _passage_lines(about.where(record, claim, copies))
    count = sum(map(len, said.properties.values())) + len(said.named_in)
    lines.append(f"\n{count:,} claim{'s' if count != 1 else ''}")
    return lines


def _short(record: Record, claim: Claim, lang: str) -> str:
    source = record.source_of[claim.id]
    limits = " ".join(part for part in (claim.side, claim.scope, claim.date) if part)
    corrected = " (corrected)" if record.corrections_of(claim.id) else ""
    head = f"  {source:5} {claim.id:8} {claim.locator:8}"
    shown = about.value_shown(record, claim, lang)
    return (
        f"{head} {shown}{f'  ({limits})' if limits else ''}{corrected}\n        {claim.statement}"
    )


def _origins(
    record: Record, name: str, lang: str, copies: Mapping[str, Any]
) -> list[dict[str, Any]]:
    return [
        {
            "value_of": f"scenario:{origin.name}",
            "value": origin.value,
            "row": dict(origin.row),
            "basis": [
                {
                    "part": basis.text,
                    "kind": basis.kind,
                    "claims": [_claim_data(record, c, lang, copies) for c in claims],
                }
                for basis, claims in origin.parts
            ],
        }
        for origin in about.of_scenario(record, name)
    ]


def _origin_lines(origins: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = []
    for origin in origins:
        value = f" = {origin['value']}" if origin["value"] else ""
        lines.append(f"{origin['value_of']}{value}")
        for part in origin["basis"]:
            lines.append(f"  rests on {part['part']}")
            for claim in part["claims"]:
                lines += [f"    {line}" for line in _claim_lines(claim)]
    return lines


def sources(*, lang: str, extra: Sequence[Path], as_json: bool) -> int:
    """`tairiku record sources`."""
    record = load_record(extra=extra)
    counts = dict.fromkeys(record.sources, 0)
    for source in record.source_of.values():
        counts[source] += 1
    if as_json:
        drop = {"sentences"}
        print_json(
            [s.as_dict(exclude=drop) | {"claims": counts[s.id]} for s in record.sources.values()]
        )
        return 0
    for head in sorted(record.sources.values(), key=lambda s: (s.standing, s.id)):
        title = _title(record, head.id, lang)
        print(f"{head.id:6} standing {head.standing}  {counts[head.id]:>6,} claims  {title}")
        if head.note:
            print(f"       {' '.join(head.note.split())}")
    return 0
