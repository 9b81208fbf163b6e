//! How raters differ in what they prefer: order effects of judges, and how clearly each tells systems apart.

use crate::tools::{analysis, found};
use assay_rating::analysis::rater_effects::RaterEffects;
use std::fmt::Write;

/// Who wins on the item of a number.
type Winner = fn(usize) -> &'static str;

/// Comparisons of `tuned` against `base` on `items` items: who won, by the item's number.
fn table(raters: &[(&str, usize, Winner)], swapped: bool) -> String {
    let head = "rater,item,model_a,model_b,winner";
    let mut text = format!("{head}{}\n", if swapped { ",swapped" } else { "" });
    for (rater, items, winner) in raters {
        for item in 0..*items {
            write!(text, "{rater},{item},base,tuned,{}", winner(item)).unwrap();
            if swapped {
                write!(text, ",{}", item % 2 == 1).unwrap();
            }
            text.push('\n');
        }
    }
    text
}

fn effects(text: &str) -> Option<RaterEffects> {
    let found = analysis(&found("j.csv", text));
    let preferences = found.dimensions.into_iter().find_map(|d| d.preferences);
    preferences.unwrap().raters
}

/// Mostly the better system, whatever its place.
fn fair(item: usize) -> &'static str {
    match item % 8 {
        0 | 1 => "base",
        2 => "tie",
        _ => "tuned",
    }
}

/// Mostly what was shown first: `tuned` in odd items.
fn by_place(item: usize) -> &'static str {
    match (item % 2, item % 10) {
        (_, 0) => "tuned",
        (_, 1) => "base",
        (0, _) => "base",
        _ => "tuned",
    }
}

/// As often one as the other.
fn by_chance(item: usize) -> &'static str {
    if item % 16 < 7 { "base" } else { "tuned" }
}

#[test]
fn a_judge_that_goes_by_the_place_is_told_from_one_that_does_not() {
    let text = table(&[("gpt-4", 80, fair), ("claude-3", 80, by_place)], true);
    let found = effects(&text).unwrap();
    let names: Vec<&str> = found
        .raters
        .iter()
        .filter_map(|r| r.name.as_deref())
        .collect();
    assert_eq!(names, ["claude-3", "gpt-4"]);
    let [placed, fair] = [0, 1].map(|r| found.raters[r].order.unwrap());
    assert!(placed.value > 3.0 && placed.interval[0] > 1.5, "{placed:?}");
    assert!(fair.interval[0] < 1.0 && fair.interval[1] > 1.0, "{fair:?}");
    assert_eq!((found.raters[0].count, found.raters[0].units), (80, 80));
    assert_eq!(found.systems.len(), 2);
}

#[test]
fn who_judges_by_chance_tells_less_apart_and_has_no_order_where_none_is_known() {
    let text = table(&[("ann", 60, fair), ("bob", 60, by_chance)], false);
    let found = effects(&text).unwrap();
    let [ann, bob] = [0, 1].map(|r| found.raters[r].discrimination.unwrap());
    assert!(ann.value > 1.0 && bob.value < 1.0, "{ann:?} {bob:?}");
    assert!(
        (ann.value * bob.value - 1.0).abs() < 1e-9,
        "their geometric mean is 1"
    );
    assert!(found.raters.iter().all(|r| r.order.is_none()));
}

#[test]
fn raters_with_few_items_stand_together_and_one_rater_has_no_others() {
    assert_eq!(effects(&table(&[("ann", 60, fair)], false)), None);
    assert_eq!(
        effects(&table(&[("ann", 60, fair), ("bob", 9, fair)], false)),
        None
    );
    let three: [(&str, usize, Winner); 3] =
        [("ann", 60, fair), ("bob", 19, fair), ("cy", 16, by_chance)];
    let few = effects(&table(&three, false));
    assert_eq!(few, None, "19 items of both together");
    let text = table(
        &[("ann", 60, fair), ("bob", 22, fair), ("cy", 12, fair)],
        false,
    );
    let found = effects(&text).unwrap();
    assert_eq!(found.raters.len(), 2, "twelve items are too few");
}

#[test]
fn people_alone_count_where_people_have_judged() {
    let people = table(&[("ann", 40, fair), ("bob", 40, by_chance)], false);
    let mut foreign = found("p.csv", &people);
    let judged = table(&[("gpt-4", 40, by_place)], true);
    foreign.table.join(found("j.csv", &judged).table);
    let found = analysis(&foreign);
    let preferences = found.dimensions[0].preferences.as_ref().unwrap();
    let raters = preferences.raters.as_ref().unwrap();
    assert!(raters.raters.iter().all(|r| r.order.is_none()));
    assert_eq!(raters.raters.len(), 2);
}
