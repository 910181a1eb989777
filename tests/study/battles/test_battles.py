"""Battles from a file: read, fought, predicted, scored; and the bar on the real ones."""

import csv
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tairiku import validate_commands
from tairiku.base.errors import DataError, RequestError
from tairiku.sim import firepower
from tairiku.study.battles import constants as known
from tairiku.study.battles import crossed, fighting, fitting, laws, scores, summary
from tairiku.study.battles.table import Battle, read_battles, read_outcomes

FILE = Path(__file__).parent / "made_up.csv"
OUTCOMES = ("attacker_casualties", "defender_casualties", "winner", "group")
OUTCOMES += ("attacker_casualty_fraction", "defender_casualty_fraction")
CALIBRATION = (
    Path(__file__).resolve().parents[4] / "shared" / "validation" / "battles_calibration.csv"
)


def changed(path, target, drop=(), rows=None):
    """A copy of a battle file without some columns, with other rows."""
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    names = [name for name in found[0] if name not in drop]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(found if rows is None else rows(found))
    return target


def predict(battles, output, **options):
    """The command's body with few runs."""
    asked = {"runs": 20, "seed": 1, "crossed": False, "force": False, "as_json": True, **options}
    code = validate_commands.combat(battles, output=output, **asked)
    assert code == 0
    with output.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def laid_out(battles):
    """Battles as the numbers of the law, with the fitted set's own unknowns."""
    own = known.fitted_constants()["battles.unknown_guns"]
    return fighting.lay_out(battles, own, known.scenario_constants()["combat.gun_at"])


def test_predictions_have_a_row_for_every_battle(tmp_path, capsys):
    rows = predict(FILE, tmp_path / "p.csv")
    assert [row["battle_id"] for row in rows] == ["m1", "m2", "m3", "m4"]
    assert tuple(rows[0]) == summary.HEADER
    for row in rows:
        assert 0 < float(row["p_attacker_wins"]) < 1
        assert 0 < float(row["attacker_casualty_fraction"]) < 1
        assert 0 < float(row["defender_casualty_fraction"]) < 1
    assert '"attacker"' in capsys.readouterr().out


def test_outcomes_change_nothing(tmp_path, capsys):
    """Without the outcome columns the predictions are the same bytes."""
    predict(FILE, tmp_path / "with.csv")
    bare = changed(FILE, tmp_path / "bare.csv", drop=OUTCOMES)
    predict(bare, tmp_path / "without.csv")
    assert (tmp_path / "with.csv").read_bytes() == (tmp_path / "without.csv").read_bytes()
    assert '"scores": null' in capsys.readouterr().out


def test_a_battle_does_not_depend_on_the_others(tmp_path, capsys):
    whole = predict(FILE, tmp_path / "whole.csv")
    one = changed(FILE, tmp_path / "one.csv", rows=lambda found: found[2:3])
    assert predict(one, tmp_path / "alone.csv") == whole[2:3]


def test_names_and_nations_are_not_read(tmp_path, capsys):
    def renamed(found):
        return [{**row, "name": "Elsewhere"} for row in found]

    predict(FILE, tmp_path / "a.csv")
    predict(changed(FILE, tmp_path / "named.csv", rows=renamed), tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_every_fault_of_a_file_is_named_at_once(tmp_path):
    def spoil(found):
        return [
            {**found[0], "attacker_strength": "many"},
            {**found[1], "duration_days": "0"},
            {**found[2], "posture": "asleep"},
            {**found[3], "defender_strength": ""},
        ]

    with pytest.raises(DataError) as caught:
        read_battles(changed(FILE, tmp_path / "bad.csv", rows=spoil))
    assert [(p.row, p.field) for p in caught.value.problems] == [
        (2, "attacker_strength"),
        (3, "duration_days"),
        (4, "posture"),
        (5, "defender_strength"),
    ]


def test_a_battle_stands_once(tmp_path):
    twice = changed(FILE, tmp_path / "twice.csv", rows=lambda found: [*found, found[0]])
    with pytest.raises(DataError, match="stands in line 2 already"):
        read_battles(twice)


def test_a_file_without_battles(tmp_path):
    with pytest.raises(DataError, match="holds no battle"):
        read_battles(changed(FILE, tmp_path / "none.csv", rows=lambda found: []))


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(DataError, match="defender_strength"):
        read_battles(changed(FILE, tmp_path / "short.csv", drop=["defender_strength"]))


def test_the_command_line_names_faults_without_a_traceback(tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("battle_id,year\n1,late\n", encoding="utf-8")
    words = ["validate", "combat", "--battles", str(bad), "-o", str(tmp_path / "p.csv")]
    done = subprocess.run(
        [sys.executable, "-m", "tairiku", *words],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "attacker_strength" in done.stderr
    assert "duration_days" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "p.csv").exists()


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "p.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match="--force"):
        predict(FILE, tmp_path / "p.csv")
    with pytest.raises(RequestError, match="runs"):
        predict(FILE, tmp_path / "q.csv", runs=3)
    assert (tmp_path / "p.csv").read_text(encoding="utf-8") == "mine"


def test_campaigns_without_a_fold_are_refused(tmp_path):
    with pytest.raises(RequestError, match="Made-up East"):
        predict(FILE, tmp_path / "p.csv", crossed=True)


def test_battles_as_numbers():
    """What the law is given of the first battle, by hand; unknown guns count as the median."""
    field = laid_out(read_battles(FILE))
    first = field.start[0]
    assert first[0, firepower.X_MEN] == first[0, firepower.X_TRAINING] == 18000
    assert first[0, firepower.X_SUPPORT] == 20  # a day
    assert first[1, firepower.X_SUPPORT] == 0
    assert first[1, firepower.X_AT] == pytest.approx(10 + 0.1 * 40)
    assert list(field.ground) == [0, 2, 1, 0]
    blind = Battle(
        battle_id="x",
        year=1944,
        duration_days=1,
        attacker_strength=2000,
        defender_strength=1000,
    )
    start = fighting.lay_out([blind], 6.8, 0.1).start[0]
    assert start[0, firepower.X_GUNS] == pytest.approx(13.6)
    assert start[:, firepower.X_TANKS].tolist() == [0, 0]


def test_the_middle_of_the_runs_is_the_run_without_fortune():
    field = laid_out(read_battles(FILE))
    fitted = known.fitted_constants()
    even = fighting.fight(field, fitted, fortune=False).lost[:, :, 0]
    many = summary.medians(fighting.fight(field, fitted, runs=300))
    assert many == pytest.approx(even, rel=0.15)


def test_more_runs_begin_with_the_same_ones():
    field = laid_out(read_battles(FILE))
    few = fighting.fight(field, {}, runs=20)
    more = fighting.fight(field, {}, runs=45)
    assert (more.lost[:, :, :20] == few.lost).all()


def test_published_laws_by_hand():
    """Two folds of one battle each: the rate of the one foretells the other."""
    battles = read_battles(FILE)[:2]
    seen = np.log10([[0.05, 0.15], [0.04, 0.04]])
    fold = np.array([0, 1])
    rate, square, linear, hartley, _ = laws.LAWS
    assert laws.predict(rate, battles, seen, fold)[1, 0] == pytest.approx(0.05 / 2)
    assert laws.predict(rate, battles, seen, fold)[0, 1] == pytest.approx(0.04 * 2)
    c = 0.05 / 2 * 18000 / 9000
    assert laws.predict(square, battles, seen, fold)[1, 0] == pytest.approx(c * 9500 / 16000)
    c = 0.05 / 2 / 9000
    assert laws.predict(linear, battles, seen, fold)[1, 0] == pytest.approx(c * 9500)
    c = 0.05 / 2 * 18000**0.25 / 9000**0.4
    want = c * 9500**0.4 / 16000**0.25
    assert laws.predict(hartley, battles, seen, fold)[1, 0] == pytest.approx(want)


def test_scores_by_hand():
    predicted = np.array([[0.1, 0.01], [0.1, 0.5]])
    lost = np.array([[0.01, 0.01], [0.1, np.nan]])
    found = scores.casualty_scores(predicted, lost)
    assert found["attacker"] == pytest.approx(math.sqrt(0.5))
    assert found["defender"] == 0
    assert found["ratio"] == pytest.approx(1)
    won = scores.winner_scores(np.array([0.8, 0.4, 0.3]), np.array([1.0, 1.0, np.nan]))
    assert won["accuracy"] == 0.5
    assert won["brier"] == pytest.approx((0.04 + 0.36) / 2)
    assert won["log_loss"] == pytest.approx(-(math.log(0.8) + math.log(0.4)) / 2)
    runs = np.tile(np.linspace(0, 1, 101), (2, 1))
    assert scores.coverage(runs, np.array([0.5, 0.05]), (0.8, 0.95)) == {0.8: 0.5, 0.95: 1.0}


def test_no_group_is_split():
    group = np.array(["a"] * 7 + ["b"] * 2 + ["c"] * 4 + ["d"])
    fold = fitting.folds_of(group, 3)
    assert all(len(set(fold[group == g])) == 1 for g in "abcd")
    assert sorted(np.bincount(fold).tolist()) == [3, 4, 7]


def test_the_fit_finds_the_law_that_made_the_battles():
    """Battles without fortune by known rates; the fit, from its own start, comes back to them."""
    base = read_battles(FILE)
    battles = [
        b.model_copy(update={"battle_id": f"{b.battle_id}-{x}", "attacker_strength": x * 1000})
        for b in base[:2]
        for x in (8, 14, 25)
    ]
    field = laid_out(battles)
    names = [f.name for f in fitting.plan()[0]]
    held = [n for n in names if n not in ("combat.ka", "combat.kd")]
    centre = {f.name: f.value(f.centre) for f in fitting.plan()[0]}
    truth = {**centre, "combat.ka": 0.02, "combat.kd": 0.06, "combat.lethality": 1.0}
    lost = fighting.fight(field, truth, fortune=False).lost[:, :, 0]
    group = np.array([b.battle_id for b in battles])
    seen = fitting.Seen(np.log10(lost), np.ones(len(battles)), group)
    found, doubt = fitting.fit(field, seen, {}, 6.8, held=held)
    assert found["combat.ka"] == pytest.approx(0.02, rel=0.04)
    assert found["combat.kd"] == pytest.approx(0.06, rel=0.04)
    assert 0 < doubt["combat.ka"] < 0.2


def test_constants_of_every_fold_are_those_of_the_set():
    groups, folds = crossed.read_folds()
    names = set(known.fitted_constants())
    assert set(groups.values()) == set(folds)
    assert all(set(constants) == names for constants in folds.values())


@pytest.mark.shared
@pytest.mark.skipif(not CALIBRATION.exists(), reason="needs the calibration battles")
def test_losses_of_battles_of_unseen_campaigns(capsys):
    """The bar: at most 0.42 and 0.46, and better than every published law on each side."""
    battles, outcomes = read_battles(CALIBRATION), read_outcomes(CALIBRATION)
    lost, seen = crossed.seen_of(outcomes)
    groups, constants = crossed.read_folds()
    fold = crossed.fold_of(outcomes, groups)
    field = laid_out(battles)
    predicted = np.zeros(lost.shape)
    for k in np.unique(fold):
        here = fold == k
        part = fitting.part_of(field, here)
        predicted[here] = fighting.fight(part, constants[int(k)], fortune=False).lost[:, :, 0]
    found = scores.casualty_scores(predicted, lost)
    with capsys.disabled():
        print(f"\nunseen campaigns: {found['attacker']:.3f}, {found['defender']:.3f}")
    assert found["attacker"] <= 0.42
    assert found["defender"] <= 0.46
    for name, law in summary.law_scores(battles, lost, seen, fold).items():
        assert found["attacker"] < law["attacker"], name
        assert found["defender"] < law["defender"], name
