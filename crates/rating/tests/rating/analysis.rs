//! What judgements mean, on tables whose answers are known by construction.

use super::sample::{SECRET, bundle, points, task};
use assay_rating::analysis::concord::Reading;
use assay_rating::analysis::follow::MetricScores;
use assay_rating::analysis::{Analysis, OutputLengths, analyse};
use assay_rating::envelope::of_answers;
use assay_rating::judgements::Judgements;
use assay_rating::project::{Event, Origin};
use assay_rating::template::Template;
use assay_rating::{Answer, Bundle, Preference, Project, Task, Value};
use assay_stats::{Decision, Direction};

fn project(task: Task, controls: usize) -> Project {
    let items = task.items.len();
    let origin = |row| Origin {
        row,
        systems: vec![0, 1],
        wrong: (row + controls >= items).then_some(0),
    };
    Project {
        systems: vec!["base".into(), "tuned".into()],
        origins: (0..items).map(origin).collect(),
        envelope: String::new(),
        locked: false,
        files: Vec::new(),
        made: 0.0,
        secret: Some(SECRET),
        task,
    }
}

fn judged(project: &Project, bundles: &[Bundle]) -> Judgements {
    let seal = |b: &Bundle| of_answers(b, &project.task, None, [1; 32]);
    let envelopes = bundles.iter().map(seal).collect();
    Judgements::of(project, &project.gather(&[Event::Came { envelopes }]))
}

/// Three raters give the second output a point more than the first, the third rater two points less
/// than the others throughout; the last item is a control whose first output is wrong.
fn scales() -> (Project, Analysis) {
    let project = project(task(), 1);
    let rater = |device: u64, less: u8| {
        let answers: Vec<(u16, u32, Answer)> = (0..30)
            .map(|i| {
                let low = 3 + (i % 2) as u8 - less;
                (
                    i,
                    1,
                    points([low, low + 1, low, low + 1, low, low + 1, low, low + 1]),
                )
            })
            .collect();
        bundle(&project.task, device, &format!("r{device}"), &answers)
    };
    let table = judged(&project, &[rater(1, 0), rater(2, 0), rater(3, 2)]);
    let metric = MetricScores {
        name: "exact".into(),
        lower_is_better: false,
        segments: vec![
            (0..30).map(|i| f64::from(i % 2)).collect(),
            (0..30).map(|i| f64::from(i % 2) + 1.0).collect(),
        ],
        corpus: vec![0.5, 1.5],
    };
    let analysis = analyse(&table, 0, &[metric], &OutputLengths::default());
    (project, analysis)
}

#[test]
fn means_changes_raters_and_metrics_are_those_put_in() {
    let (_, found) = scales();
    assert_eq!(found.dimensions.len(), 4);
    let relevance = &found.dimensions[0];
    let (base, tuned) = (&relevance.systems[0], &relevance.systems[1]);
    // 29 items, the first of them even: 15 of 3 and 14 of 4 for two raters.
    let mean = (15.0 * 3.0 + 14.0 * 4.0) / 29.0 - 2.0 / 3.0;
    assert!((base.mean - mean).abs() < 1e-12 && (tuned.mean - mean - 1.0).abs() < 1e-12);
    assert_eq!((base.ratings, base.units), (87, 29));
    let change = tuned.change.unwrap();
    assert_eq!(change.value, 1.0);
    assert!(change.p_value.unwrap() < 0.001);
    assert!(base.change.is_none());
    // A point more on every item decides at any look, within the scale's four points.
    let looked = change.sequential.unwrap();
    let evidence = looked.evidence(change.value, 29.0, Direction::HigherIsBetter);
    assert_eq!(evidence.decision(), Decision::Better);
    assert!(looked.interval[0] > 0.0 && looked.interval[1] < 4.0);
    let width = base.interval.unwrap().half_width();
    assert!(
        width > 0.5,
        "the third rater is another kind of person: {width}"
    );
    let third = &found.raters[2];
    assert_eq!(third.info.controls, (1, 1));
    let habit = &third.dimensions[0];
    assert!((habit.bias.unwrap() + 2.0).abs() < 1e-12);
    assert!((habit.with_others.unwrap() - 1.0).abs() < 1e-12);
    assert_eq!(relevance.concord.reading, Reading::Low);
    let follow = found.follows.iter().find(|f| f.dimension == 0).unwrap();
    assert!((follow.spearman.unwrap().value - 1.0).abs() < 1e-9);
    assert_eq!(follow.segments, 58);
    assert!(found.hardest[0].said.len() == 3);
}

#[test]
fn preferences_have_rates_strengths_and_a_metric_that_follows() {
    let mut task = task();
    task.questions = Template::Pairwise.questions("en");
    let project = project(task, 0);
    let answer = |preference| {
        let mut answer = Answer::default();
        answer.set(0, Some(Value::Prefer(preference)));
        answer
    };
    let answers: Vec<(u16, u32, Answer)> = (0..30)
        .map(|i| {
            let preference = match i {
                0..18 => Preference::Second,
                18..24 => Preference::First,
                24..28 => Preference::Tie,
                _ => Preference::BothBad,
            };
            (i, 1, answer(preference))
        })
        .collect();
    let both = [
        bundle(&project.task, 1, "a", &answers),
        bundle(&project.task, 2, "b", &answers),
    ];
    let table = judged(&project, &both);
    let metric = MetricScores {
        name: "length".into(),
        lower_is_better: true,
        segments: vec![vec![2.0; 30], vec![1.0; 30]],
        corpus: vec![2.0, 1.0],
    };
    let found = analyse(&table, 0, &[metric], &OutputLengths::default());
    let preferences = found.dimensions[0].preferences.as_ref().unwrap();
    let pair = &preferences.pairs[0];
    assert_eq!(
        (pair.wins, pair.losses, pair.ties, pair.both_bad),
        (36, 12, 8, 4)
    );
    assert!((pair.rate - 0.7).abs() < 1e-12);
    assert!(pair.p_value.unwrap() < 0.05);
    assert!(pair.p_corrected >= pair.p_value);
    // Looked at any time: 18 of 30 items for the second, 6 for the first are not enough, and a few more would be.
    let looked = pair.sequential.unwrap();
    let evidence = looked.evidence(pair.rate - 0.5, 30.0, Direction::HigherIsBetter);
    assert_eq!(evidence.decision(), Decision::NoEvidence);
    assert!(looked.p_value > pair.p_value.unwrap() && looked.interval[0] < 0.0);
    assert!((31.0..60.0).contains(&looked.needed.unwrap()), "{looked:?}");
    let ranked = preferences.ranked.as_ref().unwrap();
    let apart = ranked.systems[1].value - ranked.systems[0].value;
    // Ties say nothing of who is stronger: 36 wins against 12.
    assert!((apart - 3f64.ln()).abs() < 1e-9 && !ranked.penalised);
    assert!((ranked.tie.unwrap() - 12.0 / (36.0f64 * 12.0).sqrt()).abs() < 1e-9);
    assert_eq!((ranked.first(), ranked.units), (vec![1], 30));
    assert_eq!(ranked.systems[0].ranks, [2, 2]);
    assert_eq!(found.dimensions[0].concord.reading, Reading::Good);
    assert_eq!(found.follows[0].accuracy.unwrap().0, 0.75);
    assert!(found.hardest.is_empty());
}

#[test]
fn an_empty_table_says_nothing_and_breaks_nothing() {
    let project = project(task(), 0);
    let found = analyse(&judged(&project, &[]), 5, &[], &OutputLengths::default());
    assert_eq!(found.dimensions.len(), 4);
    assert!(found.dimensions.iter().all(|d| d.systems.is_empty()));
    let skipped = Answer {
        skipped: true,
        ..Answer::default()
    };
    let table = judged(
        &project,
        &[bundle(&project.task, 1, "", &[(0, 1, skipped)])],
    );
    assert_eq!((table.raters[0].answered, table.raters[0].skipped), (0, 1));
    assert!(table.is_empty());
}

#[test]
fn a_result_survives_its_way_to_the_page() {
    let (_, found) = scales();
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Analysis>(&text).unwrap(), found);
}
