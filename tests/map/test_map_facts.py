"""The map against facts typed by hand, from memory of published tables, not from its sources."""

import math

import pytest

from tairiku.base.projection import great_circle
from tests.map.mapdata import (
    DRY,
    by_id,
    cone,
    grid,
    home,
    rail_steps,
    reached,
    river_between,
    river_sides,
    rows,
)

# great-circle distances of city pairs as public distance tables give them [km];
# such tables differ by where in a city they measure, hence 3 % or 8 km
DISTANCES = (
    ("beiping", "shanghai", 1068),
    ("beiping", "guangzhou", 1890),
    ("beiping", "hankou", 1053),
    ("shanghai", "guangzhou", 1212),
    ("beiping", "xi-an", 912),
    ("shanghai", "hong-kong", 1228),
    ("guangzhou", "hong-kong", 130),
    ("hankou", "guangzhou", 835),
    ("chengdu", "chongqing", 269),
    ("hong-kong", "hanoi", 872),
    ("kunming", "hanoi", 543),
    ("nanjing", "shanghai", 270),
    ("beiping", "nanjing", 899),
    ("beiping", "zhengzhou", 622),
    ("xi-an", "zhengzhou", 436),
    ("hankou", "changsha", 295),
    ("hankou", "shanghai", 690),
    ("chongqing", "guiyang", 331),
)

# heights of towns as encyclopedias and airport tables give them [m]; a hex holds hills beside its
# town, so a rugged one may lie higher by more
HEIGHTS = (
    ("zhengzhou", 108, 40),
    ("kaifeng", 73, 30),
    ("luoyang", 145, 60),
    ("xi-an", 405, 120),
    ("baoji", 590, 350),
    ("xuzhou", 38, 30),
    ("bengbu", 22, 30),
    ("fuyang", 30, 20),
    ("nanyang", 130, 40),
    ("hankou", 23, 20),
    ("nanchang", 25, 25),
    ("changsha", 50, 40),
    ("hengyang", 70, 60),
    ("guilin", 155, 70),
    ("liuzhou", 95, 60),
    ("nanning", 78, 60),
    ("guangzhou", 15, 25),
    ("hanoi", 10, 15),
    ("guiyang", 1075, 200),
    ("zunyi", 845, 200),
    ("dushan", 980, 150),
    ("anshun", 1390, 120),
    ("chongqing", 245, 120),
    ("hanzhong", 510, 150),
)

# stations in order, as any railway map of the 1940s shows them
RAILWAYS = (
    ("Pinghan", ("anyang", "xinxiang", "zhengzhou", "xuchang", "luohe", "zhumadian", "queshan",
                 "xinyang", "xiaogan", "liujiamiao", "hankou")),
    ("Yuehan", ("xujiapeng", "wuchang", "xianning", "puqi", "yueyang", "changsha", "zhuzhou",
                "hengyang", "leiyang", "chenxian", "lechang", "shaoguan", "yingde", "guangzhou")),
    ("Xianggui", ("hengyang", "lengshuitan", "quanzhou", "guilin", "yongfu", "luzhai", "liuzhou",
                  "laibin", "nanning", "zhennanguan")),
    ("Qiangui", ("liuzhou", "yishan", "jinchengjiang", "nandan", "dushan", "duyun")),
    ("Longhai", ("xuzhou", "shangqiu", "kaifeng", "zhengzhou", "luoyang", "mianchi", "shan-county",
                 "tongguan", "xi-an", "baoji")),
    ("Guangzhou-Kowloon", ("guangzhou", "shilong", "shenzhen", "kowloon")),
    ("Nanxun", ("jiujiang", "de-an", "nanchang")),
    ("Zhegan", ("nanchang", "zhangshu", "pingxiang", "liling", "zhuzhou")),
    ("Tongpu", ("linfen", "houma", "yuncheng", "fenglingdu")),
)  # fmt: skip


@pytest.mark.parametrize(("a", "b", "km"), DISTANCES)
def test_places_are_as_far_apart_as_published(a: str, b: str, km: float) -> None:
    p, q = by_id("places")[a], by_id("places")[b]
    found = great_circle(float(p["lon"]), float(p["lat"]), float(q["lon"]), float(q["lat"]), 6371.0)
    assert found == pytest.approx(km, rel=0.03, abs=8.0)


@pytest.mark.parametrize(("a", "b", "km"), DISTANCES)
def test_hexes_are_as_far_apart_as_published(a: str, b: str, km: float) -> None:
    if not (by_id("places")[a]["hex"] and by_id("places")[b]["hex"]):
        p, q = by_id("places")[a], by_id("places")[b]
        ends = [cone().forward(float(r["lon"]), float(r["lat"])) for r in (p, q)]
        slack = 10.0
    else:
        ends = [grid().centre(home(a)), grid().centre(home(b))]
        slack = 1.5 * grid().pitch_km
    assert abs(math.dist(*ends) - km) < 0.03 * km + slack


@pytest.mark.parametrize(("place", "height", "tolerance"), HEIGHTS)
def test_spot_heights(place: str, height: float, tolerance: float) -> None:
    found = float(rows("hexes")[home(place)]["elevation_m"])
    assert abs(found - height) <= tolerance


@pytest.mark.parametrize(("line", "stations"), RAILWAYS)
def test_railways_are_unbroken(line: str, stations: tuple[str, ...]) -> None:
    steps = [(int(row["hex_a"]), int(row["hex_b"])) for row in rail_steps(line)]
    found = reached(home(stations[0]), steps)
    assert [s for s in stations if home(s) not in found] == []


def test_each_section_is_one_chain() -> None:
    names = {name for row in rows("rail_links") for name in row["line"].split("; ")}
    for name in names:
        steps = [(int(row["hex_a"]), int(row["hex_b"])) for row in rail_steps(name)]
        assert reached(steps[0][0], steps) >= {h for step in steps for h in step}, name


def test_the_railway_crosses_the_yangtze_by_ferry_alone() -> None:
    ferries = [row for row in rows("rail_links") if row["link_kind"] == "train_ferry"]
    assert [row["line"] for row in ferries] == ["Yangtze train ferry (Hankou-Wuchang)"]
    ends = {int(ferries[0]["hex_a"]), int(ferries[0]["hex_b"])}
    assert ends == {home("liujiamiao"), home("xujiapeng")}
    hexes = rows("hexes")
    for row in rows("rail_links"):
        a, b = int(row["hex_a"]), int(row["hex_b"])
        assert hexes[a]["terrain"] in DRY
        assert hexes[b]["terrain"] in DRY
        river = river_between(a, b)
        over = river["name"] if river else ""
        assert over not in ("sea", "Dongting Lake", "Poyang Lake"), row["id"]
        assert (over == "Yangtze") == (row["link_kind"] == "train_ferry"), row["id"]


def test_wuhan_lies_on_both_banks() -> None:
    assert len({home("hankou"), home("wuchang")}) == 2
    river = river_between(home("liujiamiao"), home("xujiapeng"))
    assert river is not None
    assert (river["name"], river["class"]) == ("Yangtze", "3")


def test_the_only_running_rail_over_the_yellow_river_is_its_bridge() -> None:
    over = []
    for row in rows("rail_links"):
        river = river_between(int(row["hex_a"]), int(row["hex_b"]))
        if river and river["name"] == "Yellow River" and row["status"] != "torn_up":
            over.append((row["line"], row["bridge_id"]))
    assert [bridge for _, bridge in over] == ["yellow-river-zhengzhou"]


def test_the_yellow_river_parts_zhengzhou_from_xinxiang() -> None:
    hexes = rows("hexes")
    steps = []
    for hex_id, row in enumerate(hexes):
        for side, other in enumerate(grid().neighbours(hex_id)):
            if other < hex_id or row["terrain"] not in DRY or hexes[other]["terrain"] not in DRY:
                continue
            river = river_sides().get((hex_id, side))
            if river and river["class"] == "3" and river["name"] in ("Yellow River", "Huai"):
                continue
            steps.append((hex_id, other))
    south = reached(home("zhengzhou"), steps)
    assert home("xinxiang") not in south
    for place in ("xuchang", "luoyang", "hankou", "xi-an"):
        assert home(place) in south
    for place in ("kaifeng", "shangqiu", "anyang", "xuzhou"):
        assert home(place) not in south


@pytest.mark.parametrize(
    ("place", "river"),
    [("hengyang", "Xiang"), ("changsha", "Xiang"), ("luoyang", "Luo"), ("guilin", "Li"),
     ("liuzhou", "Liu"), ("nanning", "Yong"), ("laohekou", "Han"), ("wuzhou", "Xi"),
     ("nanchang", "Gan"), ("yichang", "Yangtze"), ("jiujiang", "Yangtze"), ("changde", "Yuan")],
)  # fmt: skip
def test_towns_stand_on_their_rivers(place: str, river: str) -> None:
    names = set()
    for side, other in enumerate(grid().neighbours(home(place))):
        key = (home(place), side) if home(place) < other else (other, (side + 3) % 6)
        if key in river_sides():
            names.add(river_sides()[key]["name"])
    assert river in names


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(114.6, 34.95), (114.9, 34.95), (115.1, 35.2), (115.6, 35.6), (116.0, 35.95),
     (115.5, 34.6), (116.3, 34.5), (117.0, 34.3)],
)  # fmt: skip
def test_the_old_beds_of_the_yellow_river_are_dry(lon: float, lat: float) -> None:
    middle = grid().hex_at(*cone().forward(lon, lat))
    for hex_id in grid().within(middle, 1):
        for side in range(6):
            row = river_sides().get((hex_id, side))
            assert row is None or row["name"] != "Yellow River"


def test_the_flood_of_1938_lies_where_it_lay() -> None:
    hexes = rows("hexes")
    assert float(hexes[home("fugou")]["flood_zone_share"]) > 0.5
    assert float(hexes[home("zhengzhou")]["flood_zone_share"]) < 0.5
    assert float(hexes[home("luohe")]["flood_zone_share"]) == 0.0


@pytest.mark.parametrize(
    ("place", "province"),
    [("hepu", "Guangdong"), ("beihai", "Guangdong"), ("chongqing", "Sichuan"),
     ("huaiji", "Guangxi"), ("hengyang", "Hunan"), ("zhengzhou", "Henan"), ("dushan", "Guizhou")],
)  # fmt: skip
def test_provinces_are_those_of_1944(place: str, province: str) -> None:
    assert by_id("places")[place]["province"] == province
    assert rows("hexes")[home(place)]["province"] == province


def test_status_of_the_lines_in_april_1944() -> None:
    state = {row["line"]: row["status"] for row in rows("rail_links")}
    assert state["Yuehan (Wuchang-Yueyang)"] == "operating_japanese"
    assert state["Xianggui (Hengyang-Guilin)"] == "operating_chinese"
    assert state["Longhai (Kaifeng-Zhengzhou)"] == "torn_up"
    assert state["Baotian (Baoji-Tianshui)"] == "under_construction"
