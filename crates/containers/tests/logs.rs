//! Logs of Inspect: archives of which the samples become the lines of one file.

use assay_containers::{ContainerError, Limits, read};
use assay_data::{DataSet, Role};
use std::rc::Rc;

const ZSTD: u16 = 93;
const STORED: u16 = 0;

/// An archive whose files are packed by a method, which its writer here knows only as a number.
fn archive(method: u16, files: &[(&str, &str)]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let packed = match method {
            ZSTD => ruzstd::encoding::compress_to_vec(
                text.as_bytes(),
                ruzstd::encoding::CompressionLevel::Fastest,
            ),
            _ => text.as_bytes().to_vec(),
        };
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let mut common = Vec::new();
        for number in [20, 0, method, 0, 0] {
            common.extend(u16::to_le_bytes(number));
        }
        for number in [crc.sum(), packed.len() as u32, text.len() as u32] {
            common.extend(number.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        let start = bytes.len() as u32;
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(&packed);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(start.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let (start, length) = (bytes.len() as u32, list.len() as u32);
    bytes.extend(list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([files.len() as u16; 2].map(u16::to_le_bytes).concat());
    bytes.extend(length.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

const HEADER: &str = r#"{"version": 2, "status": "success", "plan": {}, "results": {},
    "eval": {"task": "legs", "model": "openai/gpt-4o", "config": {"epochs": 1}}}"#;

fn sample(id: u32, letter: &str) -> String {
    format!(
        r#"{{"id": {id}, "epoch": 1, "input": "How many?", "target": "8", "events": [{{"event": "model"}}],
        "output": {{"choices": [{{"message": {{"content": "It is {id}."}}}}]}},
        "scores": {{"match": {{"value": "{letter}"}}}}}}"#
    )
}

fn log(method: u16) -> Vec<u8> {
    archive(
        method,
        &[
            ("_journal/start.json", HEADER),
            ("samples/8_epoch_1.json", &sample(8, "C")),
            ("samples/6_epoch_1.json", &sample(6, "I")),
            ("summaries.json", "[]"),
            ("header.json", HEADER),
        ],
    )
}

#[test]
fn samples_are_rows_whether_they_are_packed_with_zstd_or_not() {
    for method in [STORED, ZSTD] {
        let opened = read("logs/run.eval", Rc::new(log(method)), &Limits::default()).unwrap();
        assert_eq!(opened.left_out, []);
        let [table] = &opened.tables[..] else {
            panic!("{} tables", opened.tables.len());
        };
        let data = DataSet::join(vec![table.clone()]).unwrap();
        assert_eq!(data.table.rows(), 2);
        assert_eq!(data.systems()[0].1, "openai/gpt-4o");
        assert_eq!(data.references(0), ["8"]);
        assert!(data.column_with(Role::Measure).is_some());
        let scores = [0, 1].map(|row| data.measures()[0].value(&data, 0, row));
        assert_eq!(scores, [Some(1.0), Some(0.0)]);
    }
}

#[test]
fn a_damaged_sample_costs_only_itself() {
    let bytes = archive(
        STORED,
        &[
            ("header.json", HEADER),
            ("samples/1_epoch_1.json", &sample(1, "C")),
            ("samples/2_epoch_1.json", "{\"id\": 2, "),
        ],
    );
    let opened = read("run.eval", Rc::new(bytes), &Limits::default()).unwrap();
    assert_eq!(opened.tables[0].table.rows(), 1);
    let damaged = "run.eval/samples/2_epoch_1.json";
    assert!(
        matches!(&opened.left_out[..], [ContainerError::Damaged { file, .. }] if file == damaged),
        "{:?}",
        opened.left_out
    );
}
