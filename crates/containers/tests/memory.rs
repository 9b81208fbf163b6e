//! Memory while a workbook is read: its rows are given as they come, so that only the texts which cells share are held. A
//! test program of its own, so that the memory it takes is what the workbook takes.

use assay_containers::{Event, Flow, Limits, open};
use assay_testing::{memory_peak, reset_memory_peak};
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::rc::Rc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const ROWS: usize = 100_000;
const COLUMNS: [&str; 4] = ["prompt", "reference", "base", "tuned"];
/// Memory may grow by this many times the file.
const TIMES: f64 = 3.0;

/// Texts of eight words or so, which pack as text does.
struct Words(u64);

impl Words {
    fn number(&mut self, below: u64) -> u64 {
        // xorshift64
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..6 + self.number(5) {
            let length = 3 + self.number(6);
            // A word of three thousand, always with the same letters.
            let mut word = Words(self.number(3_000) * 7_919 + 1);
            for _ in 0..length {
                text.push(char::from(b'a' + word.number(26) as u8));
            }
            text.push(' ');
        }
        text
    }
}

/// A workbook with texts in all cells but those of ids, each of which stands once; and the bytes of these texts.
fn workbook() -> (Vec<u8>, usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/xlsxwriter.xlsx");
    let mut whole = ZipArchive::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let (sheet, strings) = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml");
    for index in 0..whole.len() {
        let mut entry = whole.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        if name == sheet || name == strings {
            continue;
        }
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        writer.start_file(&name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    writer.start_file(sheet, options).unwrap();
    write!(
        writer,
        "<?xml version=\"1.0\"?><worksheet {MAIN}><sheetData>"
    )
    .unwrap();
    for row in 0..=ROWS {
        let mut cells = String::new();
        if row > 0 {
            write!(cells, "<c r=\"A{}\"><v>{row}</v></c>", row + 1).unwrap();
        }
        for (place, letter) in ["B", "C", "D", "E"].into_iter().enumerate() {
            let text = row * COLUMNS.len() + place;
            write!(
                cells,
                "<c r=\"{letter}{}\" t=\"s\"><v>{text}</v></c>",
                row + 1
            )
            .unwrap();
        }
        write!(writer, "<row r=\"{}\">{cells}</row>", row + 1).unwrap();
    }
    write!(writer, "</sheetData></worksheet>").unwrap();
    writer.start_file(strings, options).unwrap();
    let count = (ROWS + 1) * COLUMNS.len();
    write!(
        writer,
        "<?xml version=\"1.0\"?><sst {MAIN} count=\"{count}\" uniqueCount=\"{count}\">"
    )
    .unwrap();
    let (mut words, mut bytes) = (Words(42), 0);
    for text in 0..count {
        let text = match COLUMNS.get(text) {
            Some(name) => (*name).to_owned(),
            None => words.text(),
        };
        bytes += text.len();
        write!(writer, "<si><t>{text}</t></si>").unwrap();
    }
    write!(writer, "</sst>").unwrap();
    (writer.finish().unwrap().into_inner(), bytes)
}

#[test]
fn a_workbook_of_100_000_rows_takes_less_than_three_times_its_file() {
    let (bytes, texts) = workbook();
    let file = bytes.len();
    let source = Rc::new(bytes);
    let before = reset_memory_peak();
    let (mut rows, mut most_held) = (0, 0);
    let flow = open("large.xlsx", source, &Limits::default(), &mut |event| {
        let held = match &event {
            Event::Rows(table) => table.rows(),
            Event::Table(table) => table.table.rows(),
            _ => 0,
        };
        rows += held;
        most_held = most_held.max(held);
        Ok(Flow::Continue)
    });
    assert!(flow.unwrap().is_continue());
    assert_eq!(rows, ROWS);
    assert!(most_held <= 1_000, "{most_held} rows at once");
    if let (Some(before), Some(most)) = (before, memory_peak()) {
        let grown = most.saturating_sub(before) as f64;
        let times = grown / file as f64;
        println!(
            "{file} bytes of file, {texts} of texts, {grown} of memory: {times:.2} times the file"
        );
        assert!(
            times < TIMES,
            "{grown} bytes for a file of {file}: {times:.2} times"
        );
    }
}
