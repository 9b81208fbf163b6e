"""Makes the files in this folder with the tools that usually write such files: pyarrow, pandas, polars, DuckDB,
openpyxl, XlsxWriter, xlwt and odfpy. Run in this folder; versions are in VERSIONS."""
import datetime as dt
import decimal

import duckdb
import odf.opendocument
import odf.style
import odf.table
import odf.text
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet as pq
import xlsxwriter
import xlwt

VERSIONS = "pyarrow 26.0.1, pandas 3.1.1, polars 2.1.0, duckdb 2.0.1, openpyxl 3.1.5, xlsxwriter 3.3.1, xlwt 1.3.0, odfpy 1.4.1"

ROWS = 5
TEXTS = ["the ferry leaves at six", "纸杯放在窗台上", "", None, "a \"quoted\" word\nand a second line"]
WHEN = dt.datetime(2024, 5, 1, 12, 30, 15)


def table():
    """Every type that outputs come in, five rows."""
    return pa.table({
        "id": pa.array([1, 2, 3, 4, 5], pa.int64()),
        "reference": pa.array(TEXTS, pa.string()),
        "base": pa.array(["same text"] * ROWS, pa.large_string()),
        "tuned": pa.array(TEXTS, pa.string_view()),
        "domain": pa.array(["law", "chat", "law", None, "chat"]).dictionary_encode(),
        "score": pa.array([1.0, 0.5, None, float("nan"), -2.25], pa.float64()),
        "small": pa.array([0.1, None, 3.0, 4.5, 1e-3], pa.float32()),
        "good": pa.array([True, False, None, True, False]),
        "price": pa.array([decimal.Decimal("1.50"), None, decimal.Decimal("-0.05"), decimal.Decimal("12.00"), decimal.Decimal("0.00")], pa.decimal128(9, 2)),
        "at": pa.array([WHEN, None, WHEN, WHEN, WHEN], pa.timestamp("us")),
        "at_utc": pa.array([WHEN] * ROWS, pa.timestamp("ms", tz="UTC")),
        "day": pa.array([dt.date(2024, 5, 1)] * ROWS),
        "time": pa.array([dt.time(12, 30, 15)] * ROWS, pa.time64("us")),
        "nothing": pa.nulls(ROWS),
        "doc": pa.array([{"question": "why?", "n": i} if i != 3 else None for i in range(ROWS)]),
        "references": pa.array([["a", "b"], ["c"], [], None, ["d", None]], pa.list_(pa.string())),
        "messages": pa.array([[{"role": "user", "content": f"q{i}"}, {"role": "assistant", "content": f"a{i}"}] for i in range(ROWS)]),
        "tags": pa.array([[("lang", "en")], [], [("lang", "zh")], None, []], pa.map_(pa.string(), pa.string())),
        "half": pa.array([0.5, None, 2.0, None, None], pa.float16()),
        "took": pa.array([dt.timedelta(seconds=1.5)] * ROWS, pa.duration("ms")),
        "raw": pa.array([b"bytes", b"\xff\xfe", None, b"x", b"y"], pa.binary()),
    })


def parquet():
    pq.write_table(table().select(["id", "tags"]), "map.parquet")
    whole = table().drop_columns("tags")
    for codec in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
        pq.write_table(whole, f"pyarrow-{codec}.parquet", compression=codec)
    pq.write_table(whole, "pyarrow-v2-groups.parquet", compression="zstd", data_page_version="2.0", row_group_size=2,
                   use_dictionary=False, column_encoding={"reference": "DELTA_BYTE_ARRAY", "base": "DELTA_LENGTH_BYTE_ARRAY", "id": "DELTA_BINARY_PACKED"})
    pq.write_table(whole.select(["score", "small"]), "split.parquet", use_dictionary=False, use_byte_stream_split=True)
    plain = whole.select(["id", "reference", "domain", "score", "good", "at", "references"])
    frame = plain.to_pandas()
    frame.to_parquet("pandas.parquet")
    pl.from_arrow(plain).with_columns(pl.col("domain").cast(pl.Categorical)).write_parquet("polars.parquet")
    duckdb.sql("copy (select * from plain) to 'duckdb.parquet' (format parquet, codec zstd)")
    pq.write_table(whole.slice(0, 0), "no-rows.parquet")


def arrow():
    whole = table()
    for codec in ["none", "lz4", "zstd"]:
        options = pa.ipc.IpcWriteOptions(compression=None if codec == "none" else codec)
        with pa.ipc.new_file(f"pyarrow-{codec}.arrow", whole.schema, options=options) as writer:
            writer.write_table(whole, max_chunksize=2)
    with pa.ipc.new_stream("pyarrow-stream.arrow", whole.schema) as writer:
        writer.write_table(whole, max_chunksize=3)
    plain = whole.select(["id", "reference", "domain", "score", "good", "at", "references"])
    plain.to_pandas().to_feather("pandas.feather")
    frame = pl.from_arrow(plain).with_columns(pl.col("domain").cast(pl.Categorical))
    frame.write_ipc("polars.arrow", compression="zstd")
    frame.write_ipc_stream("polars-stream.arrow")


HEADER = ["id", "reference", "base", "score", "good", "day", "at"]
SHEET = [
    [1, "the ferry leaves at six", "at six", 0.5, True, dt.date(2024, 5, 1), WHEN],
    [2, "纸杯放在窗台上", None, 3.0, False, dt.date(2024, 5, 2), WHEN],
    [3, "a \"quoted\" word\nand a second line", "x", -2.25, True, None, WHEN],
]


def workbooks():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Outputs"
    # A title over the table, blank lines, and a blank first column.
    sheet["B2"] = "Results of May"
    sheet.merge_cells("B2:H2")
    for column, name in enumerate(HEADER, 2):
        sheet.cell(4, column, name)
    for row, cells in enumerate(SHEET, 5):
        for column, cell in enumerate(cells, 2):
            sheet.cell(row, column, cell)
    sheet["C9"] = "after a blank row"
    sheet["E9"] = "#DIV/0!"
    sheet["E9"].data_type = "e"
    book.create_sheet("Notes")
    more = book.create_sheet("另一张表")
    more.append(["id", "", "id"])
    more.append([1, "x", 10])
    book.save("openpyxl.xlsx")

    book = xlsxwriter.Workbook("xlsxwriter.xlsx")
    sheet = book.add_worksheet()
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    span = book.add_format({"num_format": "[h]:mm:ss"})
    for column, name in enumerate([*HEADER, "took"]):
        sheet.write(0, column, name)
    for row, cells in enumerate(SHEET, 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, dt.datetime):
                sheet.write_datetime(row, column, cell, time)
            elif isinstance(cell, dt.date):
                sheet.write_datetime(row, column, cell, date)
            elif cell is not None:
                sheet.write(row, column, cell)
        sheet.write_number(row, len(HEADER), 1.5, span)
    book.close()

    book = xlwt.Workbook()
    sheet = book.add_sheet("Outputs")
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for column, name in enumerate(HEADER):
        sheet.write(0, column, name)
    for row, cells in enumerate(SHEET, 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, dt.date):
                sheet.write(row, column, cell, date)
            elif cell is not None:
                sheet.write(row, column, cell)
    book.save("xlwt.xls")

    pd.DataFrame([[str(c) if isinstance(c, dt.date) else c for c in row] for row in SHEET], columns=HEADER).to_excel("pandas.ods", engine="odf", index=False)


if __name__ == "__main__":
    parquet()
    arrow()
    workbooks()
