"""What a document prints: the figures and dates of a sentence, found by rule.

Three kinds are told apart: numbers of something, dates, and clock times.  Numbers that are part of
a name (the 13th regiment, 第10軍, B-29) count nothing and are left out, and so is what belongs to
the page and not to the text (links, page numbers, addresses, days on which a page was looked up).
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tairiku.base.files import DATA
from tairiku.record.numerals import NUMERALS, chinese_number, german_number


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence: how it is printed, and what it says."""

    kind: Literal["number", "date", "time"]
    text: str
    start: int
    values: tuple[float, ...] = ()  # of a number; none where it is told without one (數千)
    units: tuple[str, ...] = ()  # of a number, by the word after it; none if any will do
    year: int | None = None  # of a date, as far as told
    month: int | None = None
    day: int | None = None
    time: str = ""  # hh:mm


class _Sheet:
    """A sentence from which figures are taken one after the other, each place once."""

    def __init__(self, text: str) -> None:
        self.text = self.left = text
        self.found: list[Figure] = []

    def take(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        for match in list(pattern.finditer(self.left)):
            self.left = self.left[: match.start()] + "\0" * len(match[0]) + self.left[match.end() :]
            yield match

    def drop(self, *patterns: re.Pattern[str]) -> None:
        for pattern in patterns:
            for _ in self.take(pattern):
                pass


def figures(text: str, language: str) -> list[Figure]:
    """Return the figures of a sentence in the order of the text.

    Parameters
    ----------
    text
        The sentence.
    language
        Of the document, "de" or "zh"; of others, digits and years alone are read.
    """
    sheet = _Sheet(text)
    sheet.drop(*_PAGE)
    if language == "de":
        _german(sheet)
    elif language == "zh":
        _chinese(sheet)
    else:
        _plain(sheet)
    return sorted(sheet.found, key=lambda figure: figure.start)


# links keep what they show; what they lead to, files, addresses and notes of the page go
_PAGE = tuple(
    re.compile(pattern)
    for pattern in (
        r"https?://\S+",
        r"\[\[(?:File|Image|文件|檔案):[^|\]]*",
        r"\[\[Category:[^\]]*",
        r"\[\[[^|\]]*\|",
        r"\{\{rp\|[^}]*\}\}",
        r"<ref name=[^>]*>",
        r"\b(?:access-?date|archive-?date|pages?|isbn|year|volume|issue|url|title)\s*=[^|}]*",
        r"\bdate\s*=\s*\d{4}-\d\d-\d\d|\{\{reflist[^}]*",
        r"《[^》]*》|\d[\d,，]*頁|\bP\d+",
        r"\d{4}年\d{1,2}月\d{1,2}日(?:閲覧|閱覽|查閱)",
        r"ISBN[ \d-]+X?",
        r"\bpp?\.?\s*\d[\d\s,–-]*",
        r"time=[\dT:+-]+",
        r"&\w+;|&#\d+;",
        r"-\{(?:[^{}]*\|)?|\}-",
        r"\d+px",
    )
)

# German ---------------------------------------------------------------------------------------

_MONTH = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
MONTHS = {name: number for number, name in enumerate(_MONTH.split("|"), start=1)}
_AND = r"\s*(?:,? und|bis|auf|oder|als auch|–|-|/)\s*(?:dem|den|zum|am)?\s*"
_DAY_DE = re.compile(
    rf"(?P<d1>\d{{1,2}})\.?(?:{_AND}(?P<d2>\d{{1,2}})\.)?\s*(?P<m>{_MONTH})(?:\s+(?P<y>\d{{4}}))?"
)
_MONTH_DE = re.compile(rf"\b(?P<m>{_MONTH})\b(?:\s+(?P<y>\d{{4}}))?")
_YEARS_DE = re.compile(r"\b(?P<y>1[89]\d\d|20[0-2]\d)\b(?:[–-](?P<y2>\d{4})\b)?")
_TIME_DE = re.compile(
    r"\b(?P<h>\d{1,2})(?::(?P<min>\d{2}))?\s*Uhr|\b(?P<h2>\d{1,2}):(?P<min2>\d{2})"
)
_NAMED_DE = (
    re.compile(r"\b(?:Nr\.|Typ|Type|Operation Nr\.)\s*\d+"),
    re.compile(r"\b[A-Za-z]+-\d+\w*"),
    re.compile(r"\b\d{1,3}(?:\.|st|nd|rd|th)(?=[\s,/-])"),
    re.compile(r"\b(?:Mauser|Gewehr|Modell) \d+"),
)
_NUMBER_DE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_VAGUE_DE = re.compile(r"\b(?:mehrere |einige )?(?:Tausend|Hundert|Dutzend)e?[nr]?\b")
_WORD_DE = re.compile(r"\b[A-Za-zÄÖÜäöüß]+\b")
_SPAN_DE = re.compile(r"\b(\w+?)(tägig|wöchig|monatig|jährig|stündig)\w*\b", re.IGNORECASE)
_SPANS_DE = {
    "tägig": "days",
    "wöchig": "weeks",
    "monatig": "months",
    "jährig": "years",
    "stündig": "hours",
}
_LARGE_DE = {"Million": 10**6, "Millionen": 10**6, "Mio": 10**6, "Milliarden": 10**9}


def _german(sheet: _Sheet) -> None:
    for m in sheet.take(_DAY_DE):
        year = int(m["y"]) if m["y"] else None
        for day in filter(None, (m["d1"], m["d2"])):
            sheet.found.append(_date(m, year, MONTHS[m["m"]], int(day)))
    for m in sheet.take(_MONTH_DE):
        sheet.found.append(_date(m, int(m["y"]) if m["y"] else None, MONTHS[m["m"]], None))
    _clock(sheet, _TIME_DE)
    sheet.drop(*_NAMED_DE)
    for m in sheet.take(_YEARS_DE):
        sheet.found += [_date(m, int(year), None, None) for year in (m["y"], m["y2"]) if year]
    for m in sheet.take(_SPAN_DE):
        value = german_number(m[1])
        if value is not None:
            unit = _SPANS_DE[m[2].lower()]
            sheet.found.append(Figure("number", m[0], m.start(), (value,), (unit,)))
    for m in sheet.take(_NUMBER_DE):
        figure = float(m[0].replace(".", "").replace(",", "."))
        after = re.match(r"\s*(\w+)", sheet.text[m.end() :])
        if after and after[1] in _LARGE_DE:
            figure *= _LARGE_DE[after[1]]
        sheet.found.append(_counted(m, (figure,), sheet.text[m.end() :]))
    for m in sheet.take(_VAGUE_DE):
        sheet.found.append(_counted(m, (), sheet.text[m.end() :]))
    for m in _WORD_DE.finditer(sheet.left):
        value_ = None if m[0].lower().startswith(("ein", "beid", "null")) else german_number(m[0])
        if value_ is not None:
            sheet.found.append(_counted(m, (value_,), sheet.text[m.end() :]))


# Chinese --------------------------------------------------------------------------------------

_N = rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})"
_TO = r"(?:至|到|、|，|,|-|—|–|~|～|和|與|与|及)"
_DOTS_ZH = re.compile(r"(?P<y>\d{4})\.(?P<m>\d{1,2})\.(?P<d>\d{1,2})")
_NO_TIME_ZH = re.compile(r"一[时時](?![分0-9])")
_DATE_ZH = re.compile(
    rf"(?:(?P<y>\d{{4}}|(?<!\d)\d{{2}}|民國\d{{1,2}}|[〇零一二三四五六七八九]{{4}})年)?(?P<m>{_N})月份?"
    rf"(?:(?P<d>{_N})(?:{_TO}(?P<d2>{_N}))?[日号號]?(?![年月\d]))?"
)
_YEAR_ZH = re.compile(r"(?P<y>\d{4}|(?<!\d)4\d|民國\d{1,2}|[〇零一二三四五六七八九]{4})年(?!代)")
_YEARS_ZH = re.compile(r"(?<!\d)(?P<y>1[89]\d\d|20[0-2]\d)(?!\d|,|，)")
_DAY_ZH = re.compile(rf"(?<![\d.,{NUMERALS}第])(?P<d>{_N})(?:日?{_TO}(?P<d2>{_N}))?[日號号](?!作)")
_TIME_ZH = re.compile(
    rf"(?P<noon>[上下]午|凌晨|清晨|晚上?|夜)?(?P<h>{_N})(?:時|时|點|点)(?!間|间|期|候|代)"
    rf"(?:(?P<half>半)|(?P<min>{_N})分)?(?!鐘|钟)"
)
_FORMATION = (
    "集團軍|集团军|方面軍|方面军|師團|师团|旅團|旅团|聯隊|联队|連隊|大隊|大队|中隊|中队|戰區|战区|"
    "軍長|军长|師長|师长|軍|军|師|师|旅|團|团|營|营|連|连|縱隊|纵队|支隊|支队|航空隊|航空队|式|號|号|路"
)
_NAMED_ZH = (
    re.compile(r"(?:\d{1,3}、){3,}(?:[暫暂新]?\d{1,3}、?)*"),  # a list of armies by number
    re.compile(r"三[門门]江|[廣广]九"),
    re.compile(rf"第[\d{NUMERALS}、，,和及與与至]+[屆届期卷號号集章節节次]?"),
    re.compile(rf"(?:\d+[、和及與与])*\d+(?={_FORMATION})(?!軍火|军火|路(?:程|途))"),
    re.compile(
        rf"(?<![多數数近約约共有以萬万個])[{NUMERALS}]+(?=集團軍|集团军|戰區|战区|式|路軍|路军|[軍军師师](?!力))"
    ),
    re.compile(r"[A-Za-z]+-?\d+\w*"),
    re.compile(
        r"一[號号](?:作|战|戰)|八路|新四[軍军]|四川|九[龍龙江]|三民|七七|十分|[統统]一|萬一|万一"
    ),
    re.compile(
        r"一些|一般|一直|一[带帶]|一[线線]|一[舉举]|一律|一[時时]|一旦|一定|一[方面]|一[樣样]|唯一"
    ),
    re.compile(
        r"[千万萬][里]馬|百姓|百分之?(?=[^\d一二三四五六七八九十])|二戰|二战|二次|一戰|一战"
    ),
)
_NUMBER_ZH = re.compile(r"\d[\d,，]*(?:\.\d+)?\s*(?:[餘余多來来]?[十百千]*[萬万億亿千百]+)?")
_SHARE_ZH = re.compile(
    rf"百分之([{NUMERALS}\d.]+)|([{NUMERALS}\d.]+)成(?![為为功立員员都])|([{NUMERALS}]+)分之([{NUMERALS}]+)"
)
_WORD_ZH = re.compile(rf"[{NUMERALS}]+")
_VAGUE_ZH = re.compile(r"[數数幾几上成][十百千萬万億亿]+")
_COUNTER = re.compile(
    r"餘|余|多|個|个|名|人|門|门|輛|辆|架|師|师|軍|军|旅|團|团|營|营|連|连|隊|队|挺|支|艘|匹|頭|头|噸|吨|"
    r"公里|里|公尺|米|天|週|周|月|年|次|座|省|縣|县|市|城|處|处|路|條|条|枚|發|发|成|倍|小時|小时|種|种|"
    r"元|枝|大隊|日|級|级|戶|户|公斤|平方|華里|晝夜|昼夜|分|批|位|張|张|百|千"
)


def _chinese(sheet: _Sheet) -> None:
    for m in sheet.take(_DOTS_ZH):
        sheet.found.append(_date(m, int(m["y"]), int(m["m"]), int(m["d"])))
    sheet.drop(_NO_TIME_ZH)
    for m in sheet.take(_DATE_ZH):
        month = _int(m["m"])
        if month is None or not 1 <= month <= 12:
            continue
        days = [d for d in (_int(m["d"]), _int(m["d2"])) if d is not None and 1 <= d <= 31]
        told: list[int | None] = [*days]
        for day in told or [None]:
            sheet.found.append(_date(m, _year(m["y"]), month, day))
    for m in sheet.take(_YEAR_ZH):
        sheet.found.append(_date(m, _year(m["y"]), None, None))
    _clock(sheet, _TIME_ZH)
    for m in sheet.take(_DAY_ZH):
        for number in (_int(m["d"]), _int(m["d2"])):
            if number is not None and 1 <= number <= 31:
                sheet.found.append(_date(m, None, None, number))
    for m in sheet.take(_SHARE_ZH):
        sheet.found.append(Figure("number", m[0], m.start(), _shares(m), ("per-cent", "ratio")))
    sheet.drop(*_NAMED_ZH)
    for m in sheet.take(_YEARS_ZH):
        sheet.found.append(_date(m, int(m["y"]), None, None))
    for m in sheet.take(_VAGUE_ZH):
        sheet.found.append(_counted(m, (), sheet.text[m.end() :]))
    for m in sheet.take(_NUMBER_ZH):
        value = chinese_number(re.sub("[ 餘余多來来]", "", m[0]))
        if value is not None:
            sheet.found.append(_counted(m, (value,), sheet.text[m.end() :]))
    for m in _WORD_ZH.finditer(sheet.left):
        after = sheet.text[m.end() :]
        value = chinese_number(m[0])
        counts = _COUNTER.match(after)
        if (
            value is None
            or not counts
            or (m[0] == "一" and not re.match(rf"[個个]?(?:{_FORMATION})", after))
        ):
            continue
        sheet.found.append(_counted(m, (value,), after))


def _shares(m: re.Match[str]) -> tuple[float, ...]:
    """A share as per cent and as ratio."""
    if m[3]:
        low, high = chinese_number(m[3]) or 0, chinese_number(m[4]) or 0
        return () if not low else (high / low, 100 * high / low)
    value = chinese_number(m[1] or m[2])
    if value is None:
        return ()
    return (value, value / 100) if m[1] else (value * 10, value / 10)


def _int(text: str | None) -> int | None:
    if not text:
        return None
    value = chinese_number(text)
    return None if value is None else int(value)


def _year(text: str | None) -> int | None:
    if text and text.startswith("民國"):
        return 1911 + int(text[2:])
    year = _int(text)
    return 1900 + year if year is not None and year < 100 else year


# any language ---------------------------------------------------------------------------------

_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})(?:-(?P<d>\d{2}))?")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def _plain(sheet: _Sheet) -> None:
    for m in sheet.take(_ISO):
        sheet.found.append(_date(m, int(m["y"]), int(m["m"]), int(m["d"]) if m["d"] else None))
    for m in sheet.take(_YEARS_DE):
        sheet.found.append(_date(m, int(m["y"]), None, None))
    for m in sheet.take(_NUMBER):
        sheet.found.append(_counted(m, (float(m[0].replace(",", "")),), sheet.text[m.end() :]))


def _date(m: re.Match[str], year: int | None, month: int | None, day: int | None) -> Figure:
    return Figure("date", m[0], m.start(), year=year, month=month, day=day)


def _clock(sheet: _Sheet, pattern: re.Pattern[str]) -> None:
    for m in sheet.take(pattern):
        part = m.groupdict()
        hour, minute = _int(part["h"] or part.get("h2")), _int(part["min"] or part.get("min2"))
        if hour is None or hour > 24:
            continue
        if part.get("noon") in ("下午", "晚", "晚上", "夜") and hour < 12:
            hour += 12
        minute = 30 if part.get("half") else minute or 0
        sheet.found.append(Figure("time", m[0], m.start(), time=f"{hour % 24:02}:{minute:02}"))


def _counted(m: re.Match[str], values: tuple[float, ...], after: str) -> Figure:
    return Figure("number", m[0].strip(), m.start(), values, _units(after))


@cache
def _unit_words() -> list[tuple[Callable[[str], re.Match[str] | None], tuple[str, ...]]]:
    with (DATA / "record" / "unit_words.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (re.compile(rf"[餘余多來来\s]*(?:{row['words']})").match, tuple(row["units"].split(";")))
        for row in rows
    ]


def _units(after: str) -> tuple[str, ...]:
    """The units that the words after a number allow; none if they say nothing."""
    for match, units in _unit_words():
        if match(after):
            return units
    return ()
