"""Where every value comes from, in the words of W3C PROV.

A row of the scenario and its values *were derived from* claims; a claim *was quoted from* a
passage of a text, or *was derived from* a row of a compiled table; passages and rows are members
of their source; the editors answer for the claims; a corrected claim *is a revision of* what stood
there before.
"""

from typing import Any

from prov.model import PROV, ProvDocument

from tairiku.record.about import property_of
from tairiku.record.basis import claims_by_row, claims_of, scenario_basis
from tairiku.record.linked_places import BASE, address
from tairiku.record.load import Record
from tairiku.record.models import Claim, parts_of

_KINDS = ("claim", "source", "scenario", "agent", "activity", "work")


def provenance(record: Record, base: str = BASE) -> ProvDocument:
    """Return the provenance of the record's claims and of the scenario's rows that rest on them.

    Parameters
    ----------
    record
        The record.
    base
        What stands before ids to make addresses of them.
    """
    document = ProvDocument()
    for kind in _KINDS:
        document.add_namespace(kind, f"{base}{kind}/")
    document.add_namespace("rec", f"{base}term/")
    _agents_and_sources(document, record)
    passages: set[str] = set()
    for claim in record.claims.values():
        _claim(document, record, claim, passages)
    _corrections(document, record)
    _scenario(document, record)
    return document


def _name(kind: str, id_: str, part: str = "") -> str:
    return address("", kind, id_, part).replace("/", ":", 1)


def _agents_and_sources(document: ProvDocument, record: Record) -> None:
    document.agent(
        "agent:editors", {"prov:type": PROV["Organization"], "prov:label": "The Tairiku authors"}
    )
    for source in record.sources.values():
        told: dict[str, Any] = {
            "prov:label": source.title,
            "rec:standing": source.standing,
            "rec:kind": source.kind,
            "rec:licence": source.licence,
            "rec:sha256": source.sha256,
        }
        name = _name("source", source.id)
        document.collection(name, {key: value for key, value in told.items() if value})
    for work in record.works.values():
        document.entity(_name("work", work.id), {"prov:label": work.work})


def _claim(document: ProvDocument, record: Record, claim: Claim, passages: set[str]) -> None:
    source = record.sources[record.source_of[claim.id]]
    name = _name("claim", claim.id)
    told: dict[str, Any] = {
        "prov:label": claim.statement,
        "prov:value": claim.value,
        "rec:subject": claim.subject,
        "rec:property": claim.property,
        "rec:side": claim.side,
        "rec:unit": claim.unit,
        "rec:scope": claim.scope,
        "rec:date": claim.date,
        "rec:confidence": claim.confidence,
    }
    document.entity(name, {key: value for key, value in told.items() if value})
    document.wasAttributedTo(name, "agent:editors")
    for part in parts_of(claim.locator):
        passage = _name("source", source.id, part)
        if passage not in passages:
            passages.add(passage)
            document.entity(passage, {"prov:label": f"{source.id} {part}"})
            document.hadMember(_name("source", source.id), passage)
        if source.kind == "text":
            document.wasQuotedFrom(name, passage)
        else:
            document.wasDerivedFrom(name, passage)
    for reporter in claim.reporters:
        if reporter in record.works:
            document.hadPrimarySource(name, _name("work", reporter))


def _corrections(document: ProvDocument, record: Record) -> None:
    """One revision for each correction; the claim as it stands is the last of them."""
    agents: dict[str, str] = {}
    for claim_id in dict.fromkeys(c.claim_id for c in record.corrections):
        made = record.corrections_of(claim_id)
        names = [f"{_name('claim', claim_id)}.{n}" for n in range(1, len(made) + 1)]
        for name in names:
            document.entity(name, {"prov:label": f"{claim_id} before a correction"})
        for number, correction in enumerate(made):
            after = [*names[1:], _name("claim", claim_id)][number]
            activity = f"{_name('activity', claim_id)}.{number + 1}"
            told = {
                "prov:label": correction.reason,
                "rec:field": correction.field,
                "rec:was": correction.was,
                "rec:now": correction.now,
                "rec:date": correction.date,
            }
            document.activity(activity, None, None, {k: v for k, v in told.items() if v})
            document.wasRevisionOf(after, names[number], activity)
            document.wasGeneratedBy(after, activity)
            if correction.by not in agents:
                agents[correction.by] = _name("agent", correction.by.lower())
                document.agent(agents[correction.by], {"prov:label": correction.by})
            document.wasAssociatedWith(activity, agents[correction.by])


def _scenario(document: ProvDocument, record: Record) -> None:
    """Rows of the scenario and, where a column has a property of its own, its single values."""
    by_row = claims_by_row(record)
    known: set[str] = set()
    for basis in scenario_basis():
        name = _name("scenario", basis.file, basis.row)
        claims = claims_of(basis, record, by_row)
        if claims and name not in known:
            known.add(name)
            document.collection(name, {"prov:label": basis.name})
        for claim in claims:
            document.wasDerivedFrom(name, _name("claim", claim))
        if basis.kind != "fact":
            continue
        for column, value in basis.values:
            wanted = property_of(column)
            own = [id_ for id_ in claims if record.claims[id_].property == wanted]
            if own:
                cell = f"{name}.{column}"
                document.entity(cell, {"prov:label": f"{basis.name}.{column}", "prov:value": value})
                document.hadMember(name, cell)
                for claim in own:
                    document.wasDerivedFrom(cell, _name("claim", claim))
