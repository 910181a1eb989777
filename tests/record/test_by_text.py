"""From a value of the scenario to what each text makes of it, and on which claims."""

import pytest

from tairiku.base.errors import RequestError
from tairiku.record.about import Origin, of_scenario
from tairiku.record.load import load_record


def origins(name: str) -> dict[str, Origin]:
    return {origin.name: origin for origin in of_scenario(load_record(), name)}


def claims(origin: Origin) -> set[str]:
    return {claim.id for _, found in origin.parts for claim in found}


def test_a_figure_leads_to_the_claims_of_both_texts() -> None:
    found = origins("units#jp-37d.guns_best")
    assert list(found) == ["units#jp-37d.guns_best", "units#jp-37d.guns"]
    by_text = found["units#jp-37d.guns"]
    assert claims(by_text) == {"DE-031", "ZH-010"}
    assert by_text.value.startswith("de ")
    assert "zh " in by_text.value
    assert "reconciled 54" in by_text.value


def test_a_row_leads_to_every_cell_that_a_text_has_otherwise() -> None:
    found = origins("units#jp-37d")
    assert {f"units#jp-37d.{name}" for name in ("men", "guns", "trucks", "horses")} <= set(found)
    assert "ZH-149" in claims(found["units#jp-37d.men"])


def test_plans_and_posts_lead_there_too() -> None:
    assert "ZH-220" in claims(
        origins("plans/japan/phases#to-go-1.start")["plans/japan/phases#to-go-1.start"]
    )
    assert "ZH-080" in claims(
        origins("leaders#jp-cea@hata.initiative")["leaders#jp-cea@hata.initiative"]
    )


def test_the_values_themselves_lead_to_their_claims() -> None:
    (guns,) = origins("source_values#japan-guns.de").values()
    assert (guns.value, claims(guns)) == ("6000", {"DE-031", "ZH-010"})
    (cell,) = origins("source_cells#units#jp-37d.men.zh").values()
    assert "ZH-149" in claims(cell)


def test_a_figure_that_no_text_disputes_has_no_more_than_its_own_basis() -> None:
    assert list(origins("units#jp-37d.mortars_best")) == ["units#jp-37d.mortars_best"]
    with pytest.raises(RequestError, match="is no row"):
        origins("source_values#japan-gunz")
