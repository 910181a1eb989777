"""Write a validation into a folder: JSON, and each table that has rows as CSV and as Parquet."""

import csv
import io
import json
from pathlib import Path

from tairiku.base.errors import RequestError
from tairiku.base.files import write_whole
from tairiku.study.scoring.tables import Rows, as_dict, identity_of, tables_of
from tairiku.study.scoring.validate import Validation


def csv_text(rows: Rows) -> str:
    """Rows as CSV with a header, yes and no for truth, empty for none."""
    out = io.StringIO()
    names = list(rows[0]) if rows else []
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in names])
    return out.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def write_validation(folder: Path, found: Validation) -> list[Path]:
    """Write validation.json and every table into an existing folder; the paths.

    Raises
    ------
    RequestError
        The folder cannot be written.
    """
    import duckdb

    written = [folder / "validation.json"]
    text = json.dumps(as_dict(found), ensure_ascii=False, indent=1) + "\n"
    write_whole(written[0], text.encode())
    pairs = identity_of(found).items()
    footer = ", ".join(f"{key}: '{value.replace(chr(39), chr(39) * 2)}'" for key, value in pairs)
    con = duckdb.connect(config={"threads": 1})
    try:
        for name, rows in tables_of(found).items():
            if not rows:
                continue
            path = folder / f"{name}.csv"
            write_whole(path, csv_text(rows).encode())
            target = str(path.with_suffix(".parquet")).replace("'", "''")
            source = str(path).replace("'", "''")
            con.execute(
                f"COPY (SELECT * FROM read_csv('{source}', header=true, sample_size=-1)) "
                f"TO '{target}' (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{footer}}})"
            )
            written += [path, path.with_suffix(".parquet")]
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise RequestError(f"cannot write to '{folder}': {reason}; choose another -o") from error
    finally:
        con.close()
    return written
