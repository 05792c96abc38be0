"""pandas and DuckDB: tables.py clean/<id>"""

import sys

import duckdb

import juanzong

for table in juanzong.load(sys.argv[1]).tables():
    frame = table.to_pandas()  # figures are floats
    print(table.caption, duckdb.sql("SELECT count(*) AS rows FROM frame").fetchall(), list(frame.columns))
