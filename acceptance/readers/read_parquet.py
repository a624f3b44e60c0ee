"""Reads what ./sluice export wrote, with DuckDB.

    python read_parquet.py FILE...

Prints a line of JSON for each row, by its columns' names. Times are milliseconds since the epoch.
"""
import datetime
import decimal
import json
import sys

import duckdb

BATCH = 10_000


def plain(value):
    if isinstance(value, datetime.datetime):
        at = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
        return round(at.timestamp() * 1000)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, decimal.Decimal):
        return float(value)
    return str(value)


def main(*files):
    rows = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [list(files)])
    names = [column[0] for column in rows.description]
    while True:
        batch = rows.fetchmany(BATCH)
        if not batch:
            return
        for row in batch:
            print(json.dumps(dict(zip(names, row)), default=plain))


if __name__ == "__main__":
    main(*sys.argv[1:])
