"""The bodies of `tairiku record conflicts|timeline`."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any

from tairiku.base.dates import parse_edtf
from tairiku.base.errors import RequestError
from tairiku.base.hints import near
from tairiku.record.about import value_shown
from tairiku.record.conflicts import Conflict, find_conflicts
from tairiku.record.conflicts.model import NATURES
from tairiku.record.conflicts.topics import Topics
from tairiku.record.load import Record, load_record
from tairiku.record.models import Claim
from tairiku.record.names import find, fold, name_of
from tairiku.record.timeline import Day, Gap, timeline
from tairiku.record_commands import print_json


def conflicts(
    *,
    topic: str | None,
    nature: str | None,
    rule: str | None,
    lang: str,
    extra: Sequence[Path],
    as_json: bool,
) -> int:
    """`tairiku record conflicts`."""
    record = load_record(extra=extra)
    found = find_conflicts(record, lang)
    if topic is not None:
        wanted = _topics(record, topic, {t for c in found for t in c.topics})
        found = [c for c in found if wanted & set(c.topics)]
    if nature is not None:
        if nature not in NATURES:
            raise RequestError(f"nature '{nature}' is none; there are {', '.join(NATURES)}")
        found = [c for c in found if c.nature == nature]
    if rule is not None:
        rules = sorted({c.rule for c in found})
        if rule not in rules:
            raise RequestError(f"rule '{rule}' found nothing here{near(rule, rules)}")
        found = [c for c in found if c.rule == rule]
    if as_json:
        print_json([c.as_dict() for c in found])
        return 0
    for conflict in found:
        print("\n".join(_lines(record, conflict, lang)))
    print(f"{len(found):,} conflict{'s' if len(found) != 1 else ''}")
    return 0


def _topics(record: Record, text: str, known: set[str]) -> set[str]:
    """The topics that a text names: that very slug, or those of what has such a name."""
    if text in known:
        return {text}
    entities = find(record, text)
    whole = [e for e in entities if fold(text) in {fold(name) for name in e.names}]
    topics = Topics(record)
    wanted = {t for e in whole or entities for t in (e.id, topics.of(e.id))} & known
    if not wanted:
        raise RequestError(f"no conflict is about '{text}'{near(text, known)}")
    return wanted


def _lines(record: Record, conflict: Conflict, lang: str) -> list[str]:
    scope = f" [{conflict.scope}]" if conflict.scope else ""
    subject = name_of(record, conflict.subject, lang)
    lines = [
        f"{conflict.id}  {conflict.topic}: {subject}, {conflict.property}{scope}",
        f"  {conflict.nature} ({conflict.rule}): {conflict.why}",
    ]
    for side in conflict.sides:
        sources = ", ".join(dict.fromkeys(record.source_of[id_] for id_ in side.claims))
        lines.append(f"    {sources}: {side.says}  ({_ids(side.claims)})")
    if conflict.also:
        lines.append(f"    fits more than one: {_ids(conflict.also)}")
    lines.append(f"  stands: {conflict.reconciled.value}  ({conflict.reconciled.rule})")
    return lines


def _ids(claims: Sequence[str]) -> str:
    if len(claims) <= 6:
        return ", ".join(claims)
    return f"{', '.join(claims[:5])} and {len(claims) - 5} more"


# the timeline


def show_timeline(
    *,
    first: str | None,
    last: str | None,
    topic: str | None,
    lang: str,
    extra: Sequence[Path],
    as_json: bool,
) -> int:
    """`tairiku record timeline`."""
    record = load_record(extra=extra)
    claims = list(record.claims.values())
    if topic is not None:
        topics = Topics(record)
        of_claim = {c.id: {topics.of(i) for i in (c.subject, *c.places)} for c in claims}
        known = {t for found in of_claim.values() for t in found} | {c.subject for c in claims}
        wanted = _topics(record, topic, known)
        claims = [c for c in claims if wanted & {*of_claim[c.id], c.subject, *c.others}]
    days = timeline(record, claims, _day(first, 0), _day(last, -1))
    if as_json:
        print_json([_day_data(record, day, lang) for day in days])
        return 0
    texts = [s.id for s in record.sources.values() if s.kind == "text"]
    for line in _columns(record, days, texts, lang):
        print(line)
    return 0


def _day(text: str | None, end: int) -> date | None:
    """The first (0) or the last (-1) day of a date."""
    if text is None:
        return None
    try:
        span = parse_edtf(text)
    except ValueError as error:
        raise RequestError(str(error)) from error
    return (span.first, span.last)[end]


def _day_data(record: Record, day: Day, lang: str) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "claims": {
            source: [
                {
                    "id": c.id,
                    "date": c.date,
                    "subject": c.subject,
                    "property": c.property,
                    "shown": _told(record, c, lang),
                    "statement": c.statement,
                }
                for c in claims
            ]
            for source, claims in day.claims.items()
        },
        "gaps": [
            {
                "subject": gap.subject,
                "name": name_of(record, gap.subject, lang),
                "property": gap.property,
                "scope": gap.scope,
                "dates": {source: c.value for source, c in gap.claims.items()},
                "claims": {source: c.id for source, c in gap.claims.items()},
                "days": gap.days,
            }
            for gap in day.gaps
        ],
    }


def _told(record: Record, claim: Claim, lang: str) -> str:
    """A claim in a few words: its own statement, or its parts where names are asked for."""
    when = f" ({claim.date})" if len(claim.date) != 10 else ""
    if lang == "en":
        return f"{claim.statement}{when}"
    place = ", ".join(name_of(record, p, lang) for p in claim.places)
    head = f"{name_of(record, claim.subject, lang)}, {claim.property}"
    shown = value_shown(record, claim, lang)
    return f"{head}: {shown}{f', {place}' if place else ''}{when}"


def _columns(record: Record, days: Sequence[Day], texts: Sequence[str], lang: str) -> Iterator[str]:
    """The stories in columns, one for each text; gaps below the day."""
    screen = get_terminal_size((160, 24)).columns if sys.stdout.isatty() else 160
    width = max(24, (screen - 11) // max(1, len(texts)) - 2)
    yield f"{'':11}" + "  ".join(f"{text:{width}}" for text in texts).rstrip()
    told = 0
    for day in days:
        cells = []
        for source in texts:
            lines: list[str] = []
            for claim in day.claims.get(source, []):
                lines += wrap(_told(record, claim, lang), width, subsequent_indent="  ")
            cells.append(lines)
        for i in range(max((len(lines) for lines in cells), default=0)):
            row = "  ".join(f"{lines[i] if i < len(lines) else '':{width}}" for lines in cells)
            yield f"{day.day.isoformat() if i == 0 else '':11}{row}".rstrip()
        for gap in day.gaps:
            told += 1
            yield f"{'':9}> {_gap_line(record, gap, lang)}"
    yield f"{len(days):,} days, {told:,} events that more than one text dates"


def _gap_line(record: Record, gap: Gap, lang: str) -> str:
    dates = ", ".join(f"{source} {value_shown(record, c)}" for source, c in gap.claims.items())
    apart = f"{gap.days} day{'s' if gap.days != 1 else ''} apart" if gap.days else "agree"
    scope = f" [{gap.scope}]" if gap.scope else ""
    return f"{name_of(record, gap.subject, lang)}, {gap.property}{scope}: {dates}: {apart}"
