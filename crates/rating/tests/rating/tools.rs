//! Judgements as the tools of the field export them: small files in their layouts.

use assay_rating::Preference;
use assay_rating::analysis::{Analysis, OutputLengths, analyse};
use assay_rating::exchange::unused::{Skipped, Unused};
use assay_rating::exchange::{Foreign, read};
use serde_json::{Value, json};

pub(crate) fn found(name: &str, text: &str) -> Foreign {
    read(name, text.as_bytes()).unwrap()
}

pub(crate) fn lines(records: &[Value]) -> String {
    records.iter().map(|r| format!("{r}\n")).collect()
}

pub(crate) fn skipped(found: &Foreign) -> Vec<(Skipped, usize)> {
    found.skipped.iter().map(|s| (s.reason, s.count)).collect()
}

fn unused(found: &Foreign) -> Vec<(&str, Unused)> {
    let columns = found.unused.iter();
    columns.map(|c| (c.name.as_str(), c.reason)).collect()
}

pub(crate) fn dimensions(found: &Foreign) -> Vec<&str> {
    let dimensions = found.table.dimensions.iter();
    dimensions.map(|d| d.name.as_str()).collect()
}

/// Each rating by names: dimension, rater, unit, system.
fn rated(found: &Foreign) -> Vec<(&str, &str, &str, &str, f64)> {
    let t = &found.table;
    let ratings = t.ratings.iter();
    ratings
        .map(|r| {
            (
                t.dimensions[r.dimension].name.as_str(),
                t.raters[r.rater].name.as_str(),
                t.units[r.unit].name.as_str(),
                t.systems[r.system].as_str(),
                r.value,
            )
        })
        .collect()
}

pub(crate) fn analysis(found: &Foreign) -> Analysis {
    analyse(&found.table, 0, &[], &OutputLengths::default())
}

/// Wins, losses and ties of the second system, and its win rate.
pub(crate) fn outcome(found: &Foreign) -> (usize, usize, usize, f64) {
    let analysis = analysis(found);
    let dimension = analysis
        .dimensions
        .iter()
        .find_map(|d| d.preferences.clone());
    let pair = dimension.unwrap().pairs[0].clone();
    (pair.wins, pair.losses, pair.ties, pair.rate)
}

#[test]
fn label_studios_json_min_holds_results_beside_the_tasks_data() {
    let row = |id: u32, model: &str, helpful: u32, fluent: &str, who: u32| {
        json!({
            "text": "Why is the sky blue?", "model": model, "answer_length": 12, "words": 4, "id": id,
            "helpful": [{"rating": helpful}], "fluent": fluent, "best": [{"selected": "right"}],
            "tone": [{"choices": ["Polite", "Short"]}],
            "annotator": who, "annotation_id": 900 + id, "created_at": "2026-02-01T10:00:00Z",
            "updated_at": "2026-02-01T10:00:00Z", "lead_time": 3.25,
        })
    };
    let all = [
        row(1, "old", 2, "No", 7),
        row(2, "new", 5, "Yes", 7),
        row(3, "old", 3, "No", 8),
        row(4, "new", 4, "Yes", 8),
    ];
    let found = found("min.json", &json!(all).to_string());
    let mut names = dimensions(&found);
    names.sort_unstable();
    assert_eq!(names, ["best", "fluent", "helpful"]);
    let helpful: Vec<_> = rated(&found)
        .into_iter()
        .filter(|r| r.0 == "helpful")
        .collect();
    assert_eq!(helpful[0], ("helpful", "7", "1", "old", 2.0));
    assert_eq!(helpful[3], ("helpful", "8", "4", "new", 4.0));
    assert_eq!(found.table.comparisons.len(), 4);
    assert_eq!(found.table.comparisons[0].preference, Preference::Second);
    let reasons = unused(&found);
    for expected in [
        ("annotation_id", Unused::Identifier),
        ("lead_time", Unused::Time),
        ("created_at", Unused::Time),
        ("updated_at", Unused::Time),
        ("answer_length", Unused::Measurement),
        ("words", Unused::TaskData),
        ("text", Unused::Words),
        ("tone", Unused::Words),
    ] {
        assert!(reasons.contains(&expected), "{expected:?} in {reasons:?}");
    }
    assert_eq!(reasons.len(), 8, "{reasons:?}");
}

#[test]
fn label_studios_csv_holds_ratings_as_json_in_its_cells() {
    let text = "annotation_id,annotator,choice,created_at,helpful,id,lead_time,model,text,updated_at\n\
        1,a@example.org,\"{\"\"choices\"\": [\"\"4\"\"]}\",2026-02-01,\"[{\"\"rating\"\": 2}]\",1,5.5,old,Hello there.,2026-02-01\n\
        2,b@example.org,\"{\"\"choices\"\": [\"\"2\"\"]}\",2026-02-01,\"[{\"\"rating\"\": 5}]\",2,4.5,new,Good day.,2026-02-01\n\
        3,b@example.org,,2026-02-01,,3,4.5,new,Good day.,2026-02-01\n\
        4,\"{\"\"id\"\": 9, \"\"email\"\": \"\"c@example.org\"\"}\",,2026-02-01,\"[{\"\"rating\"\": 4}]\",4,4.5,new,Good day.,2026-02-01\n";
    let found = found("export.csv", text);
    let expected = [
        ("choice", "a@example.org", "1", "old", 4.0),
        ("helpful", "a@example.org", "1", "old", 2.0),
        ("choice", "b@example.org", "2", "new", 2.0),
        ("helpful", "b@example.org", "2", "new", 5.0),
        ("helpful", "c@example.org", "4", "new", 4.0),
    ];
    assert_eq!(rated(&found), expected);
    let reasons = unused(&found);
    assert!(reasons.contains(&("annotation_id", Unused::Identifier)));
    assert!(reasons.contains(&("lead_time", Unused::Time)));
}

#[test]
fn label_studios_cancelled_annotations_are_counted() {
    let result =
        json!([{"from_name": "q", "to_name": "t", "type": "rating", "value": {"rating": 3}}]);
    let task = json!([{"id": 1, "data": {"t": "x"}, "annotations": [
        {"completed_by": 1, "result": result, "was_cancelled": true},
        {"completed_by": 2, "result": result, "was_cancelled": false},
    ]}]);
    let tasks = found("ls.json", &task.to_string());
    assert_eq!(rated(&tasks), [("q", "2", "1", "t", 3.0)]);
    assert_eq!(skipped(&tasks), [(Skipped::Discarded, 1)]);
    // As its storages keep it: an annotation with its task.
    let kept = json!({"completed_by": 4, "result": result, "task": {"id": 5, "data": {"t": "x", "model": "m"}}});
    assert_eq!(
        rated(&found("5.json", &kept.to_string())),
        [("q", "4", "5", "m", 3.0)]
    );
}

fn answer(user: &str, value: u32, status: &str) -> Value {
    json!({"user_id": user, "value": value, "status": status})
}

#[test]
fn argillas_first_version_writes_metadata_as_a_text() {
    let record = json!({
        "text": "Hello.", "metadata": "{\"model\": \"new\", \"split\": \"a\"}", "external_id": "r1",
        "clear": [answer("u1", 4, "submitted"), answer("u2", 1, "discarded"), answer("u3", 2, "draft")],
        "clear-suggestion": 3, "clear-suggestion-metadata": {"type": "model", "score": 0.5, "agent": "gpt"},
    });
    let list = json!([record]).to_string();
    let expected = [("clear", "u1", "r1", "new", 4.0)];
    for (name, text) in [("a.json", list), ("a.jsonl", lines(&[record]))] {
        let found = found(name, &text);
        assert_eq!(rated(&found), expected);
        assert_eq!(skipped(&found), [(Skipped::Discarded, 2)]);
        assert_eq!(unused(&found), [("clear-suggestion", Unused::Suggestion)]);
    }
    // As its server keeps it.
    let kept = json!([{
        "id": "r1", "fields": {"text": "Hello."}, "metadata": {"model": "new"}, "responses": [
            {"user_id": "u1", "status": "submitted", "values": {"clear": {"value": 4}}},
            {"user_id": "u2", "status": "discarded", "values": {"clear": {"value": 1}}},
            {"user_id": "u3", "status": "discarded", "values": null},
        ],
    }]);
    let kept = found("kept.json", &kept.to_string());
    assert_eq!(rated(&kept), expected);
    assert_eq!(skipped(&kept), [(Skipped::Discarded, 1)]);
    // As Python writes it into CSV.
    let csv = "text,clear,external_id,metadata\n\
        Hello.,\"[{'user_id': 'u1', 'value': 4, 'status': 'submitted'}, {'user_id': 'u2', 'value': 1, 'status': 'discarded'}]\",r1,\"{\"\"model\"\": \"\"new\"\"}\"\n";
    assert_eq!(rated(&found("a.csv", csv)), expected);
}

#[test]
fn argillas_data_sets_hold_answers_users_and_status_side_by_side() {
    let first = json!({
        "id": "r1", "_server_id": "s1", "status": "completed", "text": "Hello.", "model": "old",
        "clear.responses": [4, 1, 5], "clear.responses.users": ["u1", "u2", "u3"],
        "clear.responses.status": ["submitted", "discarded", "submitted"],
        "clear.suggestion": 3, "clear.suggestion.score": null, "clear.suggestion.agent": null,
    });
    let expected = [
        ("clear", "u1", "r1", "old", 4.0),
        ("clear", "u3", "r1", "old", 5.0),
    ];
    let columns: serde_json::Map<String, Value> = first
        .as_object()
        .unwrap()
        .iter()
        .map(|(k, v)| (k.clone(), json!([v])))
        .collect();
    for (name, text) in [
        ("d.json", json!([first]).to_string()),
        ("d.jsonl", lines(&[first])),
        ("columns.json", json!(columns).to_string()),
    ] {
        let found = found(name, &text);
        assert_eq!(rated(&found), expected, "{name}");
        assert_eq!(skipped(&found), [(Skipped::Discarded, 1)]);
    }
    // Answers as lists of each part, by record.
    let parts = json!({
        "a": {"clear": {"user_id": ["u1"], "value": [2], "status": ["submitted"]}, "metadata": "{\"model\": \"m\"}"},
        "b": {"clear": {"user_id": ["u1"], "value": [5], "status": ["submitted"]}, "metadata": "{\"model\": \"m\"}"},
    });
    let expected = [
        ("clear", "u1", "a", "m", 2.0),
        ("clear", "u1", "b", "m", 5.0),
    ];
    assert_eq!(rated(&found("by-id.json", &parts.to_string())), expected);
}

#[test]
fn prodigys_answers_are_verdicts_ratings_or_preferences() {
    let task = |answer: &str, extra: Value| {
        let mut task = json!({
            "text": "Hello.", "meta": {"model": "new", "id": 4}, "_input_hash": -12, "_task_hash": 55,
            "answer": answer, "_annotator_id": "set-ann", "_timestamp": 1_700_000_000,
        });
        let more = extra.as_object().unwrap().clone();
        task.as_object_mut().unwrap().extend(more);
        task
    };
    let points = json!([{"id": "1", "text": "Poor"}, {"id": "2", "text": "Fair"}, {"id": "3", "text": "Good"}]);
    let texts =
        json!([{"id": "old", "text": "It rains."}, {"id": "new", "text": "The sun shines."}]);
    let found = found(
        "set.jsonl",
        &lines(&[
            task("accept", json!({"label": "POLITE"})),
            task("reject", json!({"label": "POLITE"})),
            task("ignore", json!({"label": "POLITE"})),
            task("accept", json!({"options": points, "accept": ["3"]})),
            task("accept", json!({"options": points, "accept": ["1", "2"]})),
            task(
                "accept",
                json!({"label": "BETTER", "options": texts, "accept": ["new"]}),
            ),
        ]),
    );
    let expected = [
        ("POLITE", "set-ann", "4", "new", 1.0),
        ("POLITE", "set-ann", "4", "new", 0.0),
        ("choice", "set-ann", "4", "new", 3.0),
    ];
    assert_eq!(rated(&found), expected);
    let [compared] = &found.table.comparisons[..] else {
        panic!("one comparison");
    };
    assert_eq!(compared.preference, Preference::Second);
    let names = compared.systems.map(|s| found.table.systems[s].as_str());
    assert_eq!(names, ["old", "new"]);
    assert_eq!(
        skipped(&found),
        [(Skipped::NotANumber, 1), (Skipped::Discarded, 1)]
    );
}

#[test]
fn doccanos_labels_that_are_numbers_are_ratings() {
    let jsonl = lines(&[
        json!({"id": 1, "text": "Hello.", "model": "old", "label": ["2"], "Comments": []}),
        json!({"id": 2, "text": "Good day.", "model": "new", "label": ["5"], "Comments": []}),
        json!({"id": 3, "text": "Well.", "model": "new", "label": ["Polite"], "Comments": []}),
        json!({"id": 4, "text": "Well.", "model": "new", "label": [], "Comments": []}),
    ]);
    let csv = "id,text,label,model\n1,Hello.,2,old\n2,Good day.,5,new\n3,Well.,Polite,new\n4,Well.,,new\n";
    let expected = [
        ("label", "all", "1", "old", 2.0),
        ("label", "all", "2", "new", 5.0),
    ];
    for (name, text) in [("all.jsonl", jsonl.as_str()), ("all.csv", csv)] {
        let found = found(name, text);
        assert_eq!(rated(&found), expected, "{name}");
        assert_eq!(skipped(&found), [(Skipped::NotANumber, 1)]);
    }
    // What numbers its labels says nothing of their values.
    let numbered = json!([{"id": 1, "text": "a", "annotations": [{"label": 2, "user": 1}]}]);
    assert!(read("old.json", numbered.to_string().as_bytes()).is_err());
}

#[test]
fn feedback_columns_of_platforms_are_ratings_without_a_rater() {
    let langsmith = "id,inputs.question,outputs.answer,feedback.helpful,feedback.note,latency,total_tokens\n\
        r1,Why?,Because.,0.5,fine,1.2,40\nr2,How?,So.,1,good,1.3,41\n";
    let smith = found("runs.csv", langsmith);
    assert_eq!(dimensions(&smith), ["helpful"]);
    assert!(unused(&smith).contains(&("latency", Unused::Measurement)));
    let braintrust = lines(&[
        json!({"id": "e1", "input": "Why?", "output": "So.", "scores": {"Tone": 0.25, "Factual": null}, "metadata": {"model": "m"}}),
        json!({"id": "e2", "input": "How?", "output": "So.", "scores": {"Tone": 1, "Factual": 0.5}, "metadata": {"model": "m"}}),
    ]);
    assert_eq!(
        dimensions(&found("b.jsonl", &braintrust)),
        ["Tone", "Factual"]
    );
    let langfuse = "id,timestamp,source,name,dataType,value,comment,traceId,authorUserName\n\
        s1,2026-02-01,ANNOTATION,tone,NUMERIC,4,,t1,ann\ns2,2026-02-01,ANNOTATION,tone,NUMERIC,2,,t1,bob\n";
    let expected = [
        ("tone", "ann", "t1", "all", 4.0),
        ("tone", "bob", "t1", "all", 2.0),
    ];
    assert_eq!(rated(&found("scores.csv", langfuse)), expected);
}

#[test]
fn columns_that_are_no_qualities_are_told_with_the_reason() {
    let text = "rater,item,system,clear,lead_time,tokens,note,session_id\n\
        ann,1,old,4,12.5,30,fine,8\nbob,1,old,2,3.5,31,so-so,9\n";
    let found = found("r.csv", text);
    assert_eq!(dimensions(&found), ["clear"]);
    let expected = [
        ("lead_time", Unused::Time),
        ("tokens", Unused::Measurement),
        ("note", Unused::Words),
        ("session_id", Unused::Identifier),
    ];
    assert_eq!(unused(&found), expected);
}

#[test]
fn the_arenas_marks_of_winners_are_read_and_lines_that_are_none_are_counted() {
    let marks = "id,model_a,model_b,winner_model_a,winner_model_b,winner_tie\n\
        1,x,y,1,0,0\n2,x,y,0,1,0\n3,x,y,0,0,1\n4,x,y,0,0,0\n";
    let arena = found("arena.csv", marks);
    assert_eq!(outcome(&arena), (1, 1, 1, 0.5));
    assert_eq!(skipped(&arena), [(Skipped::NoWinner, 1)]);
    let cut = format!(
        "{}{{\"rater\": \"ann\", \"it",
        lines(&[json!({"rater": "ann", "item": 1, "clear": 4})])
    );
    let cut = found("cut.jsonl", &cut);
    assert_eq!(skipped(&cut), [(Skipped::Unreadable, 1)]);
}

#[test]
fn a_questions_text_is_no_dimension() {
    let text = "rater,question,model,score\nann,Why is it dark?,m,4\nann,Who came here?,m,5\nbob,Why is it dark?,m,3\n";
    assert_eq!(dimensions(&found("q.csv", text)), ["score"]);
}
