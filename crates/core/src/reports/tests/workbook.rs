//! A report as a workbook.

use super::*;
use assay_containers::{Limits, NewCell, NewSheet, read, write_workbook};

fn sheets(parts: &Parts, reports: &Reports, language: &str, content: Content) -> Vec<NewSheet> {
    match parts.written(reports, Format::Xlsx, language, content) {
        Written::Workbook(sheets) => sheets,
        Written::File(file) => panic!("{}", file.name),
    }
}

/// The cell of a column, by its name.
fn cell(sheets: &[NewSheet], sheet: &str, row: usize, column: &str) -> NewCell {
    let sheet = sheets.iter().find(|s| s.name == sheet).unwrap();
    let place = sheet.head.iter().position(|name| name == column);
    sheet.rows[row][place.unwrap_or_else(|| panic!("{column}: {:?}", sheet.head))].clone()
}

fn text(text: &str) -> NewCell {
    NewCell::Text(text.to_owned())
}

#[test]
fn a_workbook_is_written_in_both_languages_and_read_back() {
    let parts = all();
    let reports = Reports::default();
    let content = parts.content(&reports, "2026-01-02");
    for language in ["en", "zh-CN"] {
        let sheets = sheets(&parts, &reports, language, content.clone());
        let bytes = write_workbook(&sheets).unwrap();
        let opened = read("report.xlsx", Rc::new(bytes), &Limits::default()).unwrap();
        let rows = opened.tables.iter().map(|imported| imported.table.rows());
        let written = sheets.iter().map(|sheet| sheet.rows.len());
        assert!(rows.eq(written), "{language}");
        let full = |sheet: &NewSheet| sheet.rows.iter().all(|r| r.len() == sheet.head.len());
        assert!(sheets.iter().all(full), "{language}");
    }
}

#[test]
fn a_workbook_holds_the_numbers_in_full_and_the_examples() {
    let parts = all();
    let reports = Reports::default();
    let content = parts.content(&reports, "2026-01-02");
    let sheets = sheets(&parts, &reports, "en", content.clone());
    let names: Vec<&str> = sheets.iter().map(|sheet| &sheet.name[..]).collect();
    let expected = [
        "Verdict",
        "Scores",
        "Comparisons",
        "Slices",
        "Outcomes",
        "Training",
        "Examples",
    ];
    assert_eq!(names, expected);
    let cell = |sheet: &str, row: usize, column: &str| cell(&sheets, sheet, row, column);
    let tuned = &content.metrics[0].result.systems[1];
    let comparison = tuned.comparison.unwrap();
    assert_eq!(cell("Scores", 1, "System"), text("tuned"));
    let score = NewCell::Number(tuned.score.value);
    assert_eq!(cell("Scores", 1, "Score"), score);
    assert_eq!(cell("Scores", 1, "n"), NewCell::Number(48.0));
    let compared = "Comparisons";
    let whole = |column: &str| {
        let is_first = |row: &usize| cell(compared, *row, "Measure") == text("BLEU");
        let row = (0..).find(is_first).unwrap();
        cell(compared, row, column)
    };
    assert_eq!(whole("Baseline"), text("<b>|_x"));
    let difference = NewCell::Number(comparison.difference.value);
    assert_eq!(whole("Difference"), difference);
    assert_eq!(whole("Wins"), NewCell::Number(48.0));
    assert_eq!(whole("Cliff’s delta"), NewCell::Number(1.0));
    assert_eq!(cell("Slices", 2, "Slice"), text("a|b & <i>0</i>"));
    let NewCell::Number(row) = cell("Examples", 0, "Row") else {
        panic!("no number");
    };
    let row = row as usize - 1;
    let reference = format!("the cat {row} sat on the mat");
    assert_eq!(cell("Examples", 0, "reference"), text(&reference));
    let session = parts.session.borrow();
    let result = session.results()[0];
    let own = cell("Examples", 0, &format!("{} · tuned", result.name));
    assert_eq!(own, NewCell::Number(result.systems[1].segments[row]));
}

#[test]
fn a_workbook_of_a_report_that_came_by_a_link_has_no_examples() {
    let parts = all();
    let mut reports = Reports::default();
    let link = link_to(parts.content(&reports, "2026-01-02"));
    reports.open_link(&link).unwrap();
    let content = parts.content(&reports, "");
    let sheets = sheets(&parts, &reports, "en", content);
    assert!(sheets.iter().any(|sheet| sheet.name == "Comparisons"));
    assert!(sheets.iter().all(|sheet| sheet.name != "Examples"));
}

#[test]
fn segments_and_funnels_of_ab_tests_are_sheets() {
    let parts = Parts::new(Session::default());
    let mut table = "user,arm,country,viewed,bought\n".to_owned();
    for user in 0..400 {
        let (arm, country) = (["old", "new"][user % 2], ["FR", "PE"][user / 2 % 2]);
        let viewed = user % 5 != 0;
        let bought = viewed && (user % 2 == 1 || user % 4 == 0);
        table += &format!(
            "u{user},{arm},{country},{},{}\n",
            u8::from(viewed),
            u8::from(bought)
        );
    }
    parts
        .experiments
        .take(vec![import("ab.csv", &table)])
        .unwrap();
    let reports = Reports::default();
    let content = parts.content(&reports, "2026-01-02");
    let trial = &content.trials[0];
    let sheets = sheets(&parts, &reports, "en", content.clone());
    let rows = |name: &str| {
        let sheet = sheets.iter().find(|sheet| sheet.name == name);
        sheet.unwrap_or_else(|| panic!("no {name}")).rows.len()
    };
    // Two outcomes under two arms; the same in two countries.
    assert_eq!((rows("Outcomes"), rows("User segments")), (4, 8));
    let cell = |sheet: &str, row: usize, column: &str| cell(&sheets, sheet, row, column);
    let segment = &trial.segments[0];
    let compared = segment.outcomes[0].compared[1].as_ref().unwrap();
    assert_eq!(
        cell("User segments", 1, "User segment"),
        text(&segment.value)
    );
    assert_eq!(cell("User segments", 1, "Baseline"), text("old"));
    let difference = NewCell::Number(compared.difference);
    assert_eq!(cell("User segments", 1, "Difference"), difference);
    assert_eq!(cell("User segments", 0, "Difference"), NewCell::Empty);
    let funnel = trial.funnel.as_ref().unwrap();
    assert_eq!(funnel.steps, ["viewed", "bought"]);
    assert_eq!(rows("Funnel"), 6);
    let [all, viewed, bought] = funnel.arms[0][..] else {
        panic!("{:?}", funnel.arms);
    };
    assert_eq!(cell("Funnel", 2, "Step"), text("bought"));
    assert_eq!(cell("Funnel", 2, "Units"), NewCell::Number(bought));
    assert_eq!(
        cell("Funnel", 2, "Share of all"),
        NewCell::Number(bought / all)
    );
    let of_step = NewCell::Number(bought / viewed);
    assert_eq!(cell("Funnel", 2, "Share of the step before"), of_step);
    assert_eq!(
        cell("Funnel", 0, "Share of the step before"),
        NewCell::Empty
    );
}
