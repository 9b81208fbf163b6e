//! Small containers that hold a great deal are refused in words, and memory stays below 300 MB. A test program of its
//! own, so that the memory it takes is what these files take.

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use assay_containers::{ContainerError, Limits, read};
use assay_data::ImportError;
use assay_testing::{memory_peak, reset_memory_peak};
use parquet::arrow::ArrowWriter;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Bytes that memory may grow by.
const GROWTH: u64 = 300_000_000;

/// A zip archive with one file, which has `times` times `part` after `start`.
fn zip(name: &str, start: &str, part: &str, times: usize) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    add(&mut writer, name, start, part, times);
    writer.finish().unwrap().into_inner()
}

fn add(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, start: &str, part: &str, times: usize) {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    writer.start_file(name, options).unwrap();
    writer.write_all(start.as_bytes()).unwrap();
    let block = part.repeat(10_000);
    for _ in 0..times / 10_000 {
        writer.write_all(block.as_bytes()).unwrap();
    }
}

/// A workbook in which one part begins with `start` and goes on with `part`, again and again.
fn workbook(file: &str, name: &str, start: &str, part: &str, times: usize) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/files")
        .join(file);
    let mut whole = ZipArchive::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..whole.len() {
        let mut entry = whole.by_index(index).unwrap();
        let entry_name = entry.name().unwrap().into_owned();
        if entry_name == name {
            continue;
        }
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        add(&mut writer, &entry_name, &text, "", 0);
    }
    add(&mut writer, name, start, part, times);
    writer.finish().unwrap().into_inner()
}

/// A frame of zstd that is one byte again and again: 128 KiB take four bytes.
fn zstd(blocks: usize) -> Vec<u8> {
    let mut frame = b"\x28\xb5\x2f\xfd\x00\x38".to_vec();
    for block in 0..blocks {
        let is_last = u32::from(block + 1 == blocks);
        let header = (1_u32 << 17) << 3 | 1 << 1 | is_last;
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.push(b'a');
    }
    frame
}

/// A table in which every row has the same text of a megabyte, which stands once in the file.
fn same_text(rows: usize) -> Vec<u8> {
    let text = "a".repeat(900_000);
    let column: ArrayRef = Arc::new(StringArray::from(vec![text.as_str(); 50]));
    let batch = RecordBatch::try_from_iter([("reference", column)]).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    for _ in 0..rows / 50 {
        writer.write(&batch).unwrap();
    }
    writer.close().unwrap();
    bytes
}

#[test]
fn a_small_container_that_holds_a_great_deal_is_refused_and_takes_little_memory() {
    type IsExpected = fn(&ContainerError) -> bool;
    let large: IsExpected = |e| matches!(e, ContainerError::TooLarge { .. });
    let table: IsExpected = |e| {
        use ImportError::{LongLine, TooLarge};
        matches!(e, ContainerError::Table(LongLine { .. } | TooLarge { .. }))
    };
    let damaged: IsExpected = |e| matches!(e, ContainerError::Damaged { .. });
    let cells: IsExpected = |e| matches!(e, ContainerError::TooManyCells { .. });
    let strings = "xl/sharedStrings.xml";
    let head = "<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
    let row = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"500\" office:value-type=\"string\"><text:p>a</text:p></table:table-cell></table:table-row>";
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"a\">{row}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let cases: [(&str, Vec<u8>, IsExpected); 9] = [
        (
            "one large file.zip",
            zip(
                "a/log.json",
                "{\"log_history\":[",
                "{\"step\":1,\"loss\":1.0},",
                18_000_000,
            ),
            large,
        ),
        (
            "one line.zip",
            zip("a.jsonl", "{\"reference\":\"", "aaaaaaaaaa", 25_000_000),
            table,
        ),
        (
            "an archive of zeros.zip",
            zip("a.parquet", "PAR1", "aaaaaaaaaa", 25_000_000),
            large,
        ),
        ("one frame.csv.zst", zstd(5_000), table),
        (
            "one text.xlsx",
            workbook(
                "xlsxwriter.xlsx",
                strings,
                &format!("{head}<si><t>"),
                "aaaaaaaaaa",
                10_000_000,
            ),
            damaged,
        ),
        (
            "many texts.xlsx",
            workbook("xlsxwriter.xlsx", strings, head, "<si/>", 20_000_000),
            cells,
        ),
        (
            "long texts.xlsx",
            workbook(
                "xlsxwriter.xlsx",
                strings,
                head,
                &format!("<si><t>{}</t></si>", "a".repeat(1000)),
                250_000,
            ),
            large,
        ),
        (
            "repeated cells.ods",
            workbook("pandas.ods", "content.xml", &content, "", 0),
            large,
        ),
        ("the same text.parquet", same_text(400), table),
    ];
    for (name, bytes, is_expected) in cases {
        let before = reset_memory_peak();
        let Err(error) = read(name, Rc::new(bytes), &Limits::default()) else {
            panic!("{name} is read");
        };
        assert!(is_expected(&error), "{name}: {error}");
        if let (Some(before), Some(most)) = (before, memory_peak()) {
            let grown = most.saturating_sub(before);
            assert!(grown < GROWTH, "{name} takes {grown} bytes");
        }
    }
}
