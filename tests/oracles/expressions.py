"""Plain truth of a plan's expression, given the number of each condition as text."""

import re


def true(text: str, numbers: dict[str, float], named: dict[str, float]) -> bool:
    """Evaluate "or" of "and" of conditions by Python's own logic."""

    def one(part: str) -> bool:
        part = part.strip()
        if part.startswith("not "):
            return not one(part[4:])
        match = re.match(r"^(.*?)(>=|<=)(.*)$", part)
        if match is None:
            return numbers[part] >= 1
        name, sign, mark = match.groups()
        limit = named[mark] if mark in named else float(mark)
        return numbers[name] >= limit if sign == ">=" else numbers[name] <= limit

    return any(all(one(part) for part in clause.split(" and ")) for clause in text.split(" or "))
