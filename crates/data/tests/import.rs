//! Import: the layouts whose roles are guessed without a touch, encodings, and hostile input.

use assay_data::import::{ImportError, Imported, Importer, Reason};
use assay_data::{DataSet, Role};
use proptest::prelude::*;
use std::io::Write;

fn import(file: &str, bytes: &[u8], slice: usize) -> Result<Imported, ImportError> {
    let mut importer = Importer::new(file);
    for piece in bytes.chunks(slice.max(1)) {
        importer.push(piece)?;
    }
    importer.finish()
}

fn set(file: &str, text: &str) -> DataSet {
    DataSet::join(vec![import(file, text.as_bytes(), 7).unwrap()]).unwrap()
}

fn roles(data: &DataSet) -> Vec<(&str, Role)> {
    data.table
        .names()
        .iter()
        .map(String::as_str)
        .zip(data.roles.iter().copied())
        .collect()
}

#[test]
fn a_wide_csv_is_understood() {
    let data = set(
        "wide.csv",
        "id,prompt,reference,base,finetuned,domain\n1,Hi,Hello,Hey,Hello,chat\n2,\"A, b\",\"C \"\"d\"\"\nmore\",E,F,law\n",
    );
    use Role::*;
    let found: Vec<Role> = data.roles.clone();
    assert_eq!(
        found,
        [Id, Source, Reference, Hypothesis, Hypothesis, Slice]
    );
    assert_eq!(data.references(1), ["C \"d\"\nmore"]);
}

#[test]
fn hugging_face_columns_are_understood() {
    let data = set(
        "hf.json",
        r#"{"predictions": ["a b", "c"], "references": [["a", "b"], ["c", "d"]]}"#,
    );
    assert_eq!(
        roles(&data),
        [
            ("predictions", Role::Hypothesis),
            ("references[0]", Role::Reference),
            ("references[1]", Role::Reference)
        ]
    );
}

#[test]
fn lm_evaluation_harness_samples_are_understood() {
    let line = |i: u32| {
        format!(
            "{{\"doc_id\": {i}, \"doc\": {{\"question\": \"Q{i} is long?\", \"answer\": \"A{i}\"}}, \"target\": \"A{i}\", \"arguments\": [[\"Q\"]], \"resps\": [[\"out {i}\"]], \"filtered_resps\": [\"out {i}\"], \"doc_hash\": \"x{i}\"}}\n"
        )
    };
    let data = set("samples.jsonl", &(0..8).map(line).collect::<String>());
    assert_eq!(data.systems().len(), 1);
    assert_eq!(data.references(3), ["A3"]);
    assert_eq!(
        data.column_with(Role::Id)
            .map(|c| data.table.names()[c].as_str()),
        Some("doc_id")
    );
    assert_eq!(
        data.column_with(Role::Source)
            .map(|c| data.table.names()[c].as_str()),
        Some("doc.question")
    );
}

#[test]
fn promptfoo_and_llm_comparator_are_understood() {
    let promptfoo = r#"{"results": {"results": [
      {"testIdx": 0, "provider": {"id": "m:a"}, "prompt": {"raw": "Say x"}, "vars": {"topic": "x"}, "response": {"output": "x!"}, "testCase": {"assert": [{"type": "equals", "value": "x"}]}},
      {"testIdx": 0, "provider": {"id": "m:b"}, "prompt": {"raw": "Say x"}, "vars": {"topic": "x"}, "response": {"output": "y"}, "testCase": {"assert": [{"type": "equals", "value": "x"}]}}]}}"#;
    let data = set("output.json", promptfoo);
    assert_eq!(
        data.systems().iter().map(|s| s.1).collect::<Vec<_>>(),
        ["m:a", "m:b"]
    );
    assert_eq!(data.references(0), ["x"]);

    let comparator = r#"{"metadata": {"source_path": "s"}, "models": [{"name": "A"}, {"name": "B"}], "examples": [
      {"input_text": "Write", "tags": ["Math"], "output_text_a": "one two", "output_text_b": "three", "score": 1.5, "individual_rater_scores": []},
      {"input_text": "Read", "tags": ["Math"], "output_text_a": "four", "output_text_b": "five six", "score": -1.0, "individual_rater_scores": []}]}"#;
    let data = set("comparator.json", comparator);
    assert_eq!(
        data.systems().iter().map(|s| s.1).collect::<Vec<_>>(),
        ["A", "B"]
    );
    assert_eq!(data.column_with(Role::Source), Some(1));
}

#[test]
fn a_word_inside_a_longer_name_decides_the_role() {
    let data = set(
        "long.csv",
        "newstest-src,human_reference,base model,gold_label\na b,c d,e f,x\ng h,i j,k l,y\n",
    );
    let guessed: Vec<Role> = roles(&data).into_iter().map(|(_, role)| role).collect();
    assert_eq!(
        guessed[..3],
        [Role::Source, Role::Reference, Role::Hypothesis]
    );
    assert_ne!(guessed[3], Role::Reference);
}

#[test]
fn parallel_files_join_by_line_and_tables_by_id() {
    let files = [
        ("ref.txt", "a\nb\n"),
        ("base.txt", "a\nc\n"),
        ("tuned.txt", "a\nb\n"),
    ];
    let files = files.map(|(name, text)| import(name, text.as_bytes(), 3).unwrap());
    let data = DataSet::join(files.into()).unwrap();
    assert_eq!(
        roles(&data),
        [
            ("ref", Role::Reference),
            ("base", Role::Hypothesis),
            ("tuned", Role::Hypothesis)
        ]
    );
    let one = import("a.csv", b"id,reference,prediction\n1,x,y\n2,z,w\n", 99).unwrap();
    let two = import("b.csv", b"id,prediction\n2,zz\n1,xx\n3,no\n", 99).unwrap();
    let data = DataSet::join(vec![one, two]).unwrap();
    assert_eq!(
        data.systems().iter().map(|s| s.1).collect::<Vec<_>>(),
        ["a", "b"]
    );
    assert_eq!(data.hypothesis(data.systems()[1].0, 0), "xx");
    assert_eq!(data.unmatched_rows, 1);
}

#[test]
fn properties_of_a_test_set_are_no_systems_beside_a_file_of_outputs() {
    let mut test = String::from("id,reference,tier\n");
    let (mut outputs, mut short) = (String::from("id,prediction\n"), String::new());
    for i in 0..12 {
        let tier = ["gold", "silver"][i % 2];
        test.push_str(&format!("{i},the right answer {i},{tier}\n"));
        outputs.push_str(&format!("{i},another answer {i}\n"));
        // Never right, but from among the references.
        let (reference, answer) = (["A", "B", "C"][i % 3], ["B", "C", "A"][i % 3]);
        short.push_str(&format!("{i},{reference},{answer}\n"));
    }
    let read = |name: &str, text: &str| import(name, text.as_bytes(), 99).unwrap();
    let systems = |files: Vec<Imported>| -> Vec<String> {
        let data = DataSet::join(files).unwrap();
        let systems = data.systems().into_iter();
        systems.map(|system| system.1.to_owned()).collect()
    };
    let (test, outputs) = (read("test.csv", &test), read("base.csv", &outputs));
    assert_eq!(systems(vec![test.clone(), outputs.clone()]), ["base"]);
    assert_eq!(systems(vec![outputs, test]), ["base"]);
    let answers = |name: &str| format!("id,reference,{name}\n{short}");
    let files = ["base", "tuned"].map(|name| read(&format!("{name}.csv"), &answers(name)));
    assert_eq!(systems(files.into()), ["base", "tuned"]);
}

#[test]
fn encodings_and_gzip_give_the_same_rows() {
    let text = "参考,base,tuned\n今天天气很好，我们去公园散步吧。,今天天气好。,今天天气很好。\n明天会下雨，请记得带伞出门。,明天下雨。,明天会下雨。\n";
    let expected = import("a.csv", text.as_bytes(), 5).unwrap().table;
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.as_bytes()).unwrap();
    let utf16: Vec<u8> = std::iter::once(0xfeffu16)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let variants = [
        ("a.csv", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("a.csv.gz", gz.finish().unwrap()),
        ("a.csv", utf16),
        ("a.csv", encoding_rs::GB18030.encode(text).0.into_owned()),
    ];
    for (name, bytes) in variants {
        let table = import(name, &bytes, 11).unwrap().table;
        assert_eq!(table.names(), expected.names());
        assert_eq!(table.cell(0, 1), expected.cell(0, 1));
    }
    let japanese = "参照,モデル\n今日はとても良い天気ですね。,今日は良い天気です。\n";
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(japanese);
    let table = import("j.csv", &bytes, 4).unwrap().table;
    assert_eq!(table.cell(0, 0), Some("今日はとても良い天気ですね。"));
}

#[test]
fn bad_rows_are_set_aside_with_line_and_reason() {
    let ragged = import("r.csv", b"a,b\n1,2\n3\n4,5\n", 2).unwrap();
    assert_eq!(ragged.table.rows(), 2);
    assert_eq!(
        (ragged.problems[0].line, &ragged.problems[0].reason),
        (
            3,
            &Reason::Ragged {
                found: 1,
                expected: 2
            }
        )
    );

    let quote = import("q.csv", b"a,b\n1,2\n\"3,4\n5,6\n7,8\n", 4).unwrap();
    assert_eq!(quote.table.rows(), 3);
    assert_eq!(
        (quote.problems[0].line, &quote.problems[0].reason),
        (3, &Reason::UnclosedQuote)
    );

    let json = import(
        "j.jsonl",
        b"{\"a\": \"x\"}\n{\"a\": \"\\q\"}\n[1]\n{\"a\": \"y\"}\n",
        6,
    )
    .unwrap();
    assert_eq!(json.table.rows(), 2);
    assert_eq!(
        json.problems.iter().map(|p| p.line).collect::<Vec<_>>(),
        [2, 3]
    );

    let mut bytes = "名,b\n好的,2\n坏".as_bytes().to_vec();
    bytes.extend(b"\xff\xfe,3\n");
    bytes.extend("好的好的好的好的,4\n".as_bytes());
    let invalid = import("u.csv", &bytes, 99).unwrap();
    assert_eq!((invalid.table.rows(), invalid.problems[0].line), (2, 3));
}

#[test]
fn unreadable_files_get_an_error_with_a_sentence() {
    let kind = |name: &str, bytes: &[u8]| import(name, bytes, 4096).unwrap_err();
    assert!(matches!(kind("e.csv", b""), ImportError::Empty { .. }));
    assert!(matches!(kind("e.csv", b" \n"), ImportError::Empty { .. }));
    assert!(matches!(
        kind("h.csv", b"a,b\n"),
        ImportError::HeaderOnly { .. }
    ));
    assert!(matches!(
        kind("b.csv", b"\x7fELF\0\0\0\x01\x02"),
        ImportError::Binary { .. }
    ));
    assert!(matches!(
        kind("z.csv.gz", b"\x1f\x8b\x08\0nonsense at all here"),
        ImportError::Gzip { .. }
    ));
    let wide = (0..5000)
        .map(|i| format!("c{i}"))
        .collect::<Vec<_>>()
        .join(",");
    assert!(matches!(
        kind("w.csv", wide.as_bytes()),
        ImportError::TooManyColumns { found: 5000, .. }
    ));
    assert!(matches!(
        kind("e.jsonl", b"{\"a\": []}\n{}\n"),
        ImportError::NoRows { .. }
    ));
    let one = || import("a.txt", b"x\ny\n", 9).unwrap();
    let other = import("b.txt", b"x\n", 9).unwrap();
    assert!(matches!(
        DataSet::join(vec![one(), other]),
        Err(ImportError::RowCounts { .. })
    ));
    let twice = || import("t.csv", b"id,output\n1,a\n1,b\n", 9).unwrap();
    assert!(matches!(
        DataSet::join(vec![twice(), twice()]),
        Err(ImportError::DuplicateId { .. })
    ));
}

/// A valid file of every format.
fn valid() -> Vec<(&'static str, Vec<u8>)> {
    let csv = "id,reference,a,b\n1,\"x, \"\"y\"\"\nz\",q,r\n2,中文,,é\n";
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(csv.as_bytes()).unwrap();
    let utf16: Vec<u8> = csv.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let json = r#"[{"reference": ["x", "y"], "a": {"b": 1}}, {"a": "\u4e2d\n"}]"#;
    let columns = r#"{"predictions": ["a b", "c"], "references": [["a", "b"], ["c", "d"]]}"#;
    vec![
        ("a.csv", csv.into()),
        ("a.tsv", csv.replace(',', "\t").into()),
        ("a.csv.gz", gzip.finish().unwrap()),
        ("u.csv", [vec![0xFF, 0xFE], utf16].concat()),
        ("a.json", json.into()),
        ("c.json", columns.into()),
        (
            "a.jsonl",
            "{\"a\": 1, \"reference\": \"x\"}\n{\"a\": [2]}\n".into(),
        ),
        ("a.txt", "one\r\ntwo\nthree".into()),
    ]
}

proptest! {
    #[test]
    fn no_bytes_make_the_importer_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        name in "(a\\.csv|a\\.tsv|a\\.json|a\\.jsonl|a\\.txt|a\\.csv\\.gz|pasted)",
        slice in 1usize..50,
    ) {
        // A refusal is as good as a result: only a panic fails this test.
        let _ = import(&name, &bytes, slice);
    }

    #[test]
    fn nearly_tables_never_panic_and_slices_do_not_matter(
        text in "[ab1,\"\n\t{}\\[\\]:é中]{0,200}",
        name in "(a\\.csv|a\\.tsv|a\\.json|a\\.jsonl|a\\.txt|pasted)",
        slice in 1usize..9,
    ) {
        let whole = import(&name, text.as_bytes(), usize::MAX).map(|i| (i.table.rows(), i.problems));
        let pieces = import(&name, text.as_bytes(), slice).map(|i| (i.table.rows(), i.problems));
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn damaged_files_give_rows_or_a_sentence(
        (name, text) in proptest::sample::select(valid()),
        edits in proptest::collection::vec((any::<u16>(), any::<u8>(), 0u8..4), 1..12),
        slice in 1usize..90,
    ) {
        let mut bytes = text;
        for (at, byte, kind) in edits {
            let at = usize::from(at) % (bytes.len() + 1);
            match kind {
                0 => bytes.insert(at, byte),
                1 => bytes.truncate(at),
                2 if at < bytes.len() => bytes[at] = byte,
                _ => bytes.extend_from_within(..at),
            }
        }
        match import(name, &bytes, slice).and_then(|file| DataSet::join(vec![file])) {
            Ok(data) => {
                prop_assert!(data.table.rows() > 0);
                prop_assert_eq!(data.roles.len(), data.table.names().len());
            }
            Err(error) => prop_assert!(error.to_string().contains(name)),
        }
    }

    #[test]
    fn what_is_written_as_jsonl_is_read_back(cells in proptest::collection::vec("\\PC{0,20}", 1..20)) {
        let text: String =
            cells.iter().map(|c| serde_json::json!({"reference": c}).to_string() + "\n").collect();
        let table = import("x.jsonl", text.as_bytes(), 13).unwrap().table;
        let back: Vec<&str> = (0..table.rows()).map(|r| table.cell(0, r).unwrap()).collect();
        prop_assert_eq!(back, cells);
    }
}

#[test]
fn the_shared_outputs_are_imported_without_corrections() {
    let Some(folder) = assay_testing::shared("data") else {
        return;
    };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "jsonl") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let first: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(text.lines().next().unwrap()).unwrap();
        let systems: Vec<&str> = first
            .iter()
            .filter(|(k, v)| *k != "references" && v.is_string())
            .map(|(k, _)| k.as_str())
            .collect();
        let data = set(path.file_name().unwrap().to_str().unwrap(), &text);
        let mut found: Vec<&str> = data.systems().iter().map(|s| s.1).collect();
        let mut expected = systems.clone();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{path:?}");
        assert!(data.column_with(Role::Reference).is_some(), "{path:?}");
    }
}
