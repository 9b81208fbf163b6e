//! Data larger than people have: each of these works, in memory that follows from its size, or is refused in words before
//! it does harm; and what the page is sent stays small, so that it draws at once. The full sizes take minutes without
//! optimisation: `cargo test -p assay-core --test strain -- --ignored --nocapture --test-threads 1` prints the
//! figures of docs/strain.md. Tests without `--ignored` hold the same bounds at a part of the size.

mod cases;
mod containers;
mod measured;
mod visit;

use cases::{classes, columns, long_name, long_text, ratings, rows, systems};

#[test]
fn many_rows_are_imported_shown_and_searched() {
    rows(40_000);
}

#[test]
#[ignore = "the full size"]
fn a_million_rows_are_imported_shown_and_searched() {
    rows(1_000_000);
}

#[test]
#[ignore = "the full size"]
fn a_gigabyte_of_rows_is_imported_shown_and_searched() {
    rows(5_200_000);
}

#[test]
fn a_parquet_file_is_imported() {
    containers::parquet(20_000);
}

#[test]
#[ignore = "the full size"]
fn a_parquet_file_of_half_a_million_rows_is_imported() {
    containers::parquet(500_000);
}

#[test]
fn a_workbook_is_imported() {
    containers::workbook(4_000);
}

#[test]
#[ignore = "the full size"]
fn a_workbook_of_a_hundred_thousand_rows_is_imported() {
    containers::workbook(100_000);
}

#[test]
fn two_hundred_columns_are_shown_with_short_previews_and_texts() {
    columns(200, 200);
}

#[test]
#[ignore = "the full size"]
fn two_hundred_columns_of_many_rows() {
    columns(200, 20_000);
}

#[test]
fn fifty_systems_are_compared() {
    systems(50, 40);
}

#[test]
#[ignore = "the full size"]
fn fifty_systems_of_a_thousand_rows_are_compared() {
    systems(50, 1_000);
}

#[test]
fn a_row_with_a_long_text_is_shown_cut() {
    long_text(2_000_000);
}

#[test]
#[ignore = "the full size"]
fn a_row_with_a_text_of_ten_megabytes_is_shown_cut() {
    long_text(10_000_000);
}

#[test]
fn a_column_name_of_a_megabyte_is_refused_in_words() {
    long_name(1_000_000);
}

#[test]
fn two_thousand_ratings_are_analysed() {
    ratings(2_000);
}

#[test]
#[ignore = "the full size"]
fn ten_thousand_ratings_are_analysed() {
    ratings(10_000);
}

#[test]
fn a_thousand_classes_are_counted() {
    classes(1_000, 5_000);
}

#[test]
#[ignore = "the full size"]
fn a_thousand_classes_over_fifty_thousand_rows_are_counted() {
    classes(1_000, 50_000);
}
