//! Files as the usual tools write them (`tests/files/make.py`), read whole.

use assay_containers::{Container, ContainerError, Limits, Opened, read, recognise};
use assay_data::import::Imported;
use assay_data::{ImportError, Reason, Table};
use std::path::Path;
use std::rc::Rc;

fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    std::fs::read(folder.join(name)).unwrap()
}

fn opened(name: &str) -> Opened {
    read(name, Rc::new(bytes(name)), &Limits::default()).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn only(name: &str) -> Imported {
    let mut tables = opened(name).tables;
    assert_eq!(tables.len(), 1, "{name}");
    tables.remove(0)
}

/// A column's cells.
fn cells<'a>(table: &'a Table, name: &str) -> Vec<Option<&'a str>> {
    let names = table.names();
    let column = names.iter().position(|n| n == name);
    let column = column.unwrap_or_else(|| panic!("no {name} among {names:?}"));
    table.column(column).iter().collect()
}

const TEXTS: [Option<&str>; 5] = [
    Some("the ferry leaves at six"),
    Some("纸杯放在窗台上"),
    Some(""),
    None,
    Some("a \"quoted\" word\nand a second line"),
];

/// Every type that `make.py` writes, as text.
fn check_every_type(file: &str, imported: &Imported) {
    let table = &imported.table;
    let nothing = [None; 5];
    let when = Some("2024-05-01T12:30:15");
    let expected: [(&str, [Option<&str>; 5]); 21] = [
        ("id", ["1", "2", "3", "4", "5"].map(Some)),
        ("reference", TEXTS),
        ("base", [Some("same text"); 5]),
        ("tuned", TEXTS),
        (
            "domain",
            [Some("law"), Some("chat"), Some("law"), None, Some("chat")],
        ),
        (
            "score",
            [Some("1.0"), Some("0.5"), None, None, Some("-2.25")],
        ),
        (
            "small",
            [Some("0.1"), None, Some("3.0"), Some("4.5"), Some("0.001")],
        ),
        (
            "good",
            [
                Some("true"),
                Some("false"),
                None,
                Some("true"),
                Some("false"),
            ],
        ),
        (
            "price",
            [
                Some("1.50"),
                None,
                Some("-0.05"),
                Some("12.00"),
                Some("0.00"),
            ],
        ),
        ("at", [when, None, when, when, when]),
        ("at_utc", [Some("2024-05-01T12:30:15Z"); 5]),
        ("day", [Some("2024-05-01"); 5]),
        ("time", [Some("12:30:15"); 5]),
        ("nothing", nothing),
        (
            "doc.question",
            [Some("why?"), Some("why?"), Some("why?"), None, Some("why?")],
        ),
        ("doc.n", [Some("0"), Some("1"), Some("2"), None, Some("4")]),
        (
            "references[0]",
            [Some("a"), Some("c"), None, None, Some("d")],
        ),
        ("references[1]", [Some("b"), None, None, None, None]),
        ("raw", [Some("bytes"), None, None, Some("x"), Some("y")]),
        ("half", [Some("0.5"), None, Some("2.0"), None, None]),
        ("took", [Some("1.5"); 5]),
    ];
    for (name, column) in expected {
        assert_eq!(cells(table, name), column, "{name} of {file}");
    }
    let problem = imported.problems.first().expect("bytes that are no text");
    assert_eq!(problem.line, 2, "{file}");
    let column = "raw".to_owned();
    assert_eq!(problem.reason, Reason::BinaryCell { column });
    assert_eq!(imported.problem_count, 1, "{file}");
    assert_eq!(imported.file, file);
}

#[test]
fn every_type_is_read_alike_from_parquet_and_arrow_however_they_are_packed() {
    let files = [
        "pyarrow-none.parquet",
        "pyarrow-snappy.parquet",
        "pyarrow-gzip.parquet",
        "pyarrow-zstd.parquet",
        "pyarrow-lz4.parquet",
        "pyarrow-brotli.parquet",
        "pyarrow-v2-groups.parquet",
        "pyarrow-none.arrow",
        "pyarrow-lz4.arrow",
        "pyarrow-zstd.arrow",
        "pyarrow-stream.arrow",
    ];
    for file in files {
        check_every_type(file, &only(file));
    }
}

#[test]
fn the_keys_of_a_map_are_columns() {
    for file in ["map.parquet", "pyarrow-lz4.arrow"] {
        let tags = [Some("en"), None, Some("zh"), None, None];
        assert_eq!(cells(&only(file).table, "tags.lang"), tags, "{file}");
    }
}

#[test]
fn numbers_whose_bytes_are_split_are_read() {
    let table = only("split.parquet").table;
    let scores = [Some("1.0"), Some("0.5"), None, None, Some("-2.25")];
    assert_eq!(cells(&table, "score"), scores);
    let small = [Some("0.1"), None, Some("3.0"), Some("4.5"), Some("0.001")];
    assert_eq!(cells(&table, "small"), small);
}

#[test]
fn the_turns_of_a_chat_are_read_as_from_json() {
    let prompts = ["q0", "q1", "q2", "q3", "q4"].map(Some);
    for file in ["pyarrow-snappy.parquet", "pyarrow-lz4.arrow"] {
        assert_eq!(cells(&only(file).table, "prompt"), prompts, "{file}");
    }
}

#[test]
fn pandas_polars_and_duckdb_write_the_same_table() {
    let files = [
        "pandas.parquet",
        "polars.parquet",
        "duckdb.parquet",
        "pandas.feather",
        "polars.arrow",
        "polars-stream.arrow",
    ];
    for file in files {
        let imported = only(file);
        let table = &imported.table;
        assert_eq!(
            cells(table, "id"),
            ["1", "2", "3", "4", "5"].map(Some),
            "{file}"
        );
        assert_eq!(cells(table, "reference"), TEXTS, "{file}");
        let domains = [Some("law"), Some("chat"), Some("law"), None, Some("chat")];
        assert_eq!(cells(table, "domain"), domains, "{file}");
        assert_eq!(cells(table, "score")[1], Some("0.5"), "{file}");
        assert_eq!(cells(table, "at")[0], Some("2024-05-01T12:30:15"), "{file}");
        assert_eq!(cells(table, "references[1]")[0], Some("b"), "{file}");
        assert_eq!(imported.problem_count, 0, "{file}");
    }
}

#[test]
fn a_table_without_rows_is_refused_in_words() {
    let file = "no-rows.parquet";
    let error = read(file, Rc::new(bytes(file)), &Limits::default()).unwrap_err();
    let file = file.to_owned();
    assert_eq!(error, ImportError::HeaderOnly { file }.into());
}

#[test]
fn each_file_is_recognised_by_its_first_bytes() {
    let files = [
        ("openpyxl.xlsx", Container::Xlsx),
        ("xlsxwriter.xlsx", Container::Xlsx),
        ("pandas.ods", Container::Ods),
        ("xlwt.xls", Container::Xls),
        ("duckdb.parquet", Container::Parquet),
        ("pandas.feather", Container::ArrowFile),
        ("polars.arrow", Container::ArrowFile),
        ("pyarrow-stream.arrow", Container::ArrowStream),
        ("polars-stream.arrow", Container::ArrowStream),
    ];
    for (file, container) in files {
        assert_eq!(recognise(&bytes(file)), Some(container), "{file}");
    }
}

#[test]
fn a_workbook_with_titles_and_errors_is_read_as_it_is_shown() {
    let opened = opened("openpyxl.xlsx");
    let names: Vec<&str> = opened.tables.iter().map(|t| t.file.as_str()).collect();
    assert_eq!(names, ["openpyxl.xlsx#Outputs", "openpyxl.xlsx#另一张表"]);
    let outputs = &opened.tables[0];
    let table = &outputs.table;
    assert_eq!(
        table.names(),
        ["id", "reference", "base", "score", "good", "day", "at"]
    );
    assert_eq!(cells(table, "id"), [Some("1"), Some("2"), Some("3"), None]);
    assert_eq!(
        cells(table, "score"),
        [Some("0.5"), Some("3"), Some("-2.25"), None]
    );
    assert_eq!(cells(table, "good")[..2], [Some("true"), Some("false")]);
    assert_eq!(cells(table, "base")[1], None);
    assert_eq!(
        cells(table, "day")[..3],
        [Some("2024-05-01"), Some("2024-05-02"), None]
    );
    assert_eq!(cells(table, "at")[0], Some("2024-05-01T12:30:15"));
    assert_eq!(cells(table, "reference")[3], Some("after a blank row"));
    assert_eq!(outputs.problem_count, 1);
    let problem = &outputs.problems[0];
    assert_eq!((problem.file.as_str(), problem.line), (names[0], 9));
    let shown = "#DIV/0!".to_owned();
    let column = "E".to_owned();
    assert_eq!(problem.reason, Reason::ErrorCell { column, shown });
    assert_eq!(opened.tables[1].table.names(), ["id", "id (2)", "column 2"]);
}

#[test]
fn workbooks_of_all_formats_have_the_same_cells() {
    for file in ["xlsxwriter.xlsx", "xlwt.xls", "pandas.ods"] {
        let imported = only(file);
        assert_eq!(imported.file, file);
        let table = &imported.table;
        assert_eq!(
            cells(table, "id"),
            [Some("1"), Some("2"), Some("3")],
            "{file}"
        );
        let reference = cells(table, "reference");
        assert_eq!(reference[1..], [TEXTS[1], TEXTS[4]], "{file}");
        assert_eq!(
            cells(table, "base"),
            [Some("at six"), None, Some("x")],
            "{file}"
        );
        assert_eq!(
            cells(table, "score"),
            [Some("0.5"), Some("3"), Some("-2.25")],
            "{file}"
        );
        assert_eq!(cells(table, "good")[0], Some("true"), "{file}");
        let days = [Some("2024-05-01"), Some("2024-05-02"), None];
        assert_eq!(cells(table, "day"), days, "{file}");
    }
    assert_eq!(
        cells(&only("xlsxwriter.xlsx").table, "took")[0],
        Some("36:00:00")
    );
}

#[test]
fn what_is_no_container_is_refused_in_words() {
    let error = read(
        "a.bin",
        Rc::new(b"\x89PNG\r\n".to_vec()),
        &Limits::default(),
    )
    .unwrap_err();
    let file = "a.bin".to_owned();
    assert_eq!(error, ContainerError::Nothing { file });
}
