"""The claims of the record about the unit or place that is explained, on that day and near it."""

from datetime import date, timedelta

from tairiku.record import names as record_names
from tairiku.record.about import of_day, value_shown
from tairiku.record.edtf import parse_days
from tairiku.record.load import Record, load_record
from tairiku.study.explaining.replayed import Row

WIDEST = 31  # a claim's own span of days


def claims_of(
    entity: str, first: date, last: date, margin: int, record: Record | None = None
) -> list[Row]:
    """Claims that speak of an entity within some days of a span: id, date, value.

    A claim whose own date is wider than `WIDEST` days tells nothing of the day and is left out.

    Parameters
    ----------
    entity
        Id of a place or formation; of one that the record does not know there are no claims.
    margin
        Days before and after that are looked at as well. [days]
    """
    whole = record if record is not None else load_record()
    if entity not in whole.entities:
        return []
    span = f"{first - timedelta(days=margin)}/{last + timedelta(days=margin)}"
    found = [c for c in of_day(whole.about(entity), span) if _is_near(c.date)]
    return [
        {
            "id": claim.id,
            "source": whole.source_of[claim.id],
            "date": claim.date,
            "subject": record_names.name_of(whole, claim.subject),
            "property": claim.property,
            "shown": value_shown(whole, claim),
        }
        for claim in sorted(found, key=lambda c: (c.date, c.id))
    ]


def _is_near(date_: str) -> bool:
    days = parse_days(date_)
    if days.first is None or days.last is None:
        return False
    return (days.last - days.first).days < WIDEST
