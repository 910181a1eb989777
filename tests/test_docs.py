"""The pages: their commands exist, all are reached, generated ones are up to date."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tairiku import cli
from tairiku.sim import day

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
WORDS = re.compile(r"tairiku((?: [a-z]+)+)")


def known_commands() -> set[str]:
    """Every command with its group, as ``scenario check``."""
    names = {name for name in cli.app if not name.startswith("-")}
    groups = {"scenario": cli.scenario_app, "record": cli.record_app}
    inner = {f"{g} {name}" for g, app in groups.items() for name in app if not name.startswith("-")}
    return names | inner


def code_of(text: str) -> list[str]:
    """Lines of fenced and indented code, and spans of inline code."""
    lines: list[str] = []
    fenced = False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            lines.append(line)
        else:
            lines += re.findall(r"`([^`]+)`", line)
    return lines


def command_lines(text: str) -> list[str]:
    """What stands after ``tairiku`` wherever a page calls it from a shell."""
    called = [re.sub(r"^(\$ |uv run |pip install uv && )+", "", c.strip()) for c in code_of(text)]
    return [line for line in called if line.startswith("tairiku ")]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_of_the_page_exist(page: Path) -> None:
    known = known_commands()
    for line in command_lines(page.read_text(encoding="utf-8")):
        words = [word for word in line.split()[1:] if not word.startswith("-")]
        options_only = line.split()[1].startswith("-") or words[0].isupper()
        assert options_only or words[0] in known, f"{page.name}: {line}"
        if words and words[0] in ("scenario", "record") and len(words) > 1:
            assert " ".join(words[:2]) in known, f"{page.name}: {line}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_page_is_reached_from_the_index() -> None:
    reached: set[Path] = set()
    waiting = [DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            path = (page.parent / target).resolve()
            if path.suffix == ".md" and path.is_file():
                waiting.append(path)
    missing = {p.resolve() for p in DOCS.rglob("*.md")} - {p.resolve() for p in reached}
    assert sorted(str(path.relative_to(ROOT)) for path in missing) == []


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "tools/build_docs.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_readme_holds_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "uv run tairiku run" in text
    assert "uv run pytest" in text
    assert "uv run pytest" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_page_of_rules_is_the_day_itself() -> None:
    """Same steps, same words, same order as the docstring of the code that calls the rules."""
    step = re.compile(r"^(\d+)\. (.+?)(?:\.|  +\S.*)$", re.MULTILINE)
    assert day.__doc__ is not None
    coded = [(number, words.strip().lower()) for number, words in step.findall(day.__doc__)]
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    told = [(number, words.strip().lower()) for number, words in step.findall(page)]
    assert len(coded) == 14
    assert told == coded
    assert {p.name for p in (DOCS / "rules").glob("*.md")} == {
        Path(target).name for target in LINK.findall(page) if target.startswith("rules/")
    }
