//! Small packed files that unpack to a great deal are refused in words, and memory stays below 300 MB. A test program
//! of its own, so that the memory it takes is what these files take.

use assay_data::import::{ImportError, Importer};
use assay_testing::{memory_peak, reset_memory_peak};
use std::io::Write;

/// Unpacked bytes of each file.
const PLAIN: usize = 300_000_000;
/// Bytes that memory may grow by.
const GROWTH: u64 = 300_000_000;

/// A gzip file that begins with `start`; `part` follows again and again.
fn packed(start: &str, part: &str) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(start.as_bytes()).unwrap();
    let block = part.repeat((1 << 20) / part.len() + 1);
    for _ in 0..PLAIN / block.len() {
        writer.write_all(block.as_bytes()).unwrap();
    }
    writer.finish().unwrap()
}

/// The error with which a file is refused that comes in slices of 4 MiB.
fn refusal(name: &str, bytes: &[u8]) -> ImportError {
    let mut importer = Importer::new(name);
    for slice in bytes.chunks(4 << 20) {
        if let Err(error) = importer.push(slice) {
            return error;
        }
    }
    match importer.finish() {
        Ok(imported) => panic!("{name} is read: {} rows", imported.table.rows()),
        Err(error) => error,
    }
}

#[test]
fn a_small_file_that_unpacks_to_a_great_deal_is_refused_and_takes_little_memory() {
    let wide: Vec<String> = (0..900).map(|i| format!("\"c{i}\": 1")).collect();
    let wide = format!("{{{}}}\n", wide.join(", "));
    type IsExpected = fn(&ImportError) -> bool;
    let long: IsExpected = |e| matches!(e, ImportError::LongLine { line: 1..=3, .. });
    let large: IsExpected = |e| matches!(e, ImportError::TooLarge { .. });
    let columns: IsExpected = |e| matches!(e, ImportError::TooManyColumns { .. });
    let cells: IsExpected = |e| matches!(e, ImportError::TooManyCells { .. });
    let cases = [
        ("one string.jsonl.gz", "{\"reference\":\"", "aaaa", long),
        ("one field.csv.gz", "a,b\n1,", "aaaa", long),
        ("an open quote.csv.gz", "a,b\n1,\"", "aaaa", long),
        ("one row of many fields.csv.gz", "a,b\n", "1,", columns),
        ("one string.json.gz", "{\"a\": \"", "aaaa", long),
        ("one element.json.gz", "[\"", "aaaa", long),
        ("one line.txt.gz", "", "aaaa", long),
        (
            "one object.json.gz",
            "{\"log_history\":[",
            "{\"step\":1,\"loss\":1.0},",
            large,
        ),
        ("rows without text.txt.gz", "", "\n", cells),
        ("rows without cells.jsonl.gz", &wide, "{}\n", cells),
    ];
    for (name, start, part, is_expected) in cases {
        let bytes = packed(start, part);
        let before = reset_memory_peak();
        let error = refusal(name, &bytes);
        assert!(is_expected(&error), "{name}: {error}");
        assert!(error.to_string().contains(name), "{error}");
        if let (Some(before), Some(most)) = (before, memory_peak()) {
            let grown = most.saturating_sub(before);
            assert!(grown < GROWTH, "{name} takes {grown} bytes");
        }
    }
}

#[test]
fn a_packed_log_of_short_rows_is_no_bomb() {
    let rows: String = (0..200_000)
        .map(|i| format!("{{\"id\": {i}, \"reference\": \"The tower is in Paris.\"}}\n"))
        .collect();
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(rows.as_bytes()).unwrap();
    let mut importer = Importer::new("rows.jsonl.gz");
    importer.push(&writer.finish().unwrap()).unwrap();
    assert_eq!(importer.finish().unwrap().table.rows(), 200_000);
}
