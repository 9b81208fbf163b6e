//! Measures of data that is imported: added and taken away, and of tables that leave some of them undefined.

use super::*;

#[test]
fn a_metric_keeps_its_id_while_others_come_and_go() {
    let world = World::with("a.csv", OUTPUTS);
    let add = |name: &str| {
        let added = world.worker.ask(AddMetric { name: name.into() }).unwrap();
        world.worker.run();
        added
    };
    let (ter, wer) = (add("ter"), add("wer"));
    world.worker.ask(RemoveMetric { metric: ter }).unwrap();
    let again = world.worker.ask(RemoveMetric { metric: ter });
    assert!(matches!(
        again,
        Err(CallFailure::Service(ScoresError::NoSuchMetric))
    ));
    let scores = world.scores();
    let last = scores.metrics.last().unwrap();
    assert_eq!((last.id, &*last.name), (wer, "WER"));
}

#[test]
fn a_blank_output_stands_out() {
    let mut text = "reference,base,tuned\n".to_owned();
    for i in 0..40 {
        let same = format!("the number {i} is a fine and good number");
        let tuned = if i == 7 { "" } else { &same };
        text += &format!("{same},the number {i} is a nice number,{tuned}\n");
    }
    let world = World::with("blank.csv", &text);
    let metric = world.scores().metrics[1].id;
    let found = world.worker.ask(Outliers { metric, system: 1 }).unwrap();
    let found = found.unwrap();
    let blank = found.rows.iter().find(|r| r.row == 7).unwrap();
    assert!(blank.reasons.contains(&Reason::Blank), "{blank:?}");
}

#[test]
fn a_class_that_is_never_true_has_no_area_and_the_rest_has() {
    let mut text = "label,pred,p_neg,p_neutral,p_pos\nneg,neutral,0.2,0.6,0.2\n".to_owned();
    text += &"neg,neg,0.7,0.2,0.1\npos,pos,0.1,0.2,0.7\n".repeat(6);
    let world = World::with("never_true.csv", &text);
    let view = world.worker.ask(Classification {}).unwrap().unwrap();
    assert_eq!(view.labels, ["neg", "neutral", "pos"]);
    let probability = view.classifiers[0].probability.as_ref().unwrap();
    let areas: Vec<_> = probability.curves.iter().map(|c| c.areas[0]).collect();
    assert_eq!(areas, [Some(1.0), None, Some(1.0)]);
}

#[test]
fn labels_that_are_all_one_class_leave_the_areas_undefined() {
    let mut text = "label,pred,p0,p1\n1,0,0.7,0.3\n".to_owned();
    text += &"1,1,0.2,0.8\n".repeat(9);
    let world = World::with("allones.csv", &text);
    let view = world.worker.ask(Classification {}).unwrap().unwrap();
    let classifier = &view.classifiers[0];
    assert!((classifier.accuracy.0 - 0.9).abs() < 1e-12);
    let probability = classifier.probability.as_ref().unwrap();
    assert_eq!(probability.curves[0].areas[0], None);
    assert_eq!(probability.auc, []);
}

#[test]
fn numbers_that_overflow_lose_nothing_else() {
    let mut text = "reference,base,label,pred,proba\nr,b,0,0,inf\nr,b,1,1,nan\n".to_owned();
    text += &"r,b,1,1,0.8\nr,b,0,0,0.1\nr,b,0,1,1e999\n".repeat(4);
    let world = World::with("infscore.csv", &text);
    assert!(world.scores().is_complete());
    assert!(world.worker.ask(Classification {}).unwrap().is_some());
    for row in 0..3 {
        let detail = world.worker.ask(RowDetail { row, against: None }).unwrap();
        assert_eq!(detail.row, row);
    }
}
