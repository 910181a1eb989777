"""Exports of the record, each judged by a program that is not ours."""

import json
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pandas as pd
import prov
import pytest
import rdflib
from geojson_pydantic import Feature, FeatureCollection
from geojson_pydantic.geometries import Geometry
from prov.model import ProvDerivation, ProvDocument
from pyld import jsonld

from tairiku.base.errors import RequestError
from tairiku.record.columns import TABLES
from tairiku.record.export import export, only
from tairiku.record.linked_places import locate, when
from tairiku.record.load import Record, load_record
from tairiku.record.tables import places_of
from tests.record.small import small_record

BASE = "https://example.org/record/"
Features = FeatureCollection[Feature[Geometry, dict[str, Any]]]

pytestmark = [
    # rdflib and prov use what rdflib calls outdated
    pytest.mark.filterwarnings("ignore:.*deprecated, use Dataset:DeprecationWarning"),
    # Linked Places puts even one point into a collection
    pytest.mark.filterwarnings("ignore:GeometryCollection should not be used:UserWarning"),
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return small_record(tmp_path_factory.mktemp("record"))


@pytest.fixture(scope="module")
def places(record: Record, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("places") / "places.jsonld"
    export(record, "json-ld", path, BASE)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def provenance(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prov")
    for ending in ("json", "provn", "ttl"):
        export(record, "prov", folder / f"record.{ending}", BASE)
    return folder


def no_network(url: str, *_: Any) -> Any:
    raise AssertionError(f"asked for {url}")


def feature(places: str, id_: str) -> dict[str, Any]:
    found = [f for f in json.loads(places)["features"] if f["@id"] == f"{BASE}place/{id_}"]
    assert len(found) == 1
    return dict(found[0])


# tables


def test_csv_and_parquet_hold_the_same(record: Record, tmp_path: Path) -> None:
    counts = export(record, "csv", tmp_path / "csv")
    assert export(record, "parquet", tmp_path / "parquet") == counts
    for name, table in TABLES.items():
        parquet = tmp_path / "parquet" / f"{name}.parquet"
        told = duckdb.sql(f"SELECT * FROM '{parquet}'").df()
        assert list(told.columns) == [c.name for c in table.columns]
        assert len(told) == counts[name]
        read = pd.read_csv(tmp_path / "csv" / f"{name}.csv", dtype=str, keep_default_na=False)
        as_text = duckdb.sql(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM '{parquet}'").df()
        assert read.equals(as_text.astype(object).fillna("").astype(read.dtypes.to_dict()))


def test_parquet_keeps_types_and_equal_records_give_equal_bytes(
    record: Record, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        export(record, "parquet", tmp_path / name)
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
    claims = tmp_path / "a" / "claims.parquet"
    frame = duckdb.sql(f"SELECT * FROM '{claims}' ORDER BY id").df().set_index("id")
    assert frame.low["OLD-1"] == 5100.0
    assert pd.isna(frame.high["OLD-4"])
    assert frame.first_day["OLD-2"] == pd.Timestamp("1944-05-24")
    assert frame.statement["OLD-5"].startswith('He meant to hold the south; a "quoted"')


def test_the_data_package_describes_every_file(record: Record, tmp_path: Path) -> None:
    export(record, "csv", tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        first = (tmp_path / resource["path"]).read_text(encoding="utf-8").splitlines()[0]
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert first.split(",") == names
        assert all(field["description"] for field in resource["schema"]["fields"])
    assert len(package["resources"]) == len(TABLES)


# Linked Places


def test_linked_places_follow_their_schema(places: str) -> None:
    path = Path(__file__).with_name("linked_places.schema.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(places))


def test_the_schema_finds_faults(places: str) -> None:
    path = Path(__file__).with_name("linked_places.schema.json")
    judge = jsonschema.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))
    spoilt = json.loads(places)
    del spoilt["features"][0]["names"][0]["toponym"]
    spoilt["features"][0]["attestations"][0]["when"] = {"timespans": [{"end": {"in": "1944"}}]}
    assert len(list(judge.iter_errors(spoilt))) == 2


def test_linked_places_are_geojson(places: str) -> None:
    found = Features.model_validate_json(places)
    assert [f.type for f in found.features] == ["Feature"] * len(found.features)


def test_linked_places_are_json_ld(places: str) -> None:
    jsonld.set_document_loader(no_network)
    (expanded,) = jsonld.expand(json.loads(places))
    hengyang = expanded["http://linkedpasts.org/ontology/lpo_latest.ttl#hasFeature"]
    assert {f["@id"] for f in hengyang} >= {f"{BASE}place/luoyang", f"{BASE}place/longmen"}
    # pyld and rdflib read the same statements out of it
    quads = jsonld.to_rdf(json.loads(places), {"format": "application/n-quads"})
    graph = rdflib.Graph().parse(data=places, format="json-ld")
    assert len(graph) == len(rdflib.Graph().parse(data=quads, format="nt"))


def test_a_claim_is_an_attestation_with_date_and_source(places: str) -> None:
    graph = rdflib.Graph().parse(data=places, format="json-ld")
    rows = graph.query(
        """
        PREFIX rec: <https://example.org/record/term/>
        PREFIX lpo: <http://linkedpasts.org/ontology/lpo_latest.ttl#>
        PREFIX dct: <http://purl.org/dc/terms/>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        PREFIX cito: <http://purl.org/spar/cito#>
        SELECT ?claim ?value ?day ?source ?passage WHERE {
            <https://example.org/record/place/luoyang> rec:attestation ?claim .
            ?claim rec:property rec:fell ; rdf:value ?value ; dct:source ?source ;
                cito:cites ?passage ; lpo:when/lpo:timespan/lpo:has_start/lpo:in ?day .
        } ORDER BY ?claim ?passage"""
    )
    assert [tuple(str(cell).removeprefix(BASE) for cell in row) for row in rows] == [
        ("claim/NEW-2", "1944-05-25", "1944-05-25", "source/new", "source/new#L2.1"),
        ("claim/OLD-2", "1944-05-24", "1944-05-24", "source/old", "source/old#L2.1"),
        ("claim/OLD-2", "1944-05-24", "1944-05-24", "source/old", "source/old#L2.2"),
    ]


def test_names_types_and_relations_of_a_place(places: str) -> None:
    luoyang = feature(places, "luoyang")
    names = {(name["toponym"], name.get("lang")) for name in luoyang["names"]}
    assert {("Luoyang", "en"), ("洛陽", "zh-Hant"), ("洛阳", "zh-Hans"), ("Loyang", None)} <= names
    assert luoyang["types"][0]["identifier"] == "aat:300008389"
    (relation,) = luoyang["relations"]
    assert relation["relationTo"] == f"{BASE}entity/battle-of-luoyang"
    assert [c["label"] for c in relation["citations"]] == ["NEW-3", "OLD-3"]
    defenders = next(a for a in luoyang["attestations"] if a["@id"].endswith("OLD-3"))
    assert {"@id": f"{BASE}entity/cn-15c"} in defenders["value"]


def test_a_place_of_the_text_stands_near_one_of_the_map(record: Record, places: str) -> None:
    (point,) = feature(places, "luo-river")["geometry"]["geometries"]
    assert point["certainty"] == "uncertain"
    assert locate(record, "luo-river") == (*(locate(record, "luoyang") or ())[:2], False)
    assert locate(record, "north-china") is None
    assert feature(places, "north-china")["geometry"]["geometries"] == []
    assert locate(record, "jp-37d") is None


@pytest.mark.parametrize(
    ("date", "span"),
    [
        ("1944-05-24~", {"start": {"in": "1944-05-24~"}}),
        ("1944-05/1944-06-02", {"start": {"in": "1944-05"}, "end": {"in": "1944-06-02"}}),
        ("1944-05-24/..", {"start": {"in": "1944-05-24"}, "end": {"earliest": "1944-05-24"}}),
        ("../1944-05-24", {"start": {"latest": "1944-05-24"}, "end": {"in": "1944-05-24"}}),
    ],
)
def test_dates_become_timespans(date: str, span: dict[str, Any]) -> None:
    assert when(date) == {"timespans": [span]}
    assert when("") is None


# provenance


def test_provenance_survives_a_round_trip(provenance: Path) -> None:
    first = prov.read((provenance / "record.json").as_posix(), format="json")
    again = ProvDocument.deserialize(content=first.serialize(format="json"), format="json")
    assert first == again
    assert first.unified() == first  # nothing is said twice of one thing in two ways


def test_every_thing_that_is_spoken_of_is_declared(provenance: Path) -> None:
    document = prov.read((provenance / "record.json").as_posix(), format="json")
    declared = {record.identifier for record in document.get_records() if record.is_element()}
    for relation in document.get_records():
        if relation.is_relation():
            named = {value for _, value in relation.formal_attributes if value is not None}
            assert named <= declared, relation


def test_a_value_of_the_scenario_leads_to_passage_and_source(provenance: Path) -> None:
    graph = rdflib.Graph().parse(provenance / "record.ttl", format="turtle")
    rows = graph.query(
        """
        PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?claim ?row ?source WHERE {
            <https://example.org/record/scenario/units#jp-37d> prov:wasDerivedFrom ?claim .
            ?claim prov:wasDerivedFrom ?row ;
                prov:wasAttributedTo <https://example.org/record/agent/editors> .
            ?source prov:hadMember ?row .
        }"""
    )
    assert [tuple(str(cell).removeprefix(BASE) for cell in row) for row in rows] == [
        ("claim/FACT-units-jp-37d-men", "source/tables#units%23jp-37d", "source/tables")
    ]
    cells = graph.query(
        """
        PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?value WHERE {
            <https://example.org/record/scenario/units#jp-37d> prov:hadMember ?cell .
            ?cell prov:value ?value ;
                prov:wasDerivedFrom <https://example.org/record/claim/FACT-units-jp-37d-men> .
        }"""
    )
    assert sorted(str(value) for (value,) in cells) == ["12300", "14000", "15700"]


def test_a_claim_of_a_text_is_quoted_and_its_reporter_cited(provenance: Path) -> None:
    graph = rdflib.Graph().parse(provenance / "record.ttl", format="turtle")
    ns = rdflib.Namespace("http://www.w3.org/ns/prov#")
    claim = rdflib.URIRef(f"{BASE}claim/OLD-2")
    quoted = {str(o) for o in graph.objects(claim, ns.wasQuotedFrom)}
    assert quoted == {f"{BASE}source/old#L2.1", f"{BASE}source/old#L2.2"}
    assert [str(o) for o in graph.objects(claim, ns.hadPrimarySource)] == [f"{BASE}work/S13"]


def test_corrections_are_revisions(provenance: Path) -> None:
    document = prov.read((provenance / "record.json").as_posix(), format="json")
    revisions = [
        tuple(str(value) for _, value in record.formal_attributes[:2])
        for record in document.get_records(ProvDerivation)
        if "Revision" in str(record.attributes)
    ]
    assert revisions == [
        ("claim:NEW-1.2", "claim:NEW-1.1"),
        ("claim:NEW-1", "claim:NEW-1.2"),
    ]


def test_prov_n_says_what_prov_json_says(provenance: Path) -> None:
    text = (provenance / "record.provn").read_text(encoding="utf-8")
    assert text.startswith("document")
    assert text.rstrip().endswith("endDocument")
    document = prov.read((provenance / "record.json").as_posix(), format="json")
    assert sorted(text.splitlines()) == sorted(document.get_provn().splitlines())


# GeoJSON


def test_geojson_is_rfc_7946(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "claims.geojson"
    counts = export(record, "geojson", path)
    text = path.read_text(encoding="utf-8")
    found = Features.model_validate_json(text)
    assert counts == {"features": len(found.features)}
    by_id = {f.id: f for f in found.features}
    # dated and with a place on the map: neither OLD-5 (nowhere) nor NEW-3 (no date)
    assert set(by_id) == {"OLD-2", "OLD-3", "OLD-4", "OLD-6", "NEW-2", "FACT-units-jp-37d-men"}
    luoyang, several = by_id["OLD-2"], by_id["OLD-3"]
    assert (luoyang.geometry.type, several.geometry.type) == ("Point", "MultiPoint")
    assert [round(c, 1) for c in luoyang.geometry.coordinates] == [112.4, 34.7]
    assert len(several.geometry.coordinates) == 2
    placed = {id_: f.properties["placed"] for id_, f in by_id.items()}
    assert (placed["OLD-2"], placed["OLD-4"], placed["OLD-6"]) == ("exact", "near", "box")
    assert by_id["OLD-4"].properties["last_day"] is None
    assert by_id["OLD-6"].properties["first_day"] is None
    assert "crs" not in json.loads(text)


# all of them


def test_some_sources_only(record: Record, tmp_path: Path) -> None:
    old = only(record, ["old"])
    assert set(old.claims) == {id_ for id_ in record.claims if id_.startswith("OLD")}
    counts = export(old, "csv", tmp_path)
    assert (counts["claims"], counts["sources"], counts["corrections"]) == (6, 1, 0)
    with pytest.raises(RequestError, match="did you mean 'old'"):
        only(record, ["olt"])


def test_a_file_whose_form_is_unknown_is_refused(record: Record, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"let it end in \.json, \.provn, \.ttl"):
        export(record, "prov", tmp_path / "record.xml")


def test_where_nothing_can_be_written(record: Record, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for format_ in ("csv", "geojson"):
        with pytest.raises(RequestError, match="cannot be made"):
            export(record, format_, tmp_path / "file" / "inner" / "out")


@pytest.fixture(scope="module")
def whole() -> Record:
    """The record that comes with Tairiku."""
    return load_record()


def test_every_place_of_the_record_follows_the_schema(whole: Record, tmp_path: Path) -> None:
    export(whole, "json-ld", tmp_path / "places.jsonld")
    text = (tmp_path / "places.jsonld").read_text(encoding="utf-8")
    schema = json.loads(Path(__file__).with_name("linked_places.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))
    attested = {a["@id"] for f in json.loads(text)["features"] for a in f["attestations"]}
    placed = {id_ for id_, claim in whole.claims.items() if places_of(whole, claim)}
    assert attested == {f"urn:tairiku:claim/{id_}" for id_ in placed}
    assert len(rdflib.Graph().parse(data=text, format="json-ld")) > 10_000


def test_every_dated_claim_of_the_record_is_geojson(whole: Record, tmp_path: Path) -> None:
    export(whole, "geojson", tmp_path / "claims.geojson")
    found = Features.model_validate_json((tmp_path / "claims.geojson").read_bytes())
    assert {"DE-763", "ZH-848"} <= {feature.id for feature in found.features}
    for feature in found.features:
        assert feature.geometry is not None
        points = feature.geometry.coordinates
        for lon, lat in points if feature.geometry.type == "MultiPoint" else [points]:
            assert 60 < lon < 180, feature.id
            assert -10 < lat < 60, feature.id


def test_every_source_value_of_the_record_is_read_back(whole: Record, tmp_path: Path) -> None:
    export(only(whole, ["de", "zh"]), "prov", tmp_path / "record.json")
    document = prov.read((tmp_path / "record.json").as_posix(), format="json")
    told = {str(r.identifier) for r in document.get_records() if r.is_element()}
    wanted = {f"claim:{id_}" for id_ in whole.claims if not id_.startswith("FACT-")}
    assert wanted <= told
    export(whole, "csv", tmp_path / "csv")
    read = pd.read_csv(tmp_path / "csv" / "claims.csv", dtype=str, keep_default_na=False)
    for row in read.to_dict("records"):
        claim = whole.claims[row["id"]]
        assert (row["value"], row["statement"], row["note"], row["printed"]) == (
            claim.value,
            claim.statement,
            claim.note,
            claim.printed,
        )
