//! What is to be decided: the evidence that is there, goals that fit, and the report's order.

use super::*;
use assay_report::aim::Aim;
use assay_report::evidence::{Evidence, Known};
use assay_report::write::write as written;

/// What is missing for a decision, and what would only help.
fn missing(aim: Aim, content: &Content, known: Known) -> [Vec<Evidence>; 2] {
    let needs = aim.needs(content, &known);
    [false, true].map(|optional| {
        let absent = needs
            .iter()
            .filter(|n| !n.is_there && n.is_optional == optional);
        absent.map(|n| n.evidence).collect()
    })
}

#[test]
fn evidence_that_is_there_is_not_asked_for() {
    use Evidence as E;
    let content = all().content(&Reports::default(), "");
    let none = || Vec::<Evidence>::new();
    let found = |aim| missing(aim, &content, Known::default());
    assert_eq!(found(Aim::Task), [none(), none()]);
    assert_eq!(found(Aim::Domain), [none(), vec![E::Perplexity]]);
    assert_eq!(found(Aim::Cost), [vec![E::Latency], vec![E::Memory]]);
    assert_eq!(found(Aim::Overfit), [vec![E::Overlap], none()]);
    assert_eq!(found(Aim::Preference), [vec![E::People], none()]);
    assert_eq!(found(Aim::Open), [none(), none()]);
    let known = Known {
        overlap: true,
        perplexity: true,
    };
    assert_eq!(missing(Aim::Overfit, &content, known), [none(), none()]);
    assert_eq!(missing(Aim::Domain, &content, known), [none(), none()]);
    let nothing = missing(Aim::Task, &Content::default(), Known::default());
    assert_eq!(
        nothing,
        [vec![E::Systems, E::Measure, E::Rows], vec![E::Slices]]
    );
}

#[test]
fn a_file_with_times_and_memory_answers_what_running_costs() {
    let mut text = String::from(
        "reference,base,tuned,latency_ms base,latency_ms tuned,显存 base,显存 tuned\n",
    );
    for i in 0..30 {
        let (slow, quick) = (200 + i % 7, 100 + i % 5);
        text.push_str(&format!(
            "the cat {i} sat,the cat {i} sat,the cat {i} sat,{slow},{quick},{slow},{quick}\n"
        ));
    }
    let mut session = Session::default();
    session.load(DataSet::join(vec![import("costs.csv", &text)]).unwrap());
    session.evaluate(0, PairedTest::default());
    session.give();
    score(&mut session);
    let content = Parts::new(session).content(&Reports::default(), "");
    let found = missing(Aim::Cost, &content, Known::default());
    assert_eq!(found, [Vec::new(), Vec::new()]);
    let goals = Aim::Cost.goals(&content);
    let least: Vec<(&str, f64)> = goals.iter().map(|g| (g.measure.name(), g.least)).collect();
    assert_eq!(least[0].1, -1.0, "quality may lose a point: {least:?}");
    let is_latency = |(name, least): &(&str, f64)| name.starts_with("latency_ms") && *least == 0.0;
    assert!(least.iter().any(is_latency), "{least:?}");
    assert!(goals.iter().all(|g| g.system == "tuned"));
    let measures = Aim::Cost.measures(&content);
    let starts = ["latency_ms", "显存"];
    assert_eq!(
        measures.len(),
        3,
        "one of quality, then what it costs: {measures:?}"
    );
    assert!(
        starts
            .iter()
            .zip(&measures[1..])
            .all(|(start, name)| name.starts_with(start)),
        "{measures:?}"
    );
    assert!(
        !Aim::Task
            .measures(&content)
            .iter()
            .any(|m| m.starts_with("latency"))
    );
    let none: [Aim; 2] = [Aim::Preference, Aim::Open];
    assert!(none.iter().all(|aim| aim.measures(&content).is_empty()));
}

#[test]
fn goals_follow_the_decision_until_a_person_changes_them() {
    let content = all().content(&Reports::default(), "");
    let mut goals = Goals::default();
    goals.decide(Some(Aim::Task), &content);
    assert_eq!(goals.goals, Aim::Task.goals(&content));
    assert_eq!(goals.goals.len(), 1);
    goals.decide(Some(Aim::Preference), &content);
    assert_eq!(goals.goals, [], "there are no ratings to set a goal on");
    goals.decide(Some(Aim::Task), &content);
    goals.goals[0].least = 2.0;
    let own = goals.goals.clone();
    goals.decide(Some(Aim::Open), &content);
    assert_eq!(
        (goals.goals.clone(), goals.aim),
        (own.clone(), Some(Aim::Open))
    );
    goals.decide(None, &content);
    assert_eq!((goals.goals, goals.aim), (own, None));
}

#[test]
fn the_report_answers_what_was_asked_first() {
    let parts = all();
    let headings = |aim: Option<Aim>| -> Vec<String> {
        let mut content = parts.content(&Reports::default(), "");
        content.goals.aim = aim;
        let verdict = verdict(&content);
        let document = written(&content, &verdict, &locale("en"));
        let heading = |block: &Block| match block {
            Block::Heading { level: 2, text } => Some(text.clone()),
            _ => None,
        };
        document.blocks.iter().filter_map(heading).collect()
    };
    let usual = headings(None);
    assert_eq!(headings(Some(Aim::Task)), usual);
    let training = headings(Some(Aim::Overfit));
    let place = |all: &[String], of: &str| all.iter().position(|h| h == of).unwrap();
    let words = locale("en");
    let (run, metrics) = (words.text("training"), words.text("report-metrics"));
    assert!(place(&usual, &metrics) < place(&usual, &run));
    assert!(place(&training, &run) < place(&training, &metrics));
    let mut content = parts.content(&Reports::default(), "");
    content.goals.aim = Some(Aim::Cost);
    let document = written(&content, &verdict(&content), &locale("zh-CN"));
    let asks =
        |block: &Block| matches!(block, Block::Paragraph { text } if text.contains("运行成本更低"));
    assert!(document.blocks.iter().any(asks));
}
