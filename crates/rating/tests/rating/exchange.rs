//! Judgements from files of other tools.

use assay_rating::Preference;
use assay_rating::analysis::{OutputLengths, analyse};
use assay_rating::exchange::unused::{Skipped, SkippedValues};
use assay_rating::exchange::{Foreign, ForeignError, link, read};
use assay_rating::judgements::Scale;
use assay_testing::shared;
use proptest::prelude::*;

fn table(name: &str, text: &str) -> Foreign {
    read(name, text.as_bytes()).unwrap()
}

#[test]
fn long_and_wide_tables_say_the_same() {
    let long = table(
        "long.csv",
        "rater,item,system,dimension,value\nann,1,a,fluency,4\nann,1,b,fluency,2\nbob,1,a,fluency,5\nann,1,a,true,x\n",
    );
    let skipped = [SkippedValues {
        reason: Skipped::NotANumber,
        count: 1,
    }];
    assert_eq!(long.skipped, skipped);
    let wide = table(
        "wide.csv",
        "标注员,item,model,fluency,note\nann,1,a,4,good\nann,1,b,2,bad\nbob,1,a,5,fine\n",
    );
    assert_eq!(long.table.ratings, wide.table.ratings);
    assert_eq!(
        long.table.dimensions[0].scale,
        Scale::Points { least: 1, most: 5 }
    );
    assert_eq!(wide.table.raters[0].answered, 1);
}

#[test]
fn arena_logs_are_comparisons() {
    let found = table(
        "arena.jsonl",
        "{\"question_id\": \"q1\", \"model_a\": \"x\", \"model_b\": \"y\", \"winner\": \"model_a\", \"judge\": \"j\"}\n\
         {\"question_id\": \"q2\", \"model_a\": \"y\", \"model_b\": \"x\", \"winner\": \"tie (bothbad)\", \"judge\": \"j\"}\n",
    );
    let said: Vec<Preference> = found
        .table
        .comparisons
        .iter()
        .map(|c| c.preference)
        .collect();
    assert_eq!(said, [Preference::First, Preference::BothBad]);
    assert_eq!(found.table.comparisons[1].systems, [1, 0]);
}

#[test]
fn label_studios_export_is_understood() {
    let text = r#"[{"id": 7, "data": {"text": "t", "model": "tuned"}, "annotations": [
        {"completed_by": {"id": 3, "email": "ann@example.org"}, "was_cancelled": false, "result": [
            {"from_name": "quality", "to_name": "text", "type": "rating", "value": {"rating": 4}},
            {"from_name": "ok", "to_name": "text", "type": "choices", "value": {"choices": ["Yes"]}},
            {"from_name": "best", "to_name": "one,two", "type": "pairwise", "value": {"selected": "right"}}]},
        {"completed_by": 4, "was_cancelled": true, "result": [
            {"from_name": "quality", "to_name": "text", "type": "rating", "value": {"rating": 1}}]}]}]"#;
    let found = table("ls.json", text).table;
    assert_eq!(found.raters.len(), 1);
    assert_eq!(found.raters[0].name, "ann@example.org");
    assert_eq!(found.ratings.len(), 2);
    assert_eq!(found.systems[found.ratings[0].system], "tuned");
    assert_eq!(found.comparisons[0].preference, Preference::Second);
}

#[test]
fn argillas_three_layouts_are_understood() {
    let two = r#"[{"id": "r1", "fields": {"text": "t"}, "metadata": {"model": "m"}, "responses":
        {"quality": [{"value": 3, "user_id": "u1"}, {"value": 4, "user_id": "u2"}],
         "order": [{"value": ["a", "b"], "user_id": "u1"}]}}]"#;
    let hub = r#"[{"id": "r1", "model": "m", "quality.responses": [3, 4], "quality.responses.users": ["u1", "u2"]}]"#;
    let one = r#"[{"external_id": "r1", "metadata": {"model": "m"}, "quality": [
        {"user_id": "u1", "value": 3, "status": "submitted"}, {"user_id": "u2", "value": 4, "status": "submitted"},
        {"user_id": "u3", "value": 1, "status": "discarded"}],
        "order": [{"user_id": "u1", "status": "submitted", "value": [{"rank": 2, "value": "b"}, {"rank": 1, "value": "a"}]}]}]"#;
    let quality = |text: &str| {
        let found = table("a.json", text).table;
        let dimension = found
            .dimensions
            .iter()
            .position(|d| d.name == "quality")
            .unwrap();
        let own = found.ratings.iter().filter(|r| r.dimension == dimension);
        own.map(|r| {
            (
                found.raters[r.rater].name.clone(),
                found.systems[r.system].clone(),
                r.value,
            )
        })
        .collect::<Vec<_>>()
    };
    let expected = [("u1", 3.0), ("u2", 4.0)].map(|(u, v)| (u.to_owned(), "m".to_owned(), v));
    for text in [two, hub, one] {
        assert_eq!(quality(text), expected);
    }
    for text in [two, one] {
        let found = table("a.json", text).table;
        let names: Vec<&str> = found.orders[0]
            .systems
            .iter()
            .map(|&s| &*found.systems[s])
            .collect();
        assert_eq!(names, ["a", "b"]);
    }
}

#[test]
fn units_find_their_rows_by_id_and_by_number() {
    use assay_data::{DataSet, Importer};
    let data = |text: &str| {
        let mut importer = Importer::new("d.csv");
        importer.push(text.as_bytes()).unwrap();
        DataSet::join(vec![importer.finish().unwrap()]).unwrap()
    };
    let rows = |text: &str, with: &str| {
        let mut found = table("r.csv", text).table;
        link(&mut found, &data(with));
        found.units.iter().map(|u| u.row).collect::<Vec<_>>()
    };
    let ratings = "rater,item,fluency\nann,x2,4\nann,x1,2\nann,x9,1\n";
    let with = "id,reference,a\nx1,r,o\nx2,r,o\nx3,r,o\n";
    assert_eq!(rows(ratings, with), [Some(1), Some(0), None]);
    let numbered = "rater,item,fluency\nann,1,4\nann,2,2\nann,3,1\n";
    let plain = "reference,a\nr,o\nr,o\nr,o\n";
    assert_eq!(rows(numbered, plain), [Some(0), Some(1), Some(2)]);
    let fewer = "rater,item,fluency\nann,1,4\nann,2,2\n";
    assert_eq!(
        rows(fewer, plain),
        [None, None],
        "whether from 0 or from 1 can't be known"
    );
}

#[test]
fn a_file_without_ratings_says_so() {
    for text in ["a,b\n1,2\n", "reference,tuned\nx,y\n", "[{\"a\": 1}]"] {
        assert!(
            matches!(
                read("x.csv", text.as_bytes()),
                Err(ForeignError::Nothing { .. })
            ),
            "{text}"
        );
    }
    assert!(matches!(
        read("x.csv", b""),
        Err(ForeignError::Table { .. })
    ));
}

#[test]
fn real_judgements_are_read_and_analysed() {
    let open = |name: &str| {
        let bytes = std::fs::read(shared(&format!("data/{name}"))?).unwrap();
        Some(read(name, &bytes).unwrap())
    };
    let Some(panda) = open("pandalm/testset-v1.json") else {
        return;
    };
    assert_eq!(
        (panda.table.systems.len(), panda.table.raters.len()),
        (5, 3)
    );
    let found = analyse(&panda.table, 0, &[], &OutputLengths::default());
    let concord = &found.dimensions[0].concord;
    assert_eq!((concord.raters, concord.units), (3, 600));
    assert!((concord.alpha.unwrap() - 0.8408584900784422).abs() < 1e-9);
    let ranked = found.dimensions[0]
        .preferences
        .as_ref()
        .unwrap()
        .ranked
        .as_ref()
        .unwrap();
    let best = ranked
        .systems
        .iter()
        .max_by(|a, b| a.value.total_cmp(&b.value))
        .unwrap();
    assert_eq!(found.systems[best.system], "llama-7b");
    let mqm = open("wmt-mqm/generalMT2023-ende.3raters.csv")
        .unwrap()
        .table;
    assert_eq!(mqm.raters.len(), 10);
    let found = analyse(&mqm, 0, &[], &OutputLengths::default());
    assert_eq!(found.dimensions[0].concord.units, 660);
    assert!((found.dimensions[0].concord.alpha.unwrap() - 0.5661689249171555).abs() < 1e-9);
    let unieval = open("unieval/topical_chat.json").unwrap().table;
    assert!(unieval.dimensions.iter().any(|d| d.name == "overall"));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        name in "(a\\.csv|a\\.json|a\\.jsonl)",
    ) {
        if let Ok(found) = read(&name, &bytes) {
            // A refusal is as good as a result: only a panic fails this test.
            let _ = analyse(&found.table, 0, &[], &OutputLengths::default());
        }
    }

    #[test]
    fn nearly_ratings_never_panic(
        text in "(rater|item|system|value|dimension|model_a|model_b|winner|annotator1|[ab12,\n]){0,60}",
    ) {
        if let Ok(found) = read("a.csv", text.as_bytes()) {
            // A refusal is as good as a result: only a panic fails this test.
            let _ = analyse(&found.table, 0, &[], &OutputLengths::default());
        }
    }

    #[test]
    fn nearly_exports_never_panic(
        kind in "(rating|choices|pairwise|number)",
        value in "(\\{\"rating\": [0-9]\\}|\\{\"choices\": \\[\"[a-z0-9]{0,3}\"\\]\\}|null|\\{\"selected\": \"left\"\\}|[0-9])",
        to in "[a-z,]{0,5}",
    ) {
        let text = format!(
            r#"[{{"annotations": [{{"completed_by": 1, "result": [{{"from_name": "q", "to_name": "{to}", "type": "{kind}", "value": {value}}}]}}]}}]"#
        );
        if let Ok(found) = read("a.json", text.as_bytes()) {
            // A refusal is as good as a result: only a panic fails this test.
            let _ = analyse(&found.table, 0, &[], &OutputLengths::default());
        }
    }
}
