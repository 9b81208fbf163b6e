//! Workbooks that are written, read back.

use assay_containers::{Limits, NewCell, NewSheet, WorkbookError, read, write_workbook};
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;
use std::rc::Rc;

fn text(text: &str) -> NewCell {
    NewCell::Text(text.to_owned())
}

fn sheet(name: &str, head: &[&str], rows: Vec<Vec<NewCell>>) -> NewSheet {
    NewSheet {
        name: name.to_owned(),
        head: head.iter().map(|&h| h.to_owned()).collect(),
        rows,
    }
}

#[test]
fn texts_stay_texts_and_numbers_numbers() {
    let hostile = [
        "=1+1",
        "=HYPERLINK(\"http://x.example\")",
        "+1",
        "-1",
        "@SUM(A1)",
        "http://x.example",
        "{=1}",
        "007",
        "1e3",
        "<b>&amp;\"'</b>",
        " two  spaces ",
        "a line\nanother\tline",
        "中文，\u{1f600}",
    ];
    let rows = hostile.iter().map(|&h| vec![text(h), NewCell::Empty]);
    let mut rows: Vec<Vec<NewCell>> = rows.collect();
    for number in [0.1 + 0.2, -1e-300, 1e300, 0.0] {
        rows.push(vec![NewCell::Empty, NewCell::Number(number)]);
    }
    rows.push(vec![text("end"), NewCell::Number(f64::NAN)]);
    rows.push(vec![text("end"), NewCell::Number(f64::INFINITY)]);
    let sheets = [
        sheet("切片", &["=A1", "number"], rows),
        sheet("Empty", &["nothing"], Vec::new()),
    ];
    let bytes = write_workbook(&sheets).unwrap();

    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(workbook.sheet_names(), ["切片", "Empty"]);
    let formulas = workbook.worksheet_formula("切片").unwrap();
    assert!(
        formulas
            .used_cells()
            .all(|(_, _, formula)| formula.is_empty())
    );
    let cells = workbook.worksheet_range("切片").unwrap();
    let cell = |row: usize, column: usize| cells.get((row, column)).cloned();
    assert_eq!(cell(0, 0), Some(Data::String("=A1".to_owned())));
    for (row, written) in hostile.iter().enumerate() {
        assert_eq!(cell(row + 1, 0), Some(Data::String((*written).to_owned())));
    }
    let first = hostile.len() + 1;
    for (row, number) in [0.1 + 0.2, -1e-300, 1e300, 0.0].into_iter().enumerate() {
        assert_eq!(cell(first + row, 1), Some(Data::Float(number)));
    }
    for row in [first + 4, first + 5] {
        assert!(matches!(cell(row, 1), None | Some(Data::Empty)), "{row}");
    }
    // What was written is opened by the readers of this crate too.
    let opened = read("report.xlsx", Rc::new(bytes), &Limits::default()).unwrap();
    assert_eq!(opened.tables[0].table.cell(0, 0), Some("=1+1"));
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_says_so() {
    let long = "😀".repeat(20_000);
    let sheets = [sheet("a", &["text"], vec![vec![text(&long)]])];
    let bytes = write_workbook(&sheets).unwrap();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let cells = workbook.worksheet_range("a").unwrap();
    let Some(Data::String(kept)) = cells.get((1, 0)) else {
        panic!("no text");
    };
    assert!(kept.ends_with("😀…") && long.starts_with(kept.trim_end_matches('…')));
    assert!((32_760..=32_767).contains(&kept.encode_utf16().count()));
}

#[test]
fn what_excel_does_not_open_is_refused() {
    let named = |name: &str| sheet(name, &["a"], Vec::new());
    for name in ["a/b", "", &"x".repeat(32)] {
        let written = write_workbook(&[named(name)]);
        assert!(
            matches!(written, Err(WorkbookError::Refused { .. })),
            "{name}"
        );
    }
    let twice = write_workbook(&[named("a"), named("A")]);
    assert!(matches!(twice, Err(WorkbookError::Refused { .. })));
    let wide = vec![NewCell::Empty; 20_000];
    let wide = write_workbook(&[sheet("wide", &["a"], vec![wide])]);
    let too_large = WorkbookError::TooLarge {
        sheet: "wide".to_owned(),
        rows: 2,
        columns: 20_000,
    };
    assert_eq!(wide, Err(too_large));
}
