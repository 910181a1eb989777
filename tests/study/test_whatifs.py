"""Statistics of pairs on invented campaigns with known answers; variants that cannot be."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.base.errors import DataError, RequestError
from tairiku.scenario.load import load_scenario
from tairiku.study.ensembles.plan import make_plan
from tairiku.study.whatifs import pairs
from tairiku.study.whatifs.telling import answer, number
from tairiku.study.whatifs.whatif import whatif

TEN_LINES = """\
title = "Twice the guns"
question = "What if the defenders had had twice the guns?"
argued_by = "a test"
basis = "estimate: a test"

[[units]]
side = "china"
multiply = { guns = 2.0 }
"""


def draws(n: int, shared: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs whose partners share a part of their variance."""
    rng = np.random.default_rng(seed)
    common = rng.normal(0.0, shared**0.5, n)
    own = rng.normal(0.0, (1.0 - shared) ** 0.5, (2, n))
    return common + own[0], common + own[1]


def test_equal_pairs_are_the_same() -> None:
    values = np.arange(10.0)
    (found,) = pairs.effects([(values, values)])
    assert (found.verdict, found.effect, found.low, found.high) == (pairs.SAME, 0.0, 0.0, 0.0)
    assert (found.p, found.differing, found.gain) == (1.0, 0, None)


def test_a_constant_shift_is_an_effect() -> None:
    values = np.arange(20.0)
    (found,) = pairs.effects([(values, values + 3.0)])
    assert (found.effect, found.low, found.high) == (3.0, 3.0, 3.0)
    assert found.verdict == pairs.REAL


def test_gain_is_what_sharing_makes_it() -> None:
    # var(b) + var(v) over var(v - b) is 1 / (1 - shared)
    base, changed = draws(4000, 0.8, 1)
    assert pairs.gain_of_pairing(base, changed) == pytest.approx(5.0, rel=0.1)
    base, changed = draws(4000, 0.0, 2)
    assert pairs.gain_of_pairing(base, changed) == pytest.approx(1.0, rel=0.1)


def test_the_interval_covers_as_often_as_it_says() -> None:
    covered = 0
    for seed in range(60):
        base, changed = draws(40, 0.5, seed)
        low, high = pairs.interval(changed + 0.7 - base)
        covered += low <= 0.7 <= high
    assert covered >= 51  # 57 expected; fewer than 51 of 60 has a chance below 1 %


def test_nothing_is_found_where_nothing_is() -> None:
    found = pairs.effects([draws(50, 0.5, seed) for seed in range(40)])
    assert sum(effect.verdict == pairs.REAL for effect in found) <= 1
    assert all(effect.q >= effect.p - 1e-12 for effect in found)


def test_one_real_effect_among_many_is_found() -> None:
    many = [draws(60, 0.7, seed) for seed in range(30)]
    many[7] = (many[7][0], many[7][1] + 1.0)
    found = pairs.effects(many)
    assert found[7].verdict == pairs.REAL
    assert found[7].low < 1.0 < found[7].high


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=12))
def test_any_whole_numbers_give_finite_figures(rows: list[tuple[int, int]]) -> None:
    base, changed = (np.array(column, float) for column in zip(*rows, strict=True))
    (found,) = pairs.effects([(base, changed)])
    assert np.isfinite([found.effect, found.low, found.high, found.p, found.q]).all()
    assert found.low - 1e-9 <= found.effect <= found.high + 1e-9
    assert 0.0 <= found.p <= found.q <= 1.0


def test_exchanging_partners_by_hand() -> None:
    # three equal differences: of 8 exchanges, 2 give a mean as far from nought
    assert pairs.chance_of(np.array([1.0, 1.0, 1.0])) == pytest.approx(0.25)


def test_the_answer_says_none_where_there_is_none() -> None:
    rows = [{"verdict": "none", "group": "dates"}, {"verdict": "same", "group": "dates"}]
    assert answer({"effects": rows}, 40).startswith("No detectable effect in 40 pairs")
    assert number(-0.031, "0-1", signed=True) == "-3 %"


def test_a_variant_of_ones_own_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "twice-the-guns.toml"
    path.write_text(TEN_LINES)
    scenario = load_scenario("tiny", variant=str(path))
    assert scenario.variant is not None
    assert scenario.variant.name == "twice-the-guns"
    plain = {unit.id: unit for unit in load_scenario("tiny").units}
    for unit in scenario.units:
        factor = 2 if unit.side == "china" else 1
        assert unit.guns_best == factor * plain[unit.id].guns_best


def test_variants_taken_together(tmp_path: Path) -> None:
    path = tmp_path / "guns.toml"
    path.write_text(TEN_LINES)
    both = load_scenario("tiny", variant=f"japan-halved+{path}")
    half = load_scenario("tiny", variant="japan-halved")
    guns = load_scenario("tiny", variant=str(path))
    assert both.variant is not None
    assert both.variant.name == "japan-halved+guns"
    for one, two, three in zip(both.units, half.units, guns.units, strict=True):
        assert one == (two if one.side == "japan" else three)
    with pytest.raises(RequestError, match="stands twice"):
        load_scenario("tiny", variant="japan-halved+japan-halved")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('[set]\n"combat.kx" = 1.0\n', r"combat\.kx.*did you mean"),
        ('[[units]]\nside = "japn"\nmultiply = { men = 2.0 }\n', "selects no row"),
        ('[[units]]\nids = ["cn-t-9d"]\nmultiply = { men = 2.0 }\n', "cn-t-9d"),
        ("[[units]]\nmultiply = { mem = 2.0 }\n", "mem.*men"),
        ("[[units]]\nput = { menn = 2.0 }\n", "menn"),
        ("[[unit]]\nmultiply = { men = 2.0 }\n", "unit"),
        ("[start]\nshift_days = 0.5\n", "shift_days"),
        ('[bridges]\nnowhere = "destroyed"\n', "nowhere"),
        ("[set\n", "not TOML"),
    ],
)
def test_a_bad_variant_is_refused_before_anything_is_played(
    tmp_path: Path, lines: str, words: str
) -> None:
    path = tmp_path / "bad.toml"
    head = TEN_LINES.partition("\n\n")[0]
    path.write_text(f"{head}\n\n{lines}")
    with pytest.raises((RequestError, DataError), match=words):
        make_plan("tiny", 4, variant=str(path))


def test_variants_that_contradict_each_other(tmp_path: Path) -> None:
    head = TEN_LINES.partition("\n\n")[0]
    for name, value in (("a", 0.05), ("b", 0.06)):
        (tmp_path / f"{name}.toml").write_text(f'{head}\n\n[set]\n"combat.ka" = {value}\n')
    with pytest.raises(RequestError, match="cannot be taken together"):
        make_plan("tiny", 4, variant=f"{tmp_path}/a.toml+{tmp_path}/b.toml")


def test_what_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="at least one variant"):
        whatif(scenario="tiny", folder=tmp_path / "w")
    with pytest.raises(RequestError, match="2 or more"):
        whatif("japan-halved", scenario="tiny", n=1, folder=tmp_path / "w")
    with pytest.raises(RequestError, match="stands twice"):
        whatif("japan-halved", "japan-halved", scenario="tiny", n=4, folder=tmp_path / "w")
    assert not (tmp_path / "w").exists()
