//! Files in binary form, whose rows come through a reader: memory is held to a multiple of the text in them.

use crate::cases::within;
use crate::measured::{measure, turn};
use crate::visit::Visit;
use assay_containers::{NewCell, NewSheet, write_workbook};
use assay_protocol::data::{Import, Summarize};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::sync::Arc;

/// Columns of the files, and the text of a cell.
const COLUMNS: [&str; 5] = ["id", "prompt", "reference", "base", "tuned"];

fn cell(row: usize, column: usize) -> String {
    let name = COLUMNS[column];
    match column {
        0 => row.to_string(),
        _ => format!("{name} number {row}: a text of some ten words, as systems write them"),
    }
}

/// The bytes of all texts of a file.
fn text_bytes(rows: usize) -> usize {
    let cells = (0..rows).flat_map(|row| (0..COLUMNS.len()).map(move |c| cell(row, c).len()));
    cells.sum()
}

fn import(what: &str, name: &str, rows: usize, bytes: Vec<u8>) {
    let (file, text) = (bytes.len(), text_bytes(rows));
    println!("{what}: {file} bytes of file, {text} of text");
    let visit = Visit::start();
    let (imported, measured) = measure(|| visit.ask_with(Import {}, name, bytes));
    assert!(imported.unwrap().outputs);
    within(what, 3.0, text, measured);
    let (summary, _) = visit.ask(Summarize {});
    assert_eq!(summary.unwrap().summary.rows, rows);
}

/// What is made by a thread of its own, whose memory is not used again for what is measured.
fn made<T: Send>(make: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(make).join().unwrap())
}

/// Parquet as it is written without compression, in row groups of 50,000 rows.
pub(crate) fn parquet(rows: usize) {
    let _turn = turn();
    import(
        "Parquet, import",
        "rows.parquet",
        rows,
        made(|| parquet_of(rows)),
    );
}

fn parquet_of(rows: usize) -> Vec<u8> {
    const GROUP: usize = 50_000;
    let fields = COLUMNS.map(|name| format!("REQUIRED BYTE_ARRAY {name} (UTF8);"));
    let schema = format!("message rows {{ {} }}", fields.join(" "));
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let properties = WriterProperties::builder().set_compression(Compression::UNCOMPRESSED);
    let properties = Arc::new(properties.set_dictionary_enabled(false).build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).unwrap();
    for first in (0..rows).step_by(GROUP) {
        let mut group = writer.next_row_group().unwrap();
        for column in 0..COLUMNS.len() {
            let last = rows.min(first + GROUP);
            let values = (first..last).map(|row| ByteArray::from(&*cell(row, column)));
            let values: Vec<ByteArray> = values.collect();
            let mut writer = group.next_column().unwrap().unwrap();
            let typed = writer.typed::<ByteArrayType>();
            typed.write_batch(&values, None, None).unwrap();
            writer.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

/// A workbook of one sheet.
pub(crate) fn workbook(rows: usize) {
    let _turn = turn();
    import(
        "a workbook, import",
        "rows.xlsx",
        rows,
        made(|| workbook_of(rows)),
    );
}

fn workbook_of(rows: usize) -> Vec<u8> {
    let cells = |row| (0..COLUMNS.len()).map(move |column| NewCell::Text(cell(row, column)));
    let sheet = NewSheet {
        name: "rows".to_owned(),
        head: COLUMNS.map(str::to_owned).to_vec(),
        rows: (0..rows).map(|row| cells(row).collect()).collect(),
    };
    write_workbook(&[sheet]).unwrap()
}
