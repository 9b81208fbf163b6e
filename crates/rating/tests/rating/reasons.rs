//! Reasons of judgements: what files give, which phrases recur on which side, and what a search finds.

use crate::tools::{found, lines};
use assay_rating::analysis::reasons::{
    Grouping, ReasonGroup, ReasonQuery, ReasonSide, ReasonSource, find, groups,
};
use assay_rating::judgements::{JudgedAs, Judgements};
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::Instant;

fn only(table: &Judgements) -> ReasonGroup {
    let mut groups = groups(table);
    assert_eq!(groups.len(), 1, "{groups:?}");
    groups.remove(0)
}

fn query(group: &ReasonGroup, words: &str, side: Option<ReasonSide>) -> ReasonQuery {
    ReasonQuery {
        source: group.source.clone(),
        dimension: group.dimension.clone(),
        words: words.to_owned(),
        side,
    }
}

fn favours(name: &str) -> ReasonSide {
    ReasonSide::Favours(name.to_owned())
}

#[test]
fn a_tables_reasons_are_counted_on_the_side_that_they_speak_for() {
    let mut text = "judge,item,model_a,model_b,winner,rationale\n".to_owned();
    for item in 0..12 {
        let (winner, why) = match item % 4 {
            0 | 1 => (
                "tuned",
                "The answer is more detailed, and cites its sources.",
            ),
            2 => ("base", "It is shorter; the other one repeats itself."),
            _ => ("tie", "Both are more detailed than needed."),
        };
        writeln!(text, "gpt-4,{item},base,tuned,{winner},\"{why}\"").unwrap();
    }
    let table = found("j.csv", &text).table;
    let group = only(&table);
    assert_eq!(group.source, ReasonSource::Judge("gpt-4".into()));
    assert_eq!((group.reasons, group.dimension.as_str()), (12, "winner"));
    assert_eq!(
        group.sides,
        [
            (favours("base"), 3),
            (favours("tuned"), 6),
            (ReasonSide::Tie, 3)
        ]
    );
    let phrase = |text: &str| group.phrases.iter().find(|p| p.text == text);
    let detailed = phrase("more detailed").unwrap();
    assert_eq!((detailed.count, &detailed.by_side[..]), (9, &[0, 6, 3][..]));
    assert_eq!(phrase("cites its sources").unwrap().by_side, [0, 6, 0]);
    assert_eq!(phrase("detailed"), None, "the longer phrase stands for it");
    assert_eq!(
        phrase("is more detailed"),
        None,
        "it begins with a joining word"
    );
    let (count, shown) = find(&table, &query(&group, "\"more detailed\"", None), 2);
    assert_eq!((count, shown.len()), (9, 2), "as many as the phrase counts");
    let (count, shown) = find(&table, &query(&group, "More DET", Some(ReasonSide::Tie)), 9);
    assert_eq!((count, shown[0].unit.name.as_str()), (3, "3"));
    assert_eq!(shown[0].systems, ["base", "tuned"]);
    assert_eq!(find(&table, &query(&group, "\"more det\"", None), 9).0, 0);
    assert_eq!(find(&table, &query(&group, "", None), 9).0, 12);
}

#[test]
fn chinese_reasons_give_phrases_of_characters() {
    let mut text = "评委,编号,模型,得分,理由\n".to_owned();
    for item in 0..9 {
        let (points, why) = match item % 3 {
            0 => (5, "回答非常准确，条理清晰。"),
            1 => (4, "内容条理清晰，语言自然。"),
            _ => (1, "有事实错误，语言生硬。"),
        };
        writeln!(text, "Qwen2.5,{item},甲,{points},{why}").unwrap();
    }
    let table = found("j.csv", &text).table;
    let group = only(&table);
    assert_eq!(group.sides, [(ReasonSide::High, 6), (ReasonSide::Low, 3)]);
    let count = |text: &str| {
        let phrase = group.phrases.iter().find(|p| p.text == text);
        phrase.map(|p| p.by_side.clone())
    };
    assert_eq!(count("条理清晰"), Some(vec![6, 0]));
    assert_eq!(count("语言"), Some(vec![3, 3]));
    assert_eq!(count("事实错误"), Some(vec![0, 3]));
    assert_eq!(count("条理"), None);
    assert_eq!(find(&table, &query(&group, "事实错误", None), 9).0, 3);
}

#[test]
fn every_layout_gives_the_reasons_that_it_carries() {
    let why = "The second one is far more helpful.";
    let mt_bench = lines(&[json!({
        "question_id": 1, "model_1": "old", "model_2": "new", "g1_winner": "model_2", "g2_winner": "model_1",
        "judge": ["gpt-4", "pair-v2"], "g1_judgment": why, "g2_judgment": "Assistant A wins here again.", "turn": 1,
    })]);
    let single = lines(&[json!({
        "question_id": 1, "model": "old", "judge": ["gpt-4", "single-v1"], "judgment": why, "score": 7, "turn": 1,
    })]);
    let alpaca = json!([{
        "instruction": "Sing.", "output_1": "One.", "generator_1": "old", "output_2": "Two.", "generator_2": "new",
        "annotator": "chain_of_thought", "preference": 2,
        "raw_completion": {"concise_explanation": why, "ordered_models": []},
    }]);
    let arena = lines(&[json!({
        "question_id": "q", "model": "new", "judge": "gpt-4", "baseline": "old",
        "games": [{"score": "B>A", "judgment": {"answer": why}}, {"score": "A>B", "judgment": "Short again."}],
    })]);
    let comparator = json!({"models": [{"name": "old"}, {"name": "new"}], "examples": [{
        "input_text": "Hi", "output_text_a": "a", "output_text_b": "b", "score": -1.0,
        "individual_rater_scores": [{"score": -1.0, "is_flipped": false, "rationale": why}],
    }]});
    let points = json!({"models": [{"name": "old"}, {"name": "new"}], "examples": [{
        "input_text": "Hi", "output_text_a": "a", "output_text_b": "b", "score": -1.0,
        "rationale_list": [{"rationale": why}],
    }]});
    let promptfoo = json!({"evalId": "e", "results": {"results": [{
        "provider": {"id": "new"}, "testIdx": 0, "vars": {}, "gradingResult": {"componentResults": [
            {"pass": true, "score": 1, "reason": why, "assertion": {"type": "llm-rubric", "value": "Helps"}},
            {"pass": true, "score": 1, "reason": "Assertion passed", "assertion": {"type": "contains"}},
        ]},
    }]}});
    let inspect = json!({"eval": {"model": "new", "task": "t"}, "samples": [{"id": "7", "scores": {
        "model_graded_qa": {"value": "C", "explanation": why}, "match": {"value": "C", "explanation": why},
    }}]});
    let cases: [(&str, String); 8] = [
        ("p.jsonl", mt_bench),
        ("s.jsonl", single),
        ("annotations.json", alpaca.to_string()),
        ("new.jsonl", arena),
        ("c.json", comparator.to_string()),
        ("d.json", points.to_string()),
        ("output.json", promptfoo.to_string()),
        ("log.json", inspect.to_string()),
    ];
    for (file, text) in cases {
        let table = found(file, &text).table;
        let said = table.remarks.iter().filter(|r| r.text == why).count();
        assert_eq!(said, 1, "{file}: {:?}", table.remarks);
        assert!(table.raters.iter().all(|r| r.is_model()), "{file}");
        assert!(table.is_whole(), "{file}");
        let judged = table.remarks[0].judged;
        let expected = match judged {
            Some(JudgedAs::Compared { .. }) => favours("new"),
            Some(JudgedAs::Rated { .. }) => groups(&table)[0].sides[0].0.clone(),
            None => panic!("{file}: a reason without its judgement"),
        };
        let group = &groups(&table)[0];
        assert!(
            group.sides.iter().any(|(side, _)| *side == expected),
            "{file}"
        );
    }
}

#[test]
fn the_order_in_which_a_judge_saw_the_outputs_is_kept_with_its_reason() {
    let pair = json!({
        "question_id": 1, "model_1": "old", "model_2": "new", "g1_winner": "model_2", "g2_winner": "model_1",
        "judge": ["gpt-4", "pair-v2"], "g1_judgment": "Assistant B helps more.",
        "g2_judgment": "Assistant B helps more.", "turn": 1,
    });
    let table = found("p.jsonl", &lines(&[pair])).table;
    let group = only(&table);
    assert_eq!(group.sides, [(favours("new"), 1), (favours("old"), 1)]);
    let (_, shown) = find(&table, &query(&group, "", None), 9);
    let systems: Vec<&[String]> = shown.iter().map(|f| &f.systems[..]).collect();
    assert_eq!(systems, [["old", "new"], ["new", "old"]]);
}

#[test]
fn a_reason_for_several_dimensions_is_on_no_side() {
    let text = "rater,item,system,fluency,fluency_reason,relevance,comment\n\
        ann,1,base,2,Reads badly in places,5,All in all a weak text\n\
        ann,2,base,5,,4,\n";
    let table = found("w.csv", text).table;
    let groups = groups(&table);
    let names: Vec<&str> = groups.iter().map(|g| g.dimension.as_str()).collect();
    assert_eq!(names, ["comment", "fluency"]);
    assert_eq!((groups[0].reasons, groups[0].sides.len()), (1, 0));
    assert_eq!(groups[1].sides, [(ReasonSide::Low, 1)]);
    assert_eq!(groups[1].source, ReasonSource::People);
}

#[test]
fn reasons_follow_systems_and_raters_into_another_table() {
    let people = "rater,item,model_a,model_b,winner\nann,1,tuned,base,tuned\n";
    let judged = "judge,item,model_a,model_b,preference,reason\ngpt-4,1,base,tuned,tuned,It has more facts\n";
    let mut table = found("people.csv", people).table;
    table.join(found("judge.csv", judged).table);
    assert!(table.is_whole());
    let group = only(&table);
    assert_eq!(
        group.dimension, "winner",
        "as the dimension is called that it was joined with"
    );
    assert_eq!(group.sides, [(favours("tuned"), 1)]);
}

/// Words of a made judge, of which some recur.
fn made(seed: u64) -> String {
    let stock = [
        "assistant a gives a more detailed answer",
        "the second response is shorter",
        "it cites its sources",
        "there is a factual error",
        "the tone is friendly",
        "it follows the instructions closely",
        "the code does not run",
        "both answers are correct",
        "回答更详细，条理清晰",
        "存在事实错误",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut text = String::new();
    for _ in 0..12 {
        text.push_str(stock[next() as usize % stock.len()]);
        write!(
            text,
            " because of w{} and w{}. ",
            next() % 5_000,
            next() % 50_000
        )
        .unwrap();
    }
    text
}

#[test]
fn ten_thousand_reasons_take_less_than_a_second_a_thousand() {
    let of = |count: u64| -> Judgements {
        let records: Vec<Value> = (0..count)
            .map(|item| {
                json!({"judge": "gpt-4", "item": item, "model_a": "a", "model_b": "b",
                    "winner": if item % 3 == 0 { "a" } else { "b" }, "rationale": made(item)})
            })
            .collect();
        found("j.jsonl", &lines(&records)).table
    };
    let table = of(10_000);
    let begun = Instant::now();
    let group = only(&table);
    let grouped = begun.elapsed();
    assert_eq!(group.reasons, 10_000);
    assert!(
        group
            .phrases
            .iter()
            .any(|p| p.text == "detailed answer" || p.text == "more detailed")
    );
    let begun = Instant::now();
    let (count, _) = find(&table, &query(&group, "factual err", None), 100);
    let searched = begun.elapsed();
    println!("10,000 reasons: grouped in {grouped:?}, {count} of them found in {searched:?}");
    // An unoptimised build on a slow machine is allowed ten times what an optimised one takes.
    assert!(grouped.as_secs_f64() < 10.0, "{grouped:?}");
    assert!(searched.as_secs_f64() < 10.0, "{searched:?}");
}

#[test]
fn phrases_are_the_same_however_many_reasons_are_looked_through_at_once() {
    let mut text = "judge,item,model_a,model_b,winner,rationale\n".to_owned();
    for item in 0..90 {
        let judge = ["gpt-4", "gemini-pro"][item % 2];
        let winner = ["base", "tuned", "tie"][item % 3];
        let why = [
            "The answer is more detailed, and cites its sources.",
            "It repeats itself in each paragraph; the other one is short.",
            "两个回答都很详细，引用了来源。",
            "Both are more detailed than needed, and repeat themselves.",
        ][item % 4];
        writeln!(text, "{judge},{item},base,tuned,{winner},\"{why}\"").unwrap();
    }
    let table = found("j.csv", &text).table;
    let whole = groups(&table);
    assert!(whole.iter().any(|group| group.phrases.len() > 3));
    for most in [1, 7, 64] {
        let mut grouping = Grouping::of(&table);
        let mut before = 0;
        while grouping.step(most) {
            let (done, total) = grouping.progress();
            assert!((before..=total).contains(&done), "{before} {done} {total}");
            before = done;
        }
        let (done, total) = grouping.progress();
        assert_eq!(done, total);
        assert_eq!(grouping.finish(), whole, "{most} at once");
    }
}
