"""Numbers written in words: Chinese numerals and German number words."""

import re

DIGITS = {
    **{c: i for i, c in enumerate("〇一二三四五六七八九")},
    "零": 0,
    "兩": 2,
    "两": 2,
    "廿": 20,
    "卅": 30,
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8}
NUMERALS = "".join([*DIGITS, *SMALL, *LARGE])

_CHINESE = re.compile(rf"[{NUMERALS}]+")
_ORDINAL = re.compile(rf"第([{NUMERALS}]+)")


def chinese_number(text: str) -> float | None:
    """Return the number of Chinese numerals, None if they are none.

    Digits side by side are read by place, as in a year; Arabic digits may stand before a numeral.

    >>> chinese_number("一萬九千"), chinese_number("一九四四"), chinese_number("41萬")
    (19000.0, 1944.0, 410000.0)
    """
    total = section = 0.0
    digits = ""
    for character in text.replace(",", "").replace("，", ""):
        if character.isascii() and (character.isdigit() or character == "."):
            digits += character
        elif character in ("廿", "卅"):
            section += DIGITS[character]
        elif character in DIGITS:
            digits += str(DIGITS[character])
        elif character in SMALL:
            section += (float(digits) if digits else 1) * SMALL[character]
            digits = ""
        elif character in LARGE:
            section += float(digits) if digits else 0
            total += (section or (1 if not total else 0)) * LARGE[character]
            section, digits = 0.0, ""
        else:
            return None
    try:
        return total + section + (float(digits) if digits else 0) if text else None
    except ValueError:
        return None


def arabic_ordinals(text: str) -> str:
    """Return a name whose ordinal is written in digits.

    >>> arabic_ordinals("第十四航空隊")
    '第14航空隊'
    """

    def written(found: re.Match[str]) -> str:
        value = chinese_number(found[1])
        return found[0] if value is None else f"第{value:.0f}"

    return _ORDINAL.sub(written, text)


_ONES = {
    "null": 0,
    "ein": 1,
    "eins": 1,
    "eine": 1,
    "einen": 1,
    "einem": 1,
    "einer": 1,
    "zwei": 2,
    "beide": 2,
    "beiden": 2,
    "beider": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
    "elf": 11,
    "zwölf": 12,
    "dreizehn": 13,
    "vierzehn": 14,
    "fünfzehn": 15,
    "sechzehn": 16,
    "siebzehn": 17,
    "achtzehn": 18,
    "neunzehn": 19,
}
_TENS = {
    "zwanzig": 20,
    "dreißig": 30,
    "vierzig": 40,
    "fünfzig": 50,
    "sechzig": 60,
    "siebzig": 70,
    "achtzig": 80,
    "neunzig": 90,
}
_FRACTIONS = {"halb": 0.5, "halbe": 0.5, "halben": 0.5, "Hälfte": 0.5, "hälfte": 0.5}
_GERMAN_TENS = re.compile(rf"(?:(\w+?)und)?({'|'.join(_TENS)})")


def german_number(word: str) -> float | None:
    """Return the number of a German word, None if it is none.

    >>> german_number("siebzehn"), german_number("fünfundzwanzig"), german_number("dreihundert")
    (17.0, 25.0, 300.0)
    """
    small = word.casefold()
    if word in _FRACTIONS:
        return _FRACTIONS[word]
    if small in _ONES:
        return float(_ONES[small])
    tens = _GERMAN_TENS.fullmatch(small)
    if tens:
        ones = _ONES.get(tens[1] or "null")
        return None if ones is None else float(_TENS[tens[2]] + ones)
    for name, factor in (("tausend", 1000), ("hundert", 100)):
        before, found, after = small.partition(name)
        if found:
            head = german_number(before) if before else 1.0
            tail = german_number(after) if after else 0.0
            return None if head is None or tail is None else head * factor + tail
    return None
