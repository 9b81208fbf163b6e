//! Looking for the data in training files.

use super::*;
use assay_data::overlaps::OverlapWords;
use assay_overlap::OverlapError;
use assay_protocol::overlap::{FindOverlap, ListOverlaps, OverlapFailure, RemoveOverlap};
use assay_protocol::topics::FIND_OVERLAP;
use assay_results::scores::SliceResult;

const TEST: &str = "prompt,reference,base,tuned\n\
    How many legs do two spiders have in all?,sixteen legs,sixteen,sixteen legs\n\
    Which river runs through the city of Vienna?,the Danube,the Rhine,the Danube\n\
    Why?,no,yes,no\n\
    Who wrote the play about the prince of Denmark?,Shakespeare,Goethe,Shakespeare\n";
const TRAINING: &str = "{\"text\": \"Something else stands here.\"}\n{\"text\": \"How many legs do two spiders have in all?\"}\n";

impl World {
    fn look_in(&self, files: Files) -> Result<(), CallFailure<OverlapFailure>> {
        let words = OverlapWords {
            column: "in training data".to_owned(),
            found: "yes".to_owned(),
            not_found: "no".to_owned(),
        };
        let answer = self.worker.client().ask_with(FindOverlap { words }, files);
        let answer = self.worker.finish(answer);
        self.worker.run();
        answer.map(|answer| answer.reply)
    }

    /// The slices of the first metric's last system.
    fn slices(&self) -> Vec<SliceResult> {
        self.configure();
        let scores = self.scores();
        let systems = &scores.results[0].result.systems;
        systems.last().unwrap().slices.clone()
    }
}

#[test]
fn rows_that_were_trained_on_become_a_slice_of_every_measure() {
    let world = World::with("test.csv", TEST);
    assert!(world.slices().is_empty());
    world.look_in(vec![file("train.jsonl", TRAINING)]).unwrap();
    let found = world.worker.ask(ListOverlaps {}).unwrap();
    let report = &found[0].report;
    assert_eq!((report.found, report.not_compared, report.rows), (1, 1, 4));
    assert_eq!(found[0].column.as_deref(), Some("in training data"));
    assert_eq!(
        found[0].texts[0],
        "How many legs do two spiders have in all?"
    );
    assert_eq!(report.examples[0].place.as_ref().unwrap().row, 2);
    let slices: Vec<_> = world
        .slices()
        .into_iter()
        .map(|s| (s.value, s.segments))
        .collect();
    assert_eq!(slices, [("no".to_owned(), 2), ("yes".to_owned(), 1)]);
    assert!(world.scores().is_complete());
    world.worker.ask(RemoveOverlap { place: 0 }).unwrap();
    assert!(world.slices().is_empty());
    assert!(world.worker.ask(ListOverlaps {}).unwrap().is_empty());
}

#[test]
fn what_is_computed_of_all_rows_stays() {
    let world = World::with("test.csv", TEST);
    let before = world.scores();
    world.pool.computed.set(Some(0));
    world.look_in(vec![file("train.jsonl", TRAINING)]).unwrap();
    world.configure();
    // Nothing is computed by now, and scores are there.
    let now = world.scores();
    let scores = |view: &ScoresView| {
        let results = view.results.iter();
        let systems = results.flat_map(|metric| metric.result.systems.clone());
        systems.map(|system| system.score.value).collect::<Vec<_>>()
    };
    assert_eq!(scores(&before), scores(&now));
}

#[test]
fn a_file_that_is_no_table_and_data_without_texts_are_refused() {
    let world = World::with("test.csv", TEST);
    let refused = world.look_in(vec![file("train.jsonl", "")]);
    assert!(matches!(
        refused,
        Err(CallFailure::Service(OverlapFailure::Files { .. }))
    ));
    let world = World::new();
    let refused = world.look_in(vec![file("train.jsonl", TRAINING)]);
    let error = OverlapFailure::Test {
        error: OverlapError::NoTexts,
    };
    assert!(matches!(refused, Err(CallFailure::Service(found)) if found == error));
    assert!(world.jobs.borrow().of_kind(&FIND_OVERLAP).is_none());
}

#[test]
fn an_import_ends_the_look_for_what_it_replaces() {
    let world = World::with("test.csv", TEST);
    let words = OverlapWords {
        column: "c".to_owned(),
        found: "yes".to_owned(),
        not_found: "no".to_owned(),
    };
    let files = vec![file("train.jsonl", TRAINING)];
    let looking = world.worker.client().ask_with(FindOverlap { words }, files);
    // The import comes before the look has begun to read.
    let importing = world.worker.client().ask(SUPPORT);
    let both = futures_util::future::join(looking, importing);
    let (ended, _) = world.worker.finish(both);
    assert!(matches!(
        ended,
        Err(CallFailure::Service(OverlapFailure::Stopped))
    ));
    assert!(world.worker.ask(ListOverlaps {}).unwrap().is_empty());
}
