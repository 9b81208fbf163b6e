use super::*;
use crate::surprise::{Scored, Under, key};
use assay_data::Importer;
use assay_results::perplexity::Convention;
use assay_results::perplexity::Plan;
use assay_results::questions::{Answer, Question};

fn session() -> Session {
    let text = "reference,base,tuned,domain\nthe cat sat,a dog ran,the cat sat,x\nfive words stand here now,five words stand here now,four words,y\nsix,six,six,x\n";
    let mut importer = Importer::new("a.csv");
    importer.push(text.as_bytes()).unwrap();
    let mut session = Session::default();
    session.load(DataSet::join(vec![importer.finish().unwrap()]).unwrap());
    session
}

/// Evaluates to the end and gives all answers.
fn finish(session: &mut Session) -> Vec<Response> {
    let mut news = session.evaluate(0, *Schedule::default().test());
    while let Some((job, task, parcel)) = session.next_job() {
        news.extend(session.accept(&job, task.run(&parcel).unwrap()));
    }
    news
}

#[test]
fn a_metric_is_added_behind_the_usual_ones_and_taken_away_again() {
    let mut session = session();
    finish(&mut session);
    let usual = session.summary().usual;
    assert_eq!(session.add_metric("nonsense"), []);
    assert_eq!(session.add_metric("bleu"), [], "it is there");
    session.add_metric("ter");
    assert_eq!(session.remove_metric(usual), [], "not while it is computed");
    finish(&mut session);
    assert_eq!(session.summary().metrics[usual], "TER");
    let result = session.schedule.result(usual).unwrap();
    assert!(result.lower_is_better && result.systems[0].interval.is_some());
    assert_eq!(session.remove_metric(0), [], "a usual one stays");
    assert_eq!(
        session.remove_metric(usual),
        [Response::Removed { metric: usual }]
    );
    assert_eq!(session.summary().metrics.len(), usual);
    // What is added stays so for other data.
    session.add_metric("wer");
    let data = session.data.clone();
    assert_eq!(session.load(data).metrics[usual], "WER");
    // In Chinese data ROUGE is another one, and the usual ones hold it.
    session.add_metric("rouge3");
    let mut importer = Importer::new("a.csv");
    let text = "reference,base\n今天天气很好,今天天气好\n";
    importer.push(text.as_bytes()).unwrap();
    let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    let summary = session.load(data);
    assert_eq!(summary.metrics[usual + 1], "rouge3 (zh-char)");
    assert_eq!(session.add_metric("rouge1"), []);
    assert!(summary.addable.iter().all(|(name, _)| name != "rouge1"));
    finish(&mut session);
    session.remove_metric(usual);
    assert_eq!(session.added, ["rouge3"]);
}

#[test]
fn a_metric_added_twice_with_other_options_goes_one_by_one() {
    let mut session = session();
    finish(&mut session);
    let usual = session.summary().usual;
    session.add_metric("meteor");
    finish(&mut session);
    session.set_option(usual, "modules", "exact");
    session.add_metric("meteor");
    session.add_metric("wer");
    finish(&mut session);
    let names = session.summary().metrics;
    assert_eq!(
        names[usual..],
        ["METEOR (exact)", "METEOR (exact+stem)", "WER"]
    );
    for _ in 0..3 {
        let removed = session.remove_metric(usual);
        assert_eq!(removed, [Response::Removed { metric: usual }]);
    }
    assert!(session.added.is_empty() && session.added_here.is_empty());
}

#[test]
fn rows_are_sorted_by_the_drop_and_filtered_by_slice_and_text() {
    let mut session = session();
    session.set_role(3, Role::Slice);
    finish(&mut session);
    let query = Query {
        metric: 1,
        system: 1,
        order: Order::Drop,
        ..Query::default()
    };
    let Response::Rows { total, rows, .. } = session.rows(query.clone(), 0, 2) else {
        panic!()
    };
    assert_eq!((total, rows.len(), rows[0].row), (3, 2, 1));
    let query = Query {
        slice: Some(("domain".into(), "x".into())),
        text: "CAT".into(),
        ..query
    };
    let Response::Rows { total, rows, .. } = session.rows(query, 0, 9) else {
        panic!()
    };
    assert_eq!((total, rows[0].row), (1, 0));
}

#[test]
fn steps_follow_the_order_and_stop_at_its_ends() {
    let mut session = session();
    session.set_role(3, Role::Slice);
    finish(&mut session);
    let query = Query {
        metric: 1,
        system: 1,
        order: Order::Drop,
        ..Query::default()
    };
    let mut seen = Vec::new();
    for (row, by) in [(None, 1), (Some(1), 1), (Some(2), 9), (Some(1), -1)] {
        match session.step(query.clone(), row, by) {
            Some(Response::Stepped { row, place }) => seen.push((row, place)),
            other => panic!("{other:?}"),
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
    for news in finish(&mut session) {
        let Response::Metric {
            index, histogram, ..
        } = news
        else {
            continue;
        };
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
                let Response::Rows { total, .. } = session.rows(query, 0, 9) else {
                    panic!()
                };
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
    assert_eq!(session.load(other).earlier, Some(vec!["a.csv".into()]));
    let summary = session.undo();
    assert_eq!((summary.rows, summary.files), (3, vec!["a.csv".into()]));
    assert_eq!(summary.earlier, Some(vec!["b.csv".into()]));
}

#[test]
fn an_option_that_cannot_be_taken_changes_nothing() {
    let mut session = session();
    finish(&mut session);
    let news = session.set_option(0, "tokenize", "nothing");
    assert!(matches!(&news[..], [Response::Metric { index: 0, .. }]));
    assert!(!session.is_busy());
    assert!(session.set_option(0, "tokenize", "char").is_empty() && session.is_busy());
}

#[test]
fn detail_marks_what_is_missing_and_what_is_added() {
    let session = session();
    let detail = session.detail(1).unwrap();
    let kinds: Vec<Mark> = detail.outputs[1].marks.iter().map(|m| m.0).collect();
    assert!(kinds.contains(&Mark::Missing) && kinds.contains(&Mark::Added));
    assert_eq!(
        detail.outputs[0].marks,
        [(Mark::Same, "five words stand here now".to_owned())]
    );
    assert!(session.detail(9).is_none());
}

fn scored(nll: f64) -> Scored {
    Scored {
        row: [nll, 2.0, 1.0, 4.0, (nll / 2.0).exp(), 1.0],
        tokens: vec![("a".into(), None), ("b".into(), Some(-nll as f32))],
    }
}

#[test]
fn two_models_are_compared_once_every_text_is_through_and_a_kept_score_counts() {
    let mut session = session();
    session.set_role(3, Role::Slice);
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
        assert!(session.settle_study().is_empty());
        for (place, _) in session.unscored(model, 99) {
            session.scored(model, place, scored(nll));
        }
    }
    let mut news = session.settle_study();
    while let Some((job, task, parcel)) = session.next_job() {
        news.extend(session.accept(&job, task.run(&parcel).unwrap()));
    }
    let compared = news.iter().rev().find_map(|n| match n {
        Response::Compared {
            index: 1, result, ..
        } => Some(result),
        _ => None,
    });
    let result = compared.unwrap();
    assert_eq!(result.name, "tuned");
    let second = &result.systems[1];
    assert!((second.score.value - 1.5f64.exp()).abs() < 1e-12);
    let difference = second.comparison.unwrap().difference;
    assert!((difference.value - (1.5f64.exp() - 0.5f64.exp())).abs() < 1e-12);
    assert!(difference.p_value.is_some() && second.slices.len() == 2);
    let view = session.detail(0).unwrap().surprise;
    assert_eq!((view.len(), view[0].models.len()), (2, 2));
    assert_eq!(view[0].shift[1].1, Some(-2.0));
    let names = |session: &Session| session.summary().metrics.len();
    assert_eq!(names(&session), 8 + 2);

    // The same plan under one model keeps what it has scored and takes the other's measure away.
    session.plan(plan, vec![under("m2")]);
    assert_eq!(session.study_progress(), (6, 6));
    session.settle_study();
    assert_eq!(names(&session), 8 + 1);
}

#[test]
fn questions_are_answered_from_the_results() {
    let mut session = session();
    let metric = Question::Pairs { metric: 1 };
    assert_eq!(session.question(metric), None, "nothing is scored yet");
    finish(&mut session);
    let answer = |session: &Session, question| match session.question(question) {
        Some(Response::Answer { answer, .. }) => *answer,
        other => panic!("{other:?}"),
    };
    let Answer::Pairs(found) = answer(&session, metric) else {
        panic!("pairs");
    };
    let [tuned] = &found.systems[..] else {
        panic!("the system that is no baseline");
    };
    let result = session.schedule.result(1).unwrap();
    let [base, own] = [0, 1].map(|i| &result.systems[i].segments);
    let mean = own.iter().zip(base).map(|(a, b)| a - b).sum::<f64>() / own.len() as f64;
    assert!((tuned.mean - mean).abs() < 1e-12 && tuned.pairs == own.len());
    assert_eq!(tuned.mcnemar, None);
    assert!(tuned.wilcoxon.is_some_and(|p| p <= 1.0));

    let exact = session
        .summary()
        .metrics
        .iter()
        .position(|m| m == "EM")
        .unwrap();
    let Answer::Pairs(found) = answer(&session, Question::Pairs { metric: exact }) else {
        panic!("pairs");
    };
    assert!(found.systems[0].mcnemar.is_some(), "right or wrong");

    let asked = Question::Agreement { system: 1 };
    let Answer::Agreement(found) = answer(&session, asked) else {
        panic!("agreement");
    };
    assert_eq!(found.matrix.len(), found.metrics.len());
    assert!((found.matrix[0][0][0].unwrap() - 1.0).abs() < 1e-12);
    assert_eq!(found.matrix[0][1], found.matrix[1][0]);
    let asked = Question::Disagreement {
        system: 0,
        pair: [0, 6],
    };
    let Answer::Disagreement(found) = answer(&session, asked) else {
        panic!("apart");
    };
    assert_eq!(found.metrics, ["BLEU", "EM"]);
    assert_eq!(found.rows, [], "both rank the three segments alike");

    let Answer::Texts(found) = answer(&session, Question::Texts) else {
        panic!("texts");
    };
    assert_eq!(found.systems.len(), 3);
    assert!(found.has_reference && found.systems[2].1.texts == 3);
}
