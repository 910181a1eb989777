"""The end of a message about an unknown name: the nearest that is known, or all there are."""

from collections.abc import Iterable


def near(value: str, known: Iterable[object]) -> str:
    """Return a hint such as "; did you mean 'luoyang'?", or what there is, or nothing."""
    import difflib  # only where something is wrong

    names = [str(name) for name in known]
    close = difflib.get_close_matches(value, names, 1, 0.6)
    if close:
        return f"; did you mean '{close[0]}'?"
    return f"; there are {', '.join(names)}" if 0 < len(names) <= 12 else ""
