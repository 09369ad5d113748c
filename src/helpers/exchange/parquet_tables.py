"""`parquet`: a folder with `articles`, `claims`, `sources` and `mentions`, a Parquet file each, a row a record.

The columns are those of the records (`data/README.md`), `article_id` before them; a span is a struct of start, end and
exact, several parts are a list of them. Articles have their `sha256` and `text`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.exchange import documents, whole_folders
from helpers.exchange.documents import Document
from helpers.files import regular_files
from helpers.files.errors import InputError
from helpers.records import codec, fields

if TYPE_CHECKING:  # to know such a folder by its names takes no packages of the extra
    import pyarrow as pa

SPAN = ("start", "end", "exact")


def _schema(table: str) -> "pa.Schema":
    import pyarrow as pa

    from helpers.corpus.tables import ARROW

    if table == "articles":
        return pa.schema([(name, pa.string()) for name in ("article_id", "sha256", "text")])
    kept = [each for each in fields.of(documents.RECORDS[table], fields.ANYWHERE) if each.name not in codec.DERIVED]
    return pa.schema([("article_id", pa.string()), *((each.name, ARROW[each.type]) for each in kept)])


def save(given: Sequence[Document], out: Path) -> None:
    """Write documents to a new folder."""
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in documents.RECORDS}
    for document in given:
        for table, records in documents.whole(document).items():
            rows[table] += [{"article_id": document.article_id, **_flat(each)} for each in records]
    about = [{"article_id": each.article_id, "sha256": each.sha256, "text": each.text} for each in given]
    with whole_folders.written(out) as beside:
        _write(beside, "articles", about)
        for table, found in rows.items():
            _write(beside, table, found)


def _write(where: Path, table: str, rows: list[dict[str, Any]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(rows, schema=_schema(table)), where / f"{table}.parquet", compression="zstd")


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose span, where it has one as such, is three columns."""
    return {key: value for key, value in record.items() if key != "span"} | (record.get("span") or {})


def load(path: Path) -> list[Document]:
    """The documents of a folder."""
    articles = _read(path, "articles")
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {each["article_id"]: {} for each in articles}
    for table in documents.RECORDS:
        for row in _read(path, table):
            article_id = row.pop("article_id")
            if article_id not in rows:
                raise InputError(f"{path}: {table}.parquet has rows of {article_id!r}, which articles.parquet has not")
            if table == "mentions":
                row["span"] = {key: row.pop(key) for key in SPAN}
            rows[article_id].setdefault(table, []).append(row)
    found = []
    for each in articles:
        what = f"{path}: {each['article_id']}"
        records = documents.from_whole(rows[each["article_id"]], what)
        found.append(documents.checked(Document(each["article_id"], each["sha256"], each["text"], **records), path))
    return found


def _read(path: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table, with the columns of its schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema(table)
    file = path / f"{table}.parquet"
    try:
        regular_files.check(file)
        found = pq.read_table(file)
        missing = [name for name in schema.names if name not in found.column_names]
        if missing:
            raise InputError(f"{file}: it has no column {missing[0]}; export it again")
        rows: list[dict[str, Any]] = found.select(schema.names).cast(schema).to_pylist()
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file; export it again") from None
    except pa.ArrowException as e:
        raise InputError(
            f"{file}: not a table that Isnad wrote ({' '.join(str(e).split())[:100]}); export it again"
        ) from None
    return rows


def recognises(path: Path, head: bytes) -> bool:
    """Whether a folder has the tables of articles and claims."""
    return all((path / f"{table}.parquet").is_file() for table in ("articles", "claims"))
