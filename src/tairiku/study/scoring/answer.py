"""The answer in words, from the figures of a validation: what was asked, what was reached."""

from tairiku.study.scoring.validate import CALIBRATION, HELD_OUT, MODEL, PhaseScore, Validation

# what the design asks of the phases that were held out (its "How good it must be")
ASKED_COVERAGE = 0.7
ASKED_ERROR = 10.0
COVERAGE_LEVEL = 0.8


def day_text(found: Validation, day: int) -> str:
    """A campaign day as a date; "after" with the last day where it is the censored one."""
    if day >= found.seasons.days:
        return "not by the end"
    return found.scenario.date_of(day).isoformat()


def percent(value: float | None) -> str:
    """A share in whole per cent; a dash for none.

    >>> percent(0.534)
    '53 %'
    """
    return "-" if value is None else f"{100.0 * value:.0f} %"


def number(value: float | None) -> str:
    """A figure as people write it: whole from ten on, two digits below; a dash for none.

    >>> number(12341.5), number(0.5639), number(None)
    ('12,342', '0.56', '-')
    """
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 10.0 or value == int(value) else f"{value:.2f}"


def share_text(score: PhaseScore, level: float) -> str:
    """Coverage with its own uncertainty: ``7 of 13 (25-81 %)``."""
    s = score.covered[level]
    return f"{s.hits} of {s.of} ({100.0 * s.low:.0f}-{100.0 * s.high:.0f} %)"


def width_text(score: PhaseScore, level: float) -> str:
    """Mean width of the intervals; a lower bound where some are open at the campaign's end."""
    least = "at least " if score.open_ended[level] else ""
    return f"{least}{score.width[level]:.0f}"


def _open_text(score: PhaseScore) -> str:
    count = score.open_ended[COVERAGE_LEVEL]
    return f"; {count} of the intervals reach beyond the campaign's end" if count else ""


def answers(found: Validation) -> list[str]:
    """Sentences on coverage, error, rivals and losses; the held-out phases first."""
    said = []
    for label, name in ((HELD_OUT, "Held-out phases"), (CALIBRATION, "Calibration phase")):
        score = found.phase(MODEL, label)
        if score is not None:
            said += _of_phase(found, score, label, name)
    measured = [row for row in found.figures if row.median is not None]
    if measured:
        good = sum(bool(row.good) for row in measured)
        said.append(
            f"Losses and other figures: {good} of {len(measured)} measured medians lie in the "
            "sources' range or within a factor 1.5 of the reconciled value; "
            f"{len(found.figures) - len(measured)} could not be measured."
        )
    return said


def _of_phase(found: Validation, score: PhaseScore, label: str, name: str) -> list[str]:
    covered = score.covered[COVERAGE_LEVEL]
    n = f"{score.places} place{'s' if score.places != 1 else ''}"
    said = [
        f"{name}, {n}: the 80 % interval holds history's date for {covered.hits} of {covered.of} "
        f"({percent(covered.share)}; 95 % interval of that share {percent(covered.low)} to "
        f"{percent(covered.high)}), {width_text(score, COVERAGE_LEVEL)} days wide on average"
        + _open_text(score)
        + _asked(label, (covered.share or 0.0) >= ASKED_COVERAGE, "7 in 10")
    ]
    least = "at least " if score.never else ""
    never = (
        f"; in {score.never} of them the median never fell within the campaign"
        if score.never
        else ""
    )
    said.append(
        f"{name}: the median is off by {least}{score.mean_error:.1f} days on average{never}"
        + _asked(label, score.mean_error < ASKED_ERROR and not score.never, "under 10 days")
    )
    rivals = [found.phase(rival.name, label) for rival in found.rivals]
    told = ", ".join(f"{r.forecaster} {r.crps:.1f}" for r in rivals if r is not None)
    beaten = [r.forecaster for r in rivals if r is not None and score.crps < r.crps]
    if rivals:
        said.append(
            f"{name}: mean CRPS {score.crps:.1f} days, against {told}; "
            f"the model is better than {len(beaten)} of {len(rivals)} naive rivals"
            + _asked(label, len(beaten) == len(rivals), "better than each")
        )
    return said


def _asked(label: str, reached: bool, what: str) -> str:
    if label != HELD_OUT:
        return "."
    return f" (asked: {what}; {'reached' if reached else 'not reached'})."
