"""Write data/record/variants.csv: the forms of Chinese characters, for names and their search.

    uv pip install --target /tmp/opencc opencc-python-reimplemented
    uv run python tools/build_variants.py /tmp/opencc/opencc/dictionary

The forms are those of OpenCC's dictionaries (Apache License 2.0): simplified for traditional,
Japanese for traditional, and what Taiwan and Hong Kong write otherwise.  Characters beyond the
main block of Unicode are left out, since no name of the campaign is written with them.
"""

import argparse
from collections import Counter
from pathlib import Path

import writing

DATA = Path(__file__).parent.parent / "src" / "tairiku" / "data" / "record"
# 豫 stays 豫 in Japanese names of Henan; 予 is written for it in common words only
NOT_IN_NAMES = {"豫"}
HEADER = ("character", "traditional", "simplified", "japanese", "folded")


def pairs(path: Path) -> list[tuple[str, list[str]]]:
    """Return (character, its other forms, the usual one first) of a dictionary file."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        character, _, forms = line.partition("\t")
        if plain(character):
            found.append((character, [form for form in forms.split() if plain(form)]))
    return found


def plain(character: str) -> bool:
    """Say whether it is one character of the main block of CJK ideographs."""
    return len(character) == 1 and "一" <= character <= "鿿"


def classes(links: list[tuple[str, str]]) -> dict[str, set[str]]:
    """Return for every character all those linked with it, directly or through others."""
    found: dict[str, set[str]] = {}
    for a, b in links:
        union = found.get(a, {a}) | found.get(b, {b})
        for character in union:
            found[character] = union
    return found


def rows(folder: Path) -> list[tuple[str, ...]]:
    """Return one row for every character that has another form."""
    simplified = {t: forms[0] for t, forms in pairs(folder / "TSCharacters.txt") if forms}
    traditional = {s: forms[0] for s, forms in pairs(folder / "STCharacters.txt") if forms}
    japanese = {t: forms[0] for t, forms in pairs(folder / "JPVariants.txt") if forms}
    japanese = {t: form for t, form in japanese.items() if t not in NOT_IN_NAMES}
    links = [*simplified.items(), *japanese.items()]
    for name in ("TWVariants.txt", "HKVariants.txt"):
        links += [(t, form) for t, forms in pairs(folder / name) for form in forms]
    linked = classes(links)
    back: dict[str, str] = {}
    for t, j in japanese.items():
        back.setdefault(j, t)
    # the form that most others lead to stands for the class
    weight = Counter(simplified.values())
    found = []
    for character in sorted(linked):
        plain_form = max(sorted(linked[character]), key=lambda c: (weight[c], c not in simplified))
        old = back.get(character) or traditional.get(character, "")
        new = simplified.get(character) or simplified.get(old, "")
        modern = japanese.get(character) or japanese.get(old, "")
        row = (old, new, modern, plain_form)
        found.append((character, *("" if form == character else form for form in row)))
    return found


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dictionary", type=Path, help="folder with OpenCC's TSCharacters.txt")
    folder = parser.parse_args().dictionary
    writing.write(DATA, {"variants.csv": writing.table(HEADER, rows(folder))})


if __name__ == "__main__":
    main()
