"""Statistical rivals of the combat law: the same battles, the same folds, no mechanism.

Ridge, gamma regression, random forest and boosting on log10 of the fraction lost, logits and the
same trees on the winner, with scikit-learn at its own settings but for what stands here.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import GammaRegressor, LogisticRegression, RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from tairiku.study.battles.constants import fitted_constants
from tairiku.study.battles.fitting import Seen
from tairiku.study.battles.table import Battle

Numbers = NDArray[np.float64]
Folds = NDArray[np.int64]

TREES = 500
RIDGE = np.logspace(-2, 3, 11)


def features(battles: Sequence[Battle], unknown_guns: float) -> Numbers:
    """What the law is given, as columns: logarithms of men and arms, posture, ground, time."""
    rows = []
    for b in battles:
        odds = np.log10(b.attacker_strength / b.defender_strength)
        size = 0.5 * np.log10(b.attacker_strength * b.defender_strength)
        row = [odds, size, np.log10(b.duration_days), (b.year - 1944) / 10]
        row += [float(b.posture == p) for p in ("prepared_defence", "fortified_defence")]
        row += [float(b.posture in ("delay", "withdrawal")), float(b.weather_ground == "wet")]
        row += [float(b.terrain_relief == relief) for relief in ("flat", "rugged")]
        for men, foe, tanks, guns, sorties in (
            (
                b.attacker_strength,
                b.defender_strength,
                b.attacker_tanks,
                b.attacker_guns,
                b.attacker_air_sorties,
            ),
            (
                b.defender_strength,
                b.attacker_strength,
                b.defender_tanks,
                b.defender_guns,
                b.defender_air_sorties,
            ),
        ):
            row.append(np.log10(1 + 1000 * (tanks or 0) / men))
            row.append(np.log10(1 + (unknown_guns if guns is None else 1000 * guns / men)))
            row.append(np.log10(1 + 1000 * (sorties or 0) / b.duration_days / foe))
        rows.append(row)
    return np.array(rows)


REGRESSIONS: dict[str, Callable[[], Any]] = {
    "ridge on all factors": lambda: make_pipeline(StandardScaler(), RidgeCV(RIDGE)),
    "gamma regression, log link": lambda: make_pipeline(
        StandardScaler(), GammaRegressor(alpha=0.1, max_iter=1000)
    ),
    "random forest": lambda: RandomForestRegressor(
        TREES, min_samples_leaf=5, max_features=0.4, random_state=1
    ),
    "boosting": lambda: HistGradientBoostingRegressor(
        learning_rate=0.05, max_iter=150, max_leaf_nodes=8, min_samples_leaf=10, random_state=1
    ),
}
CLASSIFIERS: dict[str, tuple[Callable[[], Any], bool]] = {
    "force ratio logit": (lambda: LogisticRegression(), True),
    "multi-factor logit": (
        lambda: make_pipeline(StandardScaler(), LogisticRegression(C=0.02)),
        False,
    ),
    "random forest": (
        lambda: RandomForestClassifier(TREES, min_samples_leaf=10, random_state=1),
        False,
    ),
    "boosting": (
        lambda: HistGradientBoostingClassifier(
            learning_rate=0.02, max_iter=60, max_leaf_nodes=6, min_samples_leaf=15, random_state=1
        ),
        False,
    ),
}


def losses(battles: Sequence[Battle], seen: Seen, fold: Folds) -> dict[str, Numbers]:
    """Fractions lost (b, 2) by each rival, fitted on the other folds."""
    X = features(battles, fitted_constants()["battles.unknown_guns"])
    found = {}
    for name, make in REGRESSIONS.items():
        gamma = name.startswith("gamma")
        said = np.zeros(seen.log10.shape)
        for side in range(2):
            y = seen.log10[:, side]
            for k in np.unique(fold):
                known, here = (fold != k) & np.isfinite(y), fold == k
                target = 10 ** y[known] if gamma else y[known]
                guess = make().fit(X[known], target).predict(X[here])
                said[here, side] = guess if gamma else 10**guess
        found[name] = np.clip(said, 1e-4, 1.0)
    return found


def victories(battles: Sequence[Battle], seen: Seen, fold: Folds) -> dict[str, Numbers]:
    """The attacker's chance (b,) by each rival, fitted on the other folds."""
    X = features(battles, fitted_constants()["battles.unknown_guns"])
    always = np.zeros(len(fold))
    for k in np.unique(fold):
        always[fold == k] = np.nanmean(seen.won[fold != k])
    found = {"always the attacker": always}
    for name, (make, odds_only) in CLASSIFIERS.items():
        columns = X[:, :1] if odds_only else X
        said = np.zeros(len(fold))
        for k in np.unique(fold):
            known, here = (fold != k) & np.isfinite(seen.won), fold == k
            model = make().fit(columns[known], seen.won[known] > 0.5)
            said[here] = model.predict_proba(columns[here])[:, 1]
        found[name] = said
    return found
