"""The commands of the record: names and help only (see `tairiku.cli`)."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

record_app = App(
    name="record", help_format="markdown", help="Ask who says what, where, and who disagrees."
)

Json = Annotated[bool, Parameter(name="--json", help="Print figures as JSON.", negative=())]
Language = Annotated[Literal["en", "de", "zht", "zhs", "ja"], Parameter(help="Language of names.")]
With = Annotated[
    list[Path] | None,
    Parameter(
        name="--with",
        help="A folder with further sources (TOML and CSV); may be given several times.",
        negative=(),
    ),
]
Source = Annotated[str | None, Parameter(help="Only claims of this source, such as zh.")]


@record_app.command(name="list")
def record_list(
    *,
    source: Source = None,
    kind: Annotated[str | None, Parameter(help="Only this kind, such as casualty.")] = None,
    subject: Annotated[str | None, Parameter(help="Only of this subject, by id or name.")] = None,
    property_: Annotated[
        str | None, Parameter(name="--property", help="Only this property, such as guns.")
    ] = None,
    place: Annotated[str | None, Parameter(help="Only at this place, by id or name.")] = None,
    date: Annotated[str | None, Parameter(help="Only of these days, such as 1944-06.")] = None,
    text: Annotated[str | None, Parameter(help="Only with this text in statement or note.")] = None,
    lang: Language = "en",
    with_: With = None,
    json_: Json = False,
) -> int:
    """List claims, all or those that meet every condition.

    Examples

    - `tairiku record list --place 衡陽 --date 1944-08`
    - `tairiku record list --subject campaign --property guns --json`
    """
    from tairiku import record_commands

    return record_commands.list_claims(
        source=source,
        kind=kind,
        subject=subject,
        property_=property_,
        place=place,
        date=date,
        text=text,
        lang=lang,
        extra=with_ or [],
        as_json=json_,
    )


@record_app.command(name="show")
def record_show(
    *what: Annotated[
        str, Parameter(help="A claim, a unit, place, person or event by id or name, or a value.")
    ],
    lang: Language = "en",
    documents: Annotated[
        Path | None, Parameter(help="Folder with the documents, to print the passages.")
    ] = None,
    with_: With = None,
    json_: Json = False,
) -> int:
    """Show everything said of a thing in all sources, or where a scenario's value comes from.

    Names are found in every language: 衡陽, 衡阳, Hengyang, Heng-yang and Hengyō are one city.

    Examples

    - `tairiku record show DE-012`
    - `tairiku record show Hengyang --lang de`
    - `tairiku record show scenario:units#jp-37d.men_best`
    """
    from tairiku import record_commands

    return record_commands.show(
        " ".join(what), lang=lang, documents=documents, extra=with_ or [], as_json=json_
    )


@record_app.command(name="sources")
def record_sources(*, lang: Language = "en", with_: With = None, json_: Json = False) -> int:
    """List the sources with their standing and their number of claims.

    Example: `tairiku record sources`
    """
    from tairiku import record_commands

    return record_commands.sources(lang=lang, extra=with_ or [], as_json=json_)


@record_app.command(name="check")
def record_check(
    *folders: Annotated[Path, Parameter(help="Folders with further sources to check.")],
    json_: Json = False,
) -> int:
    """Read every file of the record and report all its problems in one pass.

    Examples

    - `tairiku record check`
    - `tairiku record check my-source`
    """
    from tairiku import verify_commands

    return verify_commands.check(list(folders), as_json=json_)


@record_app.command(name="verify")
def record_verify(
    *paths: Annotated[
        str, Parameter(help="Documents, by path or as SOURCE=PATH, or folders with them.")
    ],
    coverage: Annotated[
        bool, Parameter(help="List figures and dated sentences without a claim.", negative=())
    ] = False,
    with_: With = None,
    json_: Json = False,
) -> int:
    """Hold every locator and printed figure against a copy of the documents; 2 if one fails.

    Examples

    - `tairiku record verify ../shared/sources`
    - `tairiku record verify de=german.txt zh=chinese.txt --coverage`
    """
    from tairiku import verify_commands

    return verify_commands.verify(list(paths), coverage=coverage, extra=with_ or [], as_json=json_)


@record_app.command(name="passages")
def record_passages(
    path: Annotated[Path, Parameter(help="A document: text in UTF-8.")],
    *,
    header: Annotated[
        bool, Parameter(help="Print the TOML header of a source instead.", negative=())
    ] = False,
) -> int:
    """Print the sentences of a document with their locators, to write claims from.

    Example: `tairiku record passages my-document.txt`
    """
    from tairiku import verify_commands

    return verify_commands.print_passages(path, header=header)


@record_app.command(name="conflicts")
def record_conflicts(
    *,
    topic: Annotated[
        str | None, Parameter(help="Only about this place, event, unit or person.")
    ] = None,
    nature: Annotated[
        Literal["disagreement", "internal error", "different scope"] | None,
        Parameter(help="Only conflicts of this nature."),
    ] = None,
    rule: Annotated[
        str | None, Parameter(help="Only what this rule found, such as order-of-narration.")
    ] = None,
    lang: Language = "en",
    with_: With = None,
    json_: Json = False,
) -> int:
    """List the claims that contradict each other, found by rule, and which value stands.

    The rules and their precision are told in docs/record-conflicts.md.

    Examples

    - `tairiku record conflicts --topic hengyang`
    - `tairiku record conflicts --nature "internal error" --json`
    """
    from tairiku import conflict_commands

    return conflict_commands.conflicts(
        topic=topic, nature=nature, rule=rule, lang=lang, extra=with_ or [], as_json=json_
    )


@record_app.command(name="timeline")
def record_timeline(
    *,
    from_: Annotated[
        str | None, Parameter(name="--from", help="First day, such as 1944-05 or 1944-05-20.")
    ] = None,
    to: Annotated[str | None, Parameter(help="Last day, such as 1944-06.")] = None,
    topic: Annotated[
        str | None, Parameter(help="Only about this place, event, unit or person.")
    ] = None,
    lang: Language = "en",
    with_: With = None,
    json_: Json = False,
) -> int:
    """Print the stories of the texts side by side, day by day, with the gap in days.

    Examples

    - `tairiku record timeline --from 1944-11-01 --to 1944-11-15`
    - `tairiku record timeline --topic luoyang --lang zht --json`
    """
    from tairiku import conflict_commands

    return conflict_commands.show_timeline(
        first=from_, last=to, topic=topic, lang=lang, extra=with_ or [], as_json=json_
    )


@record_app.command(name="query")
def record_query(
    sql: Annotated[
        str | None, Parameter(help="One question in SQL; read from standard input if left out.")
    ] = None,
    *,
    with_: With = None,
    csv: Annotated[bool, Parameter(help="Print the rows as CSV.", negative=())] = False,
    json_: Json = False,
) -> int:
    """Ask the record in SQL (DuckDB); the tables are described in docs/record-exports.md.

    Examples

    - `tairiku record query "SHOW TABLES"`
    - `tairiku record query "SELECT source, low, high, locator FROM claims WHERE property = 'guns'"`
    - `tairiku record query --csv < question.sql`
    """
    from tairiku import export_commands

    return export_commands.query(sql, extra=with_ or [], as_json=json_, as_csv=csv)


@record_app.command(name="export")
def record_export(
    *,
    format_: Annotated[
        Literal["csv", "parquet", "json-ld", "prov", "geojson"],
        Parameter(
            name=["--format", "-f"],
            help="Tables, Linked Places, W3C PROV, or GeoJSON of dated claims.",
        ),
    ],
    output: Annotated[
        Path,
        Parameter(
            name=["--output", "-o"],
            help="Folder for csv and parquet, file for the others (prov: .json, .provn, .ttl).",
        ),
    ],
    source: Annotated[
        list[str] | None,
        Parameter(help="Only claims of this source; may be given several times.", negative=()),
    ] = None,
    base: Annotated[
        str | None, Parameter(help="What stands before ids in json-ld and prov, an address.")
    ] = None,
    force: Annotated[bool, Parameter(help="Write over what is there.", negative=())] = False,
    with_: With = None,
    json_: Json = False,
) -> int:
    """Write the record for other programs.

    Examples

    - `tairiku record export --format parquet -o record`
    - `tairiku record export --format geojson --source de --source zh -o claims.geojson`
    """
    from tairiku import export_commands

    return export_commands.export(
        format_,
        output,
        sources=source or [],
        base=base,
        force=force,
        extra=with_ or [],
        as_json=json_,
    )
