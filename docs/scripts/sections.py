"""All sections of all plans in Parquet: sections.py clean OUT.parquet"""

import sys

import duckdb

import juanzong.cli

juanzong.cli.juanzong(["export", sys.argv[1], "--to", "duckdb", "-o", "all.duckdb"], standalone_mode=False)
with duckdb.connect("all.duckdb") as db:
    plans = db.sql(
        "SELECT d.title AS plan, s.* FROM sections s JOIN documents d USING (bundle, document) WHERE d.type = 'plan'"
    )
    plans.write_parquet(sys.argv[2])
