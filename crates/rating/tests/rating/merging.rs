//! Merging answers: a set, whatever the order, and nothing silently lost.

use super::sample::{SECRET, any_bundle, bundle, points, task};
use assay_rating::envelope::of_answers;
use assay_rating::owner::OwnerSecret;
use assay_rating::pool::{Decisions, RaterKey};
use assay_rating::project::{Aside, Event, Origin, Outcome};
use assay_rating::task::Sealing;
use assay_rating::{Answer, EnvelopeError, Pool, Project, Task};
use proptest::prelude::*;

fn pool(bundles: &[assay_rating::Bundle]) -> Pool {
    let mut pool = Pool::default();
    bundles.iter().for_each(|b| {
        pool.add(b);
    });
    pool
}

fn joined(a: &Pool, b: &Pool) -> Pool {
    let mut both = a.clone();
    both.merge(b);
    both
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn merging_is_a_set_union(
        bundles in proptest::collection::vec(any_bundle(task()), 0..6),
        cut in any::<proptest::sample::Index>(),
        turned in any::<proptest::sample::Index>(),
    ) {
        let all = pool(&bundles);
        let at = cut.index(bundles.len() + 1);
        let (a, b) = (pool(&bundles[..at]), pool(&bundles[at..]));
        prop_assert_eq!(&joined(&a, &b), &all, "pools merge to the pool of all");
        prop_assert_eq!(&joined(&b, &a), &all, "in either order");
        prop_assert_eq!(&joined(&all, &a), &all, "and what is there brings nothing");
        let c = pool(&bundles[turned.index(bundles.len() + 1)..]);
        prop_assert_eq!(joined(&joined(&a, &b), &c), joined(&a, &joined(&b, &c)));
        let mut order = bundles.clone();
        order.reverse();
        order.extend(bundles.clone());
        prop_assert_eq!(&pool(&order), &all, "bundles in any order, as often as they come");
    }
}

fn project(task: Task) -> Project {
    let origins = (0..task.items.len()).map(|row| Origin {
        row,
        systems: vec![0, 1],
        wrong: None,
    });
    Project {
        systems: vec!["base".into(), "tuned".into()],
        origins: origins.collect(),
        envelope: String::new(),
        locked: false,
        files: Vec::new(),
        made: 0.0,
        secret: (task.sealing == Sealing::OwnerKey).then_some(SECRET),
        task,
    }
}

fn sealed(task: &Task, bundle: &assay_rating::Bundle) -> String {
    of_answers(bundle, task, None, [1; 32])
}

#[test]
fn an_update_stands_and_two_devices_of_one_rater_are_one() {
    let task = task();
    let first = bundle(
        &task,
        1,
        "Ann",
        &[(0, 1, points([1; 8])), (1, 2, points([2; 8]))],
    );
    let later = bundle(&task, 1, "Ann", &[(0, 3, points([5; 8]))]);
    let phone = bundle(&task, 2, "ann ", &[(2, 1, points([3; 8]))]);
    let raters = pool(&[later, phone, first]).raters(&Decisions::default());
    assert_eq!(raters.len(), 1);
    assert_eq!(raters[0].devices, [1, 2]);
    assert!(raters[0].conflicts.is_empty());
    let answers: Vec<&Answer> = raters[0].answers.values().collect();
    assert_eq!(answers, [&points([5; 8]), &points([2; 8]), &points([3; 8])]);
}

#[test]
fn a_conflict_is_shown_until_it_is_decided_or_the_devices_are_set_apart() {
    let project = project(task());
    let of = |device, point| {
        let answers = [(0, 1, points([point; 8]))];
        sealed(
            &project.task,
            &bundle(&project.task, device, "Ann", &answers),
        )
    };
    let mut events = vec![Event::Came {
        envelopes: vec![of(1, 2), of(2, 4)],
    }];
    let raters = |events: &[Event]| {
        let gathered = project.gather(events);
        gathered.pool.raters(&gathered.decisions)
    };
    let found = raters(&events);
    assert_eq!(found[0].conflicts.len(), 1);
    let (key, place) = (found[0].key.clone(), found[0].conflicts[0].place);
    events.push(Event::Preferred {
        rater: key.clone(),
        place,
        device: 2,
    });
    let found = raters(&events);
    assert!(found[0].conflicts.is_empty());
    assert_eq!(found[0].answers[&place], points([4; 8]));
    events.push(Event::Undone);
    assert_eq!(raters(&events)[0].conflicts.len(), 1);
    events.push(Event::Apart {
        device: 2,
        apart: true,
    });
    let found = raters(&events);
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].key, RaterKey::Device(2));
    events.push(Event::LeftOut {
        rater: RaterKey::Device(2),
        out: true,
    });
    let gathered = project.gather(&events);
    assert!(gathered.decisions.left_out.contains(&RaterKey::Device(2)));
    events.extend([Event::Undone, Event::Undone, Event::Undone, Event::Undone]);
    let gathered = project.gather(&events);
    assert!(gathered.pool.is_empty() && !gathered.can_undo);
}

#[test]
fn what_is_no_answer_to_the_task_is_set_aside_with_its_reason() {
    let project = project(task());
    let given = bundle(&project.task, 1, "Ann", &[(0, 1, points([1; 8]))]);
    let mut version = project.task.clone();
    version.title.push('!');
    let mut other = project.task.clone();
    other.id += 1;
    let mut forger = project.task.clone();
    forger.key = OwnerSecret([9; 32]).public_key();
    let of = |task: &Task| sealed(task, &bundle(task, 1, "Ann", &[(0, 1, points([1; 8]))]));
    let forged = of_answers(&given, &forger, None, [1; 32]);
    let mut impossible = given.clone();
    impossible.entries[0].answer = points([9; 8]);
    let text = sealed(&project.task, &given);
    let reason = |text: &str| project.read(text).unwrap_err();
    assert_eq!(reason(&of(&version)), Aside::OtherVersion);
    assert_eq!(reason(&of(&other)), Aside::OtherTask);
    let error = EnvelopeError::Forged;
    assert_eq!(reason(&forged), Aside::Unreadable { error });
    assert_eq!(
        reason(&sealed(&project.task, &impossible)),
        Aside::DoesNotFit
    );
    let task_text =
        assay_rating::envelope::of_task(&assay_rating::envelope::packed(&project.task), None);
    assert_eq!(reason(&task_text), Aside::IsTask);
    let error = EnvelopeError::Cut { missing: 4 };
    assert_eq!(reason(&text[..text.len() - 4]), Aside::Unreadable { error });
    let events = [Event::Came {
        envelopes: vec![text, of(&version)],
    }];
    let gathered = project.gather(&events);
    assert!(
        matches!(&gathered.outcomes[0], Outcome::Merged { rater, brought, invited: None } if rater == "Ann" && brought.added == 1)
    );
    assert!(matches!(
        &gathered.outcomes[1],
        Outcome::Aside {
            reason: Aside::OtherVersion,
            ..
        }
    ));
}
