//! Archives: what is in them, under which path, and what is refused before it is unpacked.

use assay_containers::{ContainerError, Event, Flow, Limits, Opened, open, read};
use assay_data::ImportError;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const CSV: &[u8] = b"id,reference\n1,a\n2,b\n";

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        match name.strip_suffix('/') {
            Some(folder) => writer.add_directory(folder, deflated).unwrap(),
            None => {
                writer.start_file(*name, deflated).unwrap();
                writer.write_all(bytes).unwrap();
            }
        }
    }
    writer.finish().unwrap().into_inner()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    std::fs::read(folder.join(name)).unwrap()
}

fn opened(name: &str, bytes: Vec<u8>) -> Result<Opened, ContainerError> {
    read(name, Rc::new(bytes), &Limits::default())
}

fn names(opened: &Opened) -> Vec<&str> {
    opened.tables.iter().map(|t| t.file.as_str()).collect()
}

#[test]
fn files_have_the_paths_that_they_have_in_the_archive() {
    let zip = packed(&[
        ("outputs/", b""),
        ("outputs/base.csv", CSV),
        ("__MACOSX/outputs/._base.csv", b"\0\x05\x16\x07"),
        (".DS_Store", b"\0\0\0\x01Bud1"),
        ("outputs\\tuned.jsonl.zst", &zstd(b"{\"id\": 1}\n")),
        ("all.parquet", &file("duckdb.parquet")),
        (
            "more.zip",
            &packed(&[("book.xlsx", &file("openpyxl.xlsx"))]),
        ),
    ]);
    let opened = opened("run.zip", zip).unwrap();
    assert_eq!(
        names(&opened),
        [
            "run.zip/outputs/base.csv",
            "run.zip/outputs/tuned.jsonl",
            "run.zip/all.parquet",
            "run.zip/more.zip/book.xlsx#Outputs",
            "run.zip/more.zip/book.xlsx#另一张表",
        ]
    );
    assert_eq!(opened.left_out, []);
}

#[test]
fn a_stream_of_zstd_is_the_file_in_it() {
    let opened = opened("outputs.csv.zst", zstd(CSV)).unwrap();
    assert_eq!(names(&opened), ["outputs.csv"]);
    assert_eq!(opened.tables[0].table.rows(), 2);
}

#[test]
fn files_that_cannot_be_read_are_left_out_with_a_reason_and_the_others_are_read() {
    let mut encrypted = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for name in ["secret.csv", "open.csv"] {
        encrypted.start_file(name, options).unwrap();
        encrypted.write_all(CSV).unwrap();
    }
    let mut encrypted = encrypted.finish().unwrap().into_inner();
    // The bit that says so, in the first file's header and in its entry in the list at the end.
    let entry = encrypted
        .windows(4)
        .position(|w| w == b"PK\x01\x02")
        .unwrap();
    encrypted[6] |= 1;
    encrypted[entry + 8] |= 1;
    let read = opened("run.zip", encrypted).unwrap();
    assert_eq!(names(&read), ["run.zip/open.csv"]);
    let secret = "run.zip/secret.csv".to_owned();
    assert_eq!(read.left_out, [ContainerError::Encrypted { file: secret }]);

    let broken = &file("duckdb.parquet")[..500];
    let read = opened(
        "run.zip",
        packed(&[("a.parquet", broken), ("b.csv", CSV), ("c.csv", b"")]),
    );
    let read = read.unwrap();
    assert_eq!(names(&read), ["run.zip/b.csv"]);
    assert!(
        matches!(&read.left_out[0], ContainerError::Damaged { file, .. } if file == "run.zip/a.parquet")
    );
    let empty = "run.zip/c.csv".to_owned();
    assert_eq!(read.left_out[1], ImportError::Empty { file: empty }.into());
}

#[test]
fn names_in_gbk_are_read() {
    let mut zip = packed(&[("abcd.csv", CSV)]);
    let name = encoding_rs::GBK.encode("输出").0.into_owned();
    for at in 0..zip.len() - 4 {
        if &zip[at..at + 4] == b"abcd" {
            zip[at..at + 4].copy_from_slice(&name);
        }
    }
    assert_eq!(names(&opened("r.zip", zip).unwrap()), ["r.zip/输出.csv"]);
}

#[test]
fn what_is_packed_more_than_twice_is_refused() {
    let two = packed(&[("b.zip", &packed(&[("a.csv", CSV)]))]);
    let read = opened("c.zip", two.clone()).unwrap();
    assert_eq!(names(&read), ["c.zip/b.zip/a.csv"]);
    let error = opened("d.zip", packed(&[("c.zip", &two)])).unwrap_err();
    let file = "d.zip/c.zip/b.zip".to_owned();
    assert_eq!(error, ContainerError::TooDeep { file });
}

#[test]
fn limits_hold_for_what_an_archive_says_and_for_what_comes() {
    let limits = Limits {
        member_bytes: 1000,
        total_bytes: 2500,
        members: 3,
        nested_bytes: 500,
    };
    let open = |bytes: Vec<u8>| read("a.zip", Rc::new(bytes), &limits);
    let large = vec![b'a'; 1001];
    let half = vec![b'a'; 900];
    let error = open(packed(&[("a.txt", &large)])).unwrap_err();
    assert!(
        matches!(&error, ContainerError::TooLarge { file, .. } if file == "a.zip/a.txt"),
        "{error}"
    );
    let error = open(packed(&[
        ("a.txt", &half),
        ("b.txt", &half),
        ("c.txt", &half),
    ]))
    .unwrap_err();
    assert!(
        matches!(&error, ContainerError::TooLarge { file, .. } if file == "a.zip"),
        "{error}"
    );
    let four = [
        ("a.txt", CSV),
        ("b.txt", CSV),
        ("c.txt", CSV),
        ("d.txt", CSV),
    ];
    let error = open(packed(&four)).unwrap_err();
    assert!(matches!(
        error,
        ContainerError::TooManyFiles {
            found: 4,
            limit: 3,
            ..
        }
    ));
    let error = open(packed(&[("a.parquet", &file("duckdb.parquet")[..600])])).unwrap_err();
    assert!(
        matches!(&error, ContainerError::TooLarge { file, .. } if file == "a.zip/a.parquet"),
        "{error}"
    );
    let error = open(zstd(&vec![b'a'; 2501])).unwrap_err();
    assert!(matches!(error, ContainerError::TooLarge { .. }), "{error}");
}

#[test]
fn a_file_that_unpacks_to_more_than_the_archive_says_is_refused() {
    let mut zip = packed(&[("a.csv", &CSV.repeat(100))]);
    let entry = zip.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    for at in [22, entry + 24] {
        zip[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let error = opened("a.zip", zip).unwrap_err();
    assert!(
        matches!(&error, ContainerError::Damaged { file, .. } if file == "a.zip/a.csv"),
        "{error}"
    );
}

#[test]
fn a_receiver_can_skip_a_file_and_stop() {
    let zip = packed(&[("a.csv", CSV), ("b.csv", CSV), ("c.csv", CSV)]);
    let mut seen = Vec::new();
    let outcome = open("r.zip", Rc::new(zip), &Limits::default(), &mut |event| {
        Ok(match event {
            Event::File { path, bytes } => {
                assert_eq!(bytes, Some(CSV.len() as u64));
                seen.push(path.to_owned());
                if path == "r.zip/a.csv" {
                    Flow::Skip
                } else {
                    Flow::Continue
                }
            }
            Event::Piece(piece) => {
                seen.push(piece.len().to_string());
                Flow::Continue
            }
            Event::FileEnd => Flow::Stop,
            _ => Flow::Continue,
        })
    });
    assert_eq!(outcome, Ok(ControlFlow::Break(())));
    assert_eq!(seen, ["r.zip/a.csv", "r.zip/b.csv", &CSV.len().to_string()]);
}

#[test]
fn reading_a_table_can_be_stopped() {
    let bytes = file("pyarrow-v2-groups.parquet");
    let mut rows = Vec::new();
    let outcome = open(
        "a.parquet",
        Rc::new(bytes),
        &Limits::default(),
        &mut |event| {
            Ok(match event {
                Event::Progress(progress) => {
                    assert_eq!(progress.all, 5);
                    rows.push(progress.done);
                    if progress.done >= 4 {
                        Flow::Stop
                    } else {
                        Flow::Continue
                    }
                }
                _ => Flow::Continue,
            })
        },
    );
    assert_eq!(outcome, Ok(ControlFlow::Break(())));
    assert_eq!(rows, [2, 4]);
}
