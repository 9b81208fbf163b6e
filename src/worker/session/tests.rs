use super::*;
use crate::dataset::Importer;

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
