//! Was it trained on the test? Looks for a test's prompts and references in training files.
//!
//! ```text
//! assay overlap train.jsonl test.csv --json
//! ```

use crate::failure::Failure;
use crate::input::Input;
use assay_core::data::overlap::IndexedRows;
use assay_core::tables::TableRows;
use assay_data::DataSet;
use assay_data::import::Importer;
use assay_overlap::{Found, Index, Kind, OverlapReport};
use serde_json::json;

/// Which files, and how to say it.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The training files, and the test as the last
    #[arg(value_names = ["TRAIN", "TEST"], num_args = 2.., required = true)]
    files: Vec<String>,
    /// Print everything as JSON, with what is found of every row
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When a file can't be read, or the test has neither prompts nor references.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (test, training) = arguments.files.split_last().ok_or("two files are needed")?;
    let tables = Input::all(std::slice::from_ref(test))?;
    let tables: Result<Vec<_>, _> = tables.iter().map(Input::table).collect();
    let data = DataSet::join(tables?)?;
    let mut rows = IndexedRows(Index::new(data.test_rows())?);
    for input in Input::all(training)? {
        rows.begin_file(input.path());
        let mut importer = Importer::streaming(input.path());
        input.pieces(&mut |piece| {
            importer.push(piece)?;
            importer.take_rows(|table| rows.take(table));
            Ok(())
        })?;
        rows.take(&importer.finish()?.table);
    }
    let (found, report) = rows.0.finish();
    if arguments.json {
        println!("{:#}", json!({ "report": report, "rows": found }));
    } else {
        print(&found, &report);
    }
    Ok(())
}

/// What was found in sum, and a line for each row that is found: its number, which of its texts, the shares of 8- and
/// 13-grams, the similarity, and the place in the training files, parted by tabs.
fn print(found: &[Found], report: &OverlapReport) {
    println!("rows\t{}", report.rows);
    println!("training rows\t{}", report.training_rows);
    println!("found\t{}", report.found);
    println!("found by a reference alone\t{}", report.by_reference);
    println!("with a 13-gram\t{}", report.with_13);
    println!("not compared\t{}", report.not_compared);
    let number = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.4}"));
    for row in found.iter().filter(|row| row.is_found() == Some(true)) {
        let kind = match row.kind {
            Some(Kind::Reference) => "reference",
            _ => "prompt",
        };
        let place = row.place.as_ref().map_or_else(String::new, |place| {
            format!("{}:{}", report.files[place.file], place.row)
        });
        println!(
            "{}\t{kind}\t{}\t{}\t{}\t{place}",
            row.row + 1,
            number(row.share_8),
            number(row.share_13),
            number(row.similarity),
        );
    }
}
