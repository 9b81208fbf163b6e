//! Who sees what in which order.

use super::sample::task;
use assay_data::{DataSet, Importer};
use assay_rating::draft::{Draft, Rows, Secrets};
use assay_rating::order::{Seat, shares, showings};
use assay_rating::owner::OwnerSecret;
use assay_rating::project::Origin;
use assay_rating::template::Template;
use assay_rating::{Kind, Task, TaskError};
use proptest::prelude::*;

proptest! {
    #[test]
    fn shares_are_even_and_every_item_has_its_raters(
        items in 1usize..30, slots in 1u16..9, overlap in 1u16..9, seed in any::<u64>(),
    ) {
        let mut task = task();
        task.items.truncate(items);
        (task.slots, task.overlap, task.seed) = (slots, overlap.min(slots), seed);
        let shares = shares(&task);
        prop_assert!(shares.iter().all(|s| s.len() == usize::from(task.overlap)));
        let load = |slot: u16| shares.iter().filter(|s| s.contains(&slot)).count();
        let loads: Vec<usize> = (0..slots).map(load).collect();
        prop_assert!(loads.iter().max().unwrap() - loads.iter().min().unwrap() <= 1);
        for slot in 0..slots {
            let seat = Seat { slot: Some(slot), device: 1 };
            let seen = showings(&task, seat).iter().filter(|s| !s.again).count();
            prop_assert_eq!(seen, load(slot));
        }
        let nobody = showings(&task, Seat { slot: None, device: 1 });
        prop_assert!(nobody.is_empty());
    }

    #[test]
    fn a_rater_sees_every_item_once_and_systems_in_all_places_equally_often(
        device in any::<u64>(), outputs in 2usize..6, seed in any::<u64>(),
    ) {
        let mut task = task();
        task.seed = seed;
        for item in &mut task.items {
            item.outputs = (0..outputs).map(|o| o.to_string()).collect();
        }
        let list = showings(&task, Seat { slot: None, device });
        prop_assert_eq!(list.len(), 32);
        let mut seen: Vec<usize> = list.iter().filter(|s| !s.again).map(|s| s.item).collect();
        seen.sort_unstable();
        prop_assert!(seen.into_iter().eq(0..30));
        for place in 0..outputs {
            for output in 0..outputs {
                let here = list.iter().filter(|s| !s.again && s.outputs[place] == output).count();
                prop_assert!(here.abs_diff(30 / outputs) <= 1, "{here} of 30 among {outputs}");
            }
        }
        // The second showing of an item has another order.
        for again in list.iter().filter(|s| s.again) {
            let first = list.iter().find(|s| s.item == again.item).unwrap();
            prop_assert_ne!(&first.outputs, &again.outputs);
        }
    }
}

#[test]
fn two_devices_of_a_seat_see_the_same_and_the_next_seat_sees_it_turned() {
    let mut task = task();
    (task.slots, task.overlap) = (2, 2);
    let of = |slot, device| {
        showings(
            &task,
            Seat {
                slot: Some(slot),
                device,
            },
        )
    };
    assert_eq!(of(0, 1), of(0, 2));
    let (a, b) = (of(0, 1), of(1, 1));
    for showing in a.iter().filter(|s| !s.again) {
        let other = b
            .iter()
            .find(|s| s.item == showing.item && !s.again)
            .unwrap();
        assert_ne!(showing.outputs, other.outputs);
    }
}

fn data() -> DataSet {
    let mut text = String::from("prompt,reference,a,b,c,domain\n");
    for i in 0..40 {
        let domain = if i < 30 { "law" } else { "health" };
        text.push_str(&format!(
            "p{i},r{i},output a {i},output b {i},output c {i},{domain}\n"
        ));
    }
    let mut importer = Importer::new("x.csv");
    importer.push(text.as_bytes()).unwrap();
    DataSet::join(vec![importer.finish().unwrap()]).unwrap()
}

fn draft(template: Template, rows: Rows) -> Draft {
    Draft {
        language: "en".into(),
        title: "t".into(),
        instructions: String::new(),
        questions: template.questions("en"),
        rows,
        count: 8,
        systems: vec![0, 1, 2],
        source: true,
        reference: false,
        blind: true,
        slots: 0,
        overlap: 0,
        repeats: 0,
        controls: 2,
        timed: false,
        completion: String::new(),
        prefilled: Vec::new(),
        seed: 3,
    }
}

const SECRETS: Secrets = Secrets {
    id: 1,
    owner: OwnerSecret([2; 32]),
    order: 7,
};

#[test]
fn a_draft_becomes_a_task_with_the_rows_asked_for() {
    let column = "domain".to_owned();
    for rows in [
        Rows::First,
        Rows::Random,
        Rows::Stratified { column },
        Rows::Disagreement,
        Rows::Variance,
        Rows::Diversity,
    ] {
        let scores = vec![vec![vec![0.5; 40]; 3], vec![vec![0.5; 40]; 3]];
        let draft = draft(Template::Scales, rows.clone());
        let (task, origins) = draft.make(&data(), &scores, SECRETS).unwrap();
        assert_eq!(task.items.len(), 10);
        let (controls, real): (Vec<_>, Vec<_>) = origins
            .iter()
            .zip(&task.items)
            .partition(|(o, _)| o.wrong.is_some());
        assert_eq!(controls.len(), 2);
        for (origin, item) in real {
            for (system, output) in origin.systems.iter().zip(&item.outputs) {
                let letter = ["a", "b", "c"][*system];
                assert_eq!(*output, format!("output {letter} {}", origin.row));
            }
            assert_eq!(item.source, format!("p{}", origin.row));
            assert!(item.reference.is_empty() && item.labels.is_empty());
        }
        for (origin, item) in controls {
            let wrong = origin.wrong.unwrap();
            let letter = ["a", "b", "c"][origin.systems[wrong]];
            assert!(item.outputs[wrong].starts_with(&format!("output {letter} ")));
            assert_ne!(
                item.outputs[wrong],
                format!("output {letter} {}", origin.row)
            );
        }
        if matches!(rows, Rows::Stratified { .. }) {
            let law = origins
                .iter()
                .filter(|o| o.wrong.is_none() && o.row < 30)
                .count();
            assert_eq!(law, 6, "three quarters of eight");
        }
    }
}

#[test]
fn pairs_of_three_systems_are_three_items_a_row() {
    let (task, origins) = draft(Template::Pairwise, Rows::First)
        .make(&data(), &Vec::new(), SECRETS)
        .unwrap();
    assert_eq!(task.items.len(), 8 * 3 + 2);
    assert!(task.items.iter().all(|i| i.outputs.len() == 2));
    let mut pairs: Vec<(usize, Vec<usize>)> = origins
        .iter()
        .filter(|o| o.wrong.is_none())
        .map(|o| (o.row, o.systems.clone()))
        .collect();
    pairs.iter_mut().for_each(|(_, pair)| pair.sort_unstable());
    pairs.sort();
    assert_eq!(
        pairs[..3],
        [(0, vec![0, 1]), (0, vec![0, 2]), (0, vec![1, 2])]
    );
    assert!(matches!(task.questions[0].kind, Kind::Pairwise { .. }));
}

#[test]
fn a_draft_that_can_t_be_says_why() {
    let mut one = draft(Template::Pairwise, Rows::First);
    one.systems = vec![0];
    assert!(matches!(
        one.make(&data(), &Vec::new(), SECRETS),
        Err(TaskError::Outputs { outputs: 1, .. })
    ));
    let mut none = draft(Template::Scales, Rows::First);
    none.count = 0;
    assert_eq!(
        none.make(&data(), &Vec::new(), SECRETS),
        Err(TaskError::NoItem)
    );
    none.count = 3;
    (none.slots, none.overlap) = (2, 3);
    assert!(matches!(
        none.make(&data(), &Vec::new(), SECRETS),
        Err(TaskError::Overlap {
            overlap: 3,
            slots: 2
        })
    ));
    none.slots = 0;
    none.questions.push(none.questions[0].clone());
    assert!(matches!(
        none.make(&data(), &Vec::new(), SECRETS),
        Err(TaskError::Name { .. })
    ));
}

/// A task of all but a few of 200 rows, and what it says of itself to someone who decodes the link.
fn blind_task(order: u64, systems: usize) -> (Task, Vec<Origin>) {
    let mut text = String::from("prompt,reference,a,b,c\n");
    for i in 0..200 {
        text.push_str(&format!("p{i},r{i},a {i},b {i},c {i}\n"));
    }
    let mut importer = Importer::new("x.csv");
    importer.push(text.as_bytes()).unwrap();
    let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    let draft = Draft {
        systems: (0..systems).collect(),
        count: 180,
        controls: 10,
        ..draft(Template::Scales, Rows::First)
    };
    let secrets = Secrets { order, ..SECRETS };
    draft.make(&data, &Vec::new(), secrets).unwrap()
}

#[test]
fn whoever_decodes_a_link_can_t_tell_systems_rows_or_controls() {
    for systems in [2, 3] {
        let (task, origins) = blind_task(7, systems);
        let count = origins.len();
        // Where an output stands in the task says nothing of its system.
        for place in 0..systems {
            let first = origins.iter().filter(|o| o.systems[place] == 0).count();
            let expected = count as f64 / systems as f64;
            assert!(
                (first as f64 - expected).abs() < 4.0 * expected.sqrt(),
                "{place}: {first}"
            );
        }
        // Nor does where an item stands of its row, nor of being a control.
        let rising = origins
            .windows(2)
            .filter(|pair| pair[0].row < pair[1].row)
            .count();
        assert!((70..120).contains(&rising), "{rising} of {count}");
        let controls: Vec<usize> = (0..count).filter(|&i| origins[i].wrong.is_some()).collect();
        assert_eq!(controls.len(), 10);
        assert!(
            controls[0] < count / 2 && controls[9] > count / 2,
            "{controls:?}"
        );
        // No prompt and no output stands there twice.
        let mut texts: Vec<&String> = task.items.iter().map(|i| &i.source).collect();
        texts.extend(task.items.iter().flat_map(|i| &i.outputs));
        let all = texts.len();
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), all);
        // Another secret is another order, so the order does not follow from what the link holds.
        let (other, _) = blind_task(8, systems);
        assert_eq!(other.seed, task.seed);
        assert_ne!(other.items, task.items);
    }
}

#[test]
fn every_rater_sees_each_system_in_each_place_equally_often() {
    for systems in [2, 3] {
        let (task, origins) = blind_task(7, systems);
        for device in [1, 2, 3] {
            let seat = Seat { slot: None, device };
            let mut seen = vec![vec![0usize; systems]; systems];
            for showing in showings(&task, seat) {
                for (place, &output) in showing.outputs.iter().enumerate() {
                    seen[origins[showing.item].systems[output]][place] += 1;
                }
            }
            let counts = seen.iter().flatten();
            let (low, high) = (counts.clone().min().unwrap(), counts.max().unwrap());
            // One for what is left of each direction when its items are divided by the systems.
            let left = if systems == 2 { 1 } else { 2 };
            assert!(high - low <= left, "{seen:?}");
        }
    }
}
