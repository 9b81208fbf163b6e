use super::scoring::BINS;
use super::*;
use crate::surprise::{Scored, Under, key};
use assay_data::Importer;
use assay_protocol::rows::{RowPlace, RowWindow, RowsError};
use assay_protocol::scores::ScoresError;
use assay_protocol::views::{Mark, MetricView, Order, Query};
use assay_results::perplexity::Convention;
use assay_results::perplexity::Plan;
use assay_results::scores::MetricId;

mod measures;

fn session() -> Session {
    let text = "reference,base,tuned,domain\nthe cat sat,a dog ran,the cat sat,x\nfive words stand here now,five words stand here now,four words,y\nsix,six,six,x\n";
    let mut importer = Importer::new("a.csv");
    importer.push(text.as_bytes()).unwrap();
    let mut session = Session::default();
    session.load(DataSet::join(vec![importer.finish().unwrap()]).unwrap());
    session
}

/// Evaluates to the end.
fn finish(session: &mut Session) {
    session.evaluate(0, *Schedule::default().test());
    while let Some((job, task, parcel)) = session.next_job() {
        session.accept(&job, task.run(&parcel).unwrap());
    }
}

fn names(session: &Session) -> Vec<String> {
    session.scores_view().names()
}

fn id(session: &Session, place: usize) -> MetricId {
    session.scores_view().metrics[place].id
}

#[test]
fn the_smallest_difference_that_matters_goes_with_its_metric_into_reports_and_projects() {
    let mut session = session();
    finish(&mut session);
    let first = id(&session, 0);
    for wrong in [0.0, -1.0, f64::NAN] {
        let refused = session.set_margin(first, Some(wrong));
        assert!(matches!(refused, Err(ScoresError::BadMargin { .. })));
    }
    session.set_margin(first, Some(1.5)).unwrap();
    assert!(session.take_scores_changed());
    assert_eq!(session.scores_view().results[0].result.margin, Some(1.5));
    assert_eq!(session.report_metrics()[0].result.margin, Some(1.5));
    assert_eq!(session.scores_view().results[1].result.margin, None);
    let mut other = super::tests::session();
    other.restore(&session.saved_data().unwrap());
    finish(&mut other);
    assert_eq!(other.scores_view().results[0].result.margin, Some(1.5));
    assert_eq!(session.kept_settings().margins.len(), 1);
    session.set_margin(first, None).unwrap();
    assert_eq!(session.scores_view().results[0].result.margin, None);
}

#[test]
fn a_metric_is_added_behind_the_usual_ones_and_taken_away_again() {
    let mut session = session();
    finish(&mut session);
    let usual = session.usual;
    let refused = session.add_metric("nonsense");
    assert!(matches!(refused, Err(ScoresError::NotPossible { .. })));
    let refused = session.add_metric("bleu");
    assert!(matches!(refused, Err(ScoresError::AlreadyThere { .. })));
    let ter = session.add_metric("ter").unwrap();
    let refused = session.remove_metric(ter);
    assert!(
        matches!(refused, Err(ScoresError::NotRemovable { .. })),
        "not while it is computed"
    );
    finish(&mut session);
    let view = session.scores_view();
    assert_eq!(view.metrics[usual].name, "TER");
    assert!(view.metrics[usual].is_added && !view.metrics[usual - 1].is_added);
    let result = session.schedule.result(usual).unwrap();
    assert!(result.lower_is_better && result.systems[0].interval.is_some());
    let first = id(&session, 0);
    assert!(session.remove_metric(first).is_err(), "a usual one stays");
    assert_eq!(session.remove_metric(ter), Ok(()));
    assert_eq!(session.remove_metric(ter), Err(ScoresError::NoSuchMetric));
    assert_eq!(names(&session).len(), usual);
    // What is added stays so for other data.
    session.add_metric("wer").unwrap();
    let data = session.data.current().clone();
    session.load(data);
    assert_eq!(names(&session)[usual], "WER");
    // In Chinese data ROUGE is another one, and the usual ones hold it.
    session.add_metric("rouge3").unwrap();
    let mut importer = Importer::new("a.csv");
    let text = "reference,base\n今天天气很好,今天天气好\n";
    importer.push(text.as_bytes()).unwrap();
    session.load(DataSet::join(vec![importer.finish().unwrap()]).unwrap());
    assert_eq!(names(&session)[usual + 1], "rouge3 (zh-char)");
    assert!(session.add_metric("rouge1").is_err());
    let view = session.scores_view();
    assert!(view.addable.iter().all(|(name, _)| name != "rouge1"));
    finish(&mut session);
    let added = id(&session, usual);
    session.remove_metric(added).unwrap();
    assert_eq!(session.added, ["rouge3"]);
}

#[test]
fn a_metric_added_twice_with_other_options_goes_one_by_one() {
    let mut session = session();
    finish(&mut session);
    let usual = session.usual;
    let first = session.add_metric("meteor").unwrap();
    finish(&mut session);
    session.set_option(first, "modules", "exact").unwrap();
    let second = session.add_metric("meteor").unwrap();
    let third = session.add_metric("wer").unwrap();
    finish(&mut session);
    assert_eq!(
        names(&session)[usual..],
        ["METEOR (exact)", "METEOR (exact+stem)", "WER"]
    );
    // Ids name the same metric whatever was removed before.
    for metric in [second, first, third] {
        assert_eq!(session.remove_metric(metric), Ok(()));
    }
    assert!(session.added.is_empty() && session.added_here.is_empty());
}

/// A scored session with a slice, and a query whose first row has the second system's greatest drop.
fn sorted_by_drop() -> (Session, Query) {
    let mut session = session();
    session.set_role(3, Role::Slice).unwrap();
    finish(&mut session);
    let query = Query {
        metric: 1,
        system: 1,
        order: Order::Drop,
        ..Query::default()
    };
    (session, query)
}

#[test]
fn rows_are_sorted_by_the_drop_and_filtered_by_slice_and_text() {
    let (mut session, query) = sorted_by_drop();
    let RowWindow { total, rows, .. } = session.rows(query.clone(), 0, 2);
    assert_eq!((total, rows.len(), rows[0].row), (3, 2, 1));
    let query = Query {
        slice: Some(("domain".into(), "x".into())),
        text: "CAT".into(),
        ..query
    };
    let RowWindow { total, rows, .. } = session.rows(query, 0, 9);
    assert_eq!((total, rows[0].row), (1, 0));
}

#[test]
fn steps_follow_the_order_and_stop_at_its_ends() {
    let (mut session, query) = sorted_by_drop();
    let mut seen = Vec::new();
    for (row, by) in [(None, 1), (Some(1), 1), (Some(2), 9), (Some(1), -1)] {
        match session.step(query.clone(), row, by) {
            Some(RowPlace { row, place }) => seen.push((row, place)),
            None => panic!("there are three rows"),
        }
    }
    assert_eq!(seen, [(1, 0), (2, 1), (0, 2), (1, 0)]);
    let none = Query {
        text: "nowhere".into(),
        ..query
    };
    assert_eq!(session.step(none, None, 1), None);
}

#[test]
fn every_bin_leads_to_its_rows() {
    let mut session = session();
    let mut bins = 0;
    finish(&mut session);
    let results = session.scores_view().results.into_iter();
    for (index, MetricView { histogram, .. }) in results.enumerate() {
        for (system, counts) in histogram.counts.iter().enumerate() {
            for (bin, &count) in counts.iter().enumerate() {
                let (least, below) = histogram.edges(bin);
                let query = Query {
                    metric: index,
                    system,
                    least,
                    below,
                    ..Query::default()
                };
                let total = session.rows(query, 0, 9).total;
                assert_eq!(total, count, "{index} {system} {least:?} {below:?}");
                bins += 1;
            }
        }
    }
    assert!(bins >= 8 * 2 * BINS);
}

#[test]
fn undo_brings_back_the_data_before_an_import() {
    let mut session = session();
    assert_eq!(session.summary().earlier, None);
    let mut importer = Importer::new("b.csv");
    importer.push(b"reference,c\nx,y\n").unwrap();
    let other = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    session.load(other);
    assert_eq!(session.summary().earlier, Some(vec!["a.csv".into()]));
    session.undo().unwrap();
    let summary = session.summary();
    assert_eq!((summary.rows, summary.files), (3, vec!["a.csv".into()]));
    assert_eq!(summary.earlier, Some(vec!["b.csv".into()]));
}

#[test]
fn an_option_that_cannot_be_taken_changes_nothing() {
    let mut session = session();
    finish(&mut session);
    let bleu = id(&session, 0);
    let refused = session.set_option(bleu, "tokenize", "nothing");
    assert!(matches!(refused, Err(ScoresError::BadOption { .. })));
    assert!(!session.is_busy());
    assert_eq!(session.set_option(bleu, "tokenize", "char"), Ok(()));
    assert!(session.is_busy());
}

#[test]
fn detail_marks_what_is_missing_and_what_is_added() {
    let session = session();
    let detail = session.detail(1, None).unwrap();
    let kinds: Vec<Mark> = detail.outputs[1].marks.iter().map(|m| m.0).collect();
    assert!(kinds.contains(&Mark::Missing) && kinds.contains(&Mark::Added));
    assert_eq!(
        detail.outputs[0].marks,
        [(Mark::Same, "five words stand here now".to_owned())]
    );
    // Against the first system, which then has nothing to be compared with.
    let compared = session.detail(1, Some(0)).unwrap();
    assert!(compared.outputs[0].marks.is_empty() && compared.outputs[0].alignment.is_none());
    let other: String = compared.outputs[1]
        .marks
        .iter()
        .filter(|(mark, _)| *mark != Mark::Added)
        .map(|(_, text)| text.as_str())
        .collect();
    assert_eq!(other.trim(), "five words stand here now");
    let missing = RowsError::NoSuchRow { row: 9, rows: 3 };
    assert_eq!(session.detail(9, None), Err(missing));
}

#[test]
fn a_measure_without_a_value_for_one_output_leaves_the_scores_of_the_others_in_place() {
    let text =
        "reference,base,tuned\nthe cat sat,a dog ran,\nfive words stand here now,,four words\n";
    let mut importer = Importer::new("a.csv");
    importer.push(text.as_bytes()).unwrap();
    let mut session = Session::default();
    session.load(DataSet::join(vec![importer.finish().unwrap()]).unwrap());
    session.add_metric("distinct2").unwrap();
    session.add_metric("ter").unwrap();
    finish(&mut session);
    let detail = session.detail(0, None).unwrap();
    let results: Vec<_> = session.schedule.results().collect();
    let names: Vec<&str> = detail.measures.iter().map(|m| m.name.as_str()).collect();
    let expected: Vec<&str> = results.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, expected);
    let mut left_out = 0;
    for (system, output) in detail.outputs.iter().enumerate() {
        assert_eq!(output.scores.len(), names.len());
        for (score, result) in output.scores.iter().zip(&results) {
            let own = result.systems[system].segments[0];
            assert_eq!(
                *score,
                Some(own).filter(|own| !own.is_nan()),
                "{}",
                result.name
            );
            left_out += usize::from(score.is_none());
        }
    }
    assert!(
        left_out > 0,
        "some measure has no value for an empty output"
    );
}

fn scored(nll: f64) -> Scored {
    Scored {
        row: [nll, 2.0, 1.0, 4.0, (nll / 2.0).exp(), 1.0],
        tokens: vec![("a".into(), None), ("b".into(), Some(-nll as f32))],
        ranks: vec![u32::from(nll > 2.0)],
        entropies: vec![0.5],
    }
}

#[test]
fn two_models_are_compared_once_every_text_is_through_and_a_kept_score_counts() {
    let mut session = session();
    session.set_role(3, Role::Slice).unwrap();
    finish(&mut session);
    let under = |id: &str| Under {
        id: id.into(),
        name: id.into(),
    };
    let plan = Plan {
        convention: Convention::Text,
        column: None,
        chat: false,
    };
    session.plan(plan.clone(), vec![under("m1"), under("m2")]);
    assert_eq!(session.study_progress(), (0, 12));
    // One text is known from an earlier visit.
    let (_, item) = session.unscored(0, 1).remove(0);
    let kept = [(key(&item), scored(1.0))].into_iter().collect();
    session.recall(0, &kept);
    assert_eq!(session.study_progress(), (1, 12));
    for (model, nll) in [(0, 1.0), (1, 3.0)] {
        session.settle_study();
        assert_eq!(names(&session).len(), 8, "the study is not complete");
        for (place, _) in session.unscored(model, 99) {
            session.scored(model, place, scored(nll));
        }
    }
    session.settle_study();
    while let Some((job, task, parcel)) = session.next_job() {
        session.accept(&job, task.run(&parcel).unwrap());
    }
    let compared = session.comparison();
    let result = &compared[1].result;
    assert_eq!(result.name, "tuned");
    let second = &result.systems[1];
    assert!((second.score.value - 1.5f64.exp()).abs() < 1e-12);
    let difference = second.comparison.unwrap().difference;
    assert!((difference.value - (1.5f64.exp() - 0.5f64.exp())).abs() < 1e-12);
    assert!(difference.p_value.is_some() && second.slices.len() == 2);
    let view = session.detail(0, None).unwrap().surprise;
    assert_eq!((view.len(), view[0].models.len()), (2, 2));
    assert_eq!(view[0].shift[1].1, Some(-2.0));
    assert_eq!(
        (
            &view[0].models[1].ranks[..],
            &view[0].models[1].entropies[..]
        ),
        (&[1][..], &[0.5][..])
    );
    let tokens = |model: usize| compared[1].tokens[model].unwrap();
    assert_eq!((tokens(0).tokens, tokens(0).top), (3, [1.0; 3]));
    assert_eq!(
        (tokens(1).top, tokens(1).lowest_fifth),
        ([0.0, 1.0, 1.0], Some(-3.0))
    );
    assert_eq!(names(&session).len(), 8 + 2);

    // The same plan under one model keeps what it has scored and takes the other's measure away.
    session.plan(plan, vec![under("m2")]);
    assert_eq!(session.study_progress(), (6, 6));
    session.settle_study();
    assert_eq!(names(&session).len(), 8 + 1);
}

#[test]
fn questions_are_answered_from_the_results() {
    let mut session = session();
    let metric = id(&session, 1);
    let nothing = session.paired_tests(metric);
    assert_eq!(nothing, Ok(None), "nothing is scored yet");
    finish(&mut session);
    let found = session.paired_tests(metric).unwrap().unwrap();
    let [tuned] = &found.systems[..] else {
        panic!("the system that is no baseline");
    };
    let result = session.schedule.result(1).unwrap();
    let [base, own] = [0, 1].map(|i| &result.systems[i].segments);
    let mean = own.iter().zip(base).map(|(a, b)| a - b).sum::<f64>() / own.len() as f64;
    assert!((tuned.mean - mean).abs() < 1e-12 && tuned.pairs == own.len());
    assert_eq!(tuned.mcnemar, None);
    assert!(tuned.wilcoxon.is_some_and(|p| p <= 1.0));
    let exact = names(&session).iter().position(|m| m == "EM").unwrap();
    let found = session.paired_tests(id(&session, exact)).unwrap().unwrap();
    assert!(found.systems[0].mcnemar.is_some(), "right or wrong");
    let found = session.metric_agreement(1);
    assert_eq!(found.matrix.len(), found.metrics.len());
    assert!((found.matrix[0][0][0].unwrap() - 1.0).abs() < 1e-12);
    assert_eq!(found.matrix[0][1], found.matrix[1][0]);
    let pair = [id(&session, 0), id(&session, 6)];
    let found = session.disagreements(0, pair).unwrap().unwrap();
    assert_eq!(found.metrics, ["BLEU", "EM"]);
    assert_eq!(found.rows, [], "both rank the three segments alike");
    let unknown = session.outliers(MetricId(9999), 0);
    assert_eq!(unknown, Err(ScoresError::NoSuchMetric));
    let found = session.text_statistics();
    assert_eq!(found.systems.len(), 3);
    assert!(found.has_reference && found.systems[2].1.texts == 3);
}
