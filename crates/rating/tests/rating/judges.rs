//! Judgements by models, as MT-bench and AlpacaEval write them: small files in their layouts.

use crate::tools::{analysis, dimensions, found, lines, outcome, skipped};
use assay_rating::exchange::link;
use assay_rating::exchange::unused::Skipped;
use serde_json::{Value, json};

fn mt_pair(question: u32, turn: u32, won: [&str; 2]) -> Value {
    json!({
        "question_id": question, "model_1": "old", "model_2": "new",
        "g1_winner": won[0], "g2_winner": won[1],
        "judge": ["gpt-4", if turn == 1 { "pair-v2" } else { "pair-v2-multi-turn" }],
        "g1_user_prompt": "Compare.", "g1_judgment": "[[A]]", "g2_user_prompt": "Compare.",
        "g2_judgment": "[[B]]", "turn": turn, "tstamp": 1_700_000_000.25,
    })
}

#[test]
fn mt_bench_pairs_count_as_a_win_only_where_both_orders_agree() {
    let found = found(
        "p.jsonl",
        &lines(&[
            mt_pair(101, 1, ["model_2", "model_2"]),
            mt_pair(101, 2, ["model_2", "model_1"]),
            mt_pair(102, 1, ["model_1", "model_1"]),
            mt_pair(102, 2, ["tie", "model_2"]),
            mt_pair(103, 1, ["error", "model_2"]),
            mt_pair(103, 2, ["model_2", "model_2"]),
        ]),
    );
    assert_eq!(outcome(&found), (2, 1, 2, 0.6));
    assert_eq!(skipped(&found), [(Skipped::JudgeFailed, 1)]);
    assert_eq!(
        found.table.raters.len(),
        1,
        "one judge, whatever its prompt"
    );
    assert_eq!(found.table.units[1].name, "101 · 2");
    let position = analysis(&found).judges[0].dimensions[0].position.unwrap();
    // Of five pairs of games: two wins of new, one of old; one won by whichever came second, and a tie against a win.
    assert_eq!((position.pairs, position.consistent), (5, 3));
    assert_eq!((position.first_both, position.second_both), (0, 1));
    assert_eq!(analysis(&found).dimensions[0].concord.units, 0);
}

#[test]
fn mt_bench_scores_are_averaged_over_turns_and_by_turn_without_failures() {
    let single = |question: u32, model: &str, turn: u32, score: f64| {
        json!({
            "question_id": question, "model": model, "judge": ["gpt-4", "single-v1"], "user_prompt": "Rate.",
            "judgment": "Rating: [[7]]", "score": score, "turn": turn, "tstamp": 1_700_000_000.5,
        })
    };
    let found = found(
        "s.jsonl",
        &lines(&[
            single(101, "old", 1, 4.0),
            single(101, "old", 2, 2.0),
            single(101, "new", 1, 9.0),
            single(101, "new", 2, 8.0),
            single(102, "new", 1, -1.0),
        ]),
    );
    assert_eq!(
        dimensions(&found),
        ["score", "score, turn 1", "score, turn 2"]
    );
    let analysis = analysis(&found);
    let means: Vec<Vec<f64>> = analysis
        .dimensions
        .iter()
        .map(|d| d.systems.iter().map(|s| s.mean).collect())
        .collect();
    assert_eq!(means, [[3.0, 8.5], [4.0, 9.0], [2.0, 8.0]]);
    assert_eq!(skipped(&found), [(Skipped::JudgeFailed, 1)]);
}

#[test]
fn what_is_judged_in_turns_finds_the_row_of_its_question() {
    use assay_data::{DataSet, Importer};
    let mut importer = Importer::new("d.csv");
    let text = b"question_id,reference,old\n101,a,b\n102,c,d\n";
    importer.push(text).unwrap();
    let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    let mut table = found(
        "p.jsonl",
        &lines(&[
            mt_pair(102, 1, ["tie", "tie"]),
            mt_pair(102, 2, ["tie", "tie"]),
        ]),
    )
    .table;
    link(&mut table, &data);
    let rows: Vec<Option<usize>> = table.units.iter().map(|u| u.row).collect();
    assert_eq!(rows, [Some(1), Some(1)]);
}

#[test]
fn people_beside_mt_benchs_judge_are_read_by_turn() {
    let judged = |judge: Value, turn: u32, winner: &str| {
        json!({
            "question_id": 101, "model_a": "old", "model_b": "new", "winner": winner, "judge": judge,
            "conversation_a": [{"role": "user", "content": "Why?"}],
            "conversation_b": [{"role": "user", "content": "Why?"}], "turn": turn,
        })
    };
    let found = found(
        "human.jsonl",
        &lines(&[
            judged(json!("author_1"), 1, "model_b"),
            judged(json!("author_1"), 2, "tie"),
            judged(json!(["gpt-4", "pair-v2"]), 1, "tie (inconsistent)"),
        ]),
    );
    // The judge's tie is beside the people's verdicts, not among them.
    assert_eq!(outcome(&found), (1, 0, 1, 0.75));
    let judge = &analysis(&found).judges[0];
    assert_eq!(
        (judge.name.as_str(), judge.dimensions[0].verdicts),
        ("gpt-4", 1)
    );
    let units: Vec<&str> = found.table.units.iter().map(|u| u.name.as_str()).collect();
    assert_eq!(units, ["101 · 1", "101 · 2"]);
}

fn alpaca(instruction: &str, preference: Value) -> Value {
    json!({
        "instruction": instruction, "output_1": "One.", "generator_1": "reference", "dataset": "made",
        "output_2": "Two.", "generator_2": "mine", "annotator": "weighted_judge", "preference": preference,
        "price_per_example": 0.004, "time_per_example": 0.3, "raw_completion": {"choices": [{"text": "M"}]},
    })
}

#[test]
fn alpaca_evals_preferences_run_from_the_first_output_to_the_second() {
    let all = [
        alpaca("Sing.", json!(2)),
        alpaca("Run.", json!(1.0)),
        alpaca("Sleep.", json!(1.5)),
        alpaca("Eat.", json!(0)),
        alpaca("Cook.", Value::Null),
    ];
    let found = found("annotations.json", &json!(all).to_string());
    assert_eq!(outcome(&found), (1, 1, 2, 0.5));
    assert_eq!(skipped(&found), [(Skipped::JudgeFailed, 1)]);
    assert_eq!(dimensions(&found), ["preference"]);
    assert_eq!(found.table.systems, ["reference", "mine"]);
}

#[test]
fn alpaca_evals_weighted_preferences_give_its_win_rate() {
    let all = [
        alpaca("Sing.", json!(1.9)),
        alpaca("Run.", json!(1.2)),
        alpaca("Sleep.", json!(1.7)),
    ];
    let found = found("annotations.json", &json!(all).to_string());
    let (wins, losses, ties, _) = outcome(&found);
    assert_eq!((wins, losses, ties), (2, 1, 0));
    let analysis = analysis(&found);
    let mine = &analysis.dimensions[1].systems[1];
    assert!((mine.mean - 0.6).abs() < 1e-12, "(0.9 + 0.2 + 0.7) / 3");
}

#[test]
fn arena_hards_games_are_wins_only_where_both_orders_agree() {
    let judged = |question: &str, scores: [Value; 2]| {
        let games = scores
            .map(|score| json!({"user_prompt": "Compare.", "judgment": "[[A>B]]", "score": score}));
        json!({"question_id": question, "model": "new", "judge": "gpt-4-1106-preview", "games": games})
    };
    let found = found(
        "new.jsonl",
        &lines(&[
            judged("q1", [json!("B>A"), json!("A>>B")]),
            judged("q2", [json!("A>B"), json!("B>>A")]),
            judged("q3", [json!("A>B"), json!("A>B")]),
            judged("q4", [json!("A=B"), json!("A=B")]),
            judged("q5", [json!("B>A"), json!(null)]),
        ]),
    );
    assert_eq!(found.table.systems, ["baseline", "new"]);
    let position = analysis(&found).judges[0].dimensions[0].position.unwrap();
    assert_eq!((position.pairs, position.consistent), (4, 3));
    assert_eq!((position.first_both, position.first_rate), (1, 5.0 / 8.0));
    assert_eq!(outcome(&found), (1, 1, 2, 0.5));
    assert_eq!(skipped(&found), [(Skipped::JudgeFailed, 1)]);
}

#[test]
fn runs_of_llm_comparators_judge_are_raters() {
    let example = |score: f64, runs: &[f64]| {
        let runs: Vec<Value> = runs
            .iter()
            .map(|s| json!({"is_flipped": *s < -1.0, "score": s}))
            .collect();
        json!({"input_text": "Hi", "tags": [], "output_text_a": "a", "output_text_b": "b", "score": score,
            "individual_rater_scores": runs})
    };
    let document = json!({"metadata": {}, "models": [{"name": "old"}, {"name": "new"}], "examples": [
        example(0.5, &[1.5, -0.5]), example(-1.0, &[-1.5, -0.5]), example(0.0, &[]),
    ]});
    let found = found("arena.json", &document.to_string());
    assert_eq!(found.table.systems, ["old", "new"]);
    assert_eq!(outcome(&found), (3, 1, 1, 0.7));
    assert_eq!(found.table.raters.len(), 2);
    assert_eq!(found.table.units.len(), 3);
    let judges = analysis(&found).judges;
    assert_eq!(judges.len(), 1, "runs of one judge");
    // The second example: flipped, the second won, and so whichever came first; not flipped, the second again.
    let position = judges[0].dimensions[0].position.unwrap();
    assert_eq!((position.pairs, position.consistent), (1, 1));
}

#[test]
fn alpaca_evals_outputs_give_its_length_controlled_win_rate() {
    // The tuned model wins wherever its output is longer, and is longer in most.
    let record = |i: usize| {
        let lengths = match i % 4 {
            0 => [90, 40],
            _ => [40, 80 + i],
        };
        let mut record = alpaca(&format!("Task {i}"), json!([1, 2, 2, 2][i % 4]));
        record["output_1"] = json!("é".repeat(lengths[0]));
        record["output_2"] = json!("x".repeat(lengths[1]));
        record["instruction_difficulty"] = json!(0.5);
        record
    };
    let records: Vec<Value> = (0..40).map(record).collect();
    let whole = found("annotations.json", &json!(records).to_string());
    assert_eq!(whole.table.lengths.len(), 40);
    let lengths = whole.table.lengths[0].lengths;
    assert_eq!(lengths, [90, 40], "characters and no bytes");
    let rates = analysis(&whole).length_controlled;
    let [pair] = &rates[..] else {
        panic!("{rates:?}")
    };
    assert_eq!((pair.count, pair.units), (40, 40));
    assert!(pair.has_difficulty);
    assert_eq!((pair.rater.as_str(), pair.raw), ("weighted_judge", 0.75));
    assert!(pair.rate < 0.65, "{pair:?}");
    assert!(pair.length_effect > 1.0, "{pair:?}");
    let few = found("annotations.json", &json!(records[..19]).to_string());
    let none = analysis(&few).length_controlled;
    assert!(none.is_empty(), "19 items say nothing");
}
