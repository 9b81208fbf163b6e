//! What is said of models that judge, on tables whose answers are known by construction.

use crate::tools::found;
use assay_rating::analysis::judges::JudgeResult;
use assay_rating::analysis::judges::corrected::Of;
use assay_rating::analysis::{Analysis, OutputLengths, analyse};
use assay_rating::judgements::Judgements;

fn analysed(table: &Judgements) -> Analysis {
    analyse(table, 0, &[], &OutputLengths::default())
}

fn only(analysis: &Analysis) -> &JudgeResult {
    &analysis.judges[0].dimensions[0]
}

/// A table of pairs, base and tuned: who judges, the item, which is shown first, and the winner.
fn pairs(rows: impl IntoIterator<Item = (&'static str, usize, bool, &'static str)>) -> Judgements {
    let mut text = "judge,item,model_a,model_b,winner\n".to_owned();
    for (who, item, base_first, winner) in rows {
        let [a, b] = if base_first {
            ["base", "tuned"]
        } else {
            ["tuned", "base"]
        };
        text.push_str(&format!("{who},{item},{a},{b},{winner}\n"));
    }
    found("pairs.csv", &text).table
}

#[test]
fn a_judge_that_takes_whatever_comes_first_is_found_out() {
    // On 20 of 30 items the first shown wins in both orders, on 10 tuned does.
    let rows = (0..60).map(|i| {
        let (item, base_first) = (i / 2, i % 2 == 0);
        let winner = if item >= 20 || !base_first {
            "tuned"
        } else {
            "base"
        };
        ("gpt-4", item, base_first, winner)
    });
    let analysis = analysed(&pairs(rows));
    let position = only(&analysis).position.unwrap();
    assert_eq!((position.pairs, position.items), (30, 30));
    assert_eq!((position.first_both, position.consistent), (20, 10));
    assert!((position.first_rate - 50.0 / 60.0).abs() < 1e-12 && position.is_biased());
    assert!(analysis.dimensions[0].by_models);
    assert_eq!(only(&analysis).agreement, None);
}

#[test]
fn a_judge_that_keeps_to_its_verdict_is_not_biased_whatever_it_prefers() {
    let rows = (0..60).map(|i| ("gpt-4", i / 2, i % 2 == 0, "tuned"));
    let position = only(&analysed(&pairs(rows))).position.unwrap();
    assert_eq!((position.consistent, position.first_rate), (30, 0.5));
    assert!(!position.is_biased());
}

#[test]
fn the_same_pair_asked_again_in_the_same_order_shows_how_steady_a_judge_is() {
    let rows = (0..40).map(|i| {
        let winner = if i < 10 && i % 2 == 0 {
            "base"
        } else {
            "tuned"
        };
        ("gpt-4", i / 2, true, winner)
    });
    let repeats = only(&analysed(&pairs(rows))).repeats.unwrap();
    assert_eq!(
        (repeats.judged, repeats.same, repeats.deviation),
        (20, 0.75, None)
    );
}

#[test]
fn a_win_rate_is_corrected_by_the_items_that_people_have_judged() {
    // People prefer base on half of 40 items; the judge prefers tuned there throughout, and on 160 more.
    let people = (0..40).map(|i| ("ann", i, true, if i % 2 == 0 { "base" } else { "tuned" }));
    let judge = (0..200).map(|i| ("gpt-4", i, true, if i % 20 == 0 { "base" } else { "tuned" }));
    let analysis = analysed(&pairs(people.chain(judge)));
    let corrected = only(&analysis).corrected[0];
    assert_eq!(corrected.of, Of::Pair([0, 1]));
    assert_eq!((corrected.labelled, corrected.unlabelled), (40, 160));
    assert!((corrected.raw - 0.95).abs() < 1e-12 && (corrected.people - 0.5).abs() < 1e-12);
    let mean = corrected.mean.unwrap();
    assert!(mean.interval[0] < 0.5 && mean.interval[1] < 0.8, "{mean:?}");
    let agreement = only(&analysis).agreement.as_ref().unwrap();
    assert_eq!((agreement.count, agreement.same), (40, 0.55));
    assert_eq!(agreement.confusion.counts[0], [2, 0, 18]);
    // The page's own result is people's.
    let pair = &analysis.dimensions[0].preferences.as_ref().unwrap().pairs[0];
    assert_eq!((pair.rate, pair.units), (0.5, 40));
}

#[test]
fn with_few_labels_nothing_is_corrected() {
    let people = (0..19).map(|i| ("ann", i, true, if i % 2 == 0 { "base" } else { "tuned" }));
    let judge = (0..99).map(|i| ("gpt-4", i, true, "tuned"));
    let corrected = only(&analysed(&pairs(people.chain(judge)))).corrected[0];
    assert_eq!((corrected.labelled, corrected.mean), (19, None));
}

/// Three people and a judge who say yes or no of one system.
fn yes_or_no(judge_errs: impl Fn(usize) -> bool) -> Judgements {
    let mut text = "rater,item,system,correct\n".to_owned();
    for item in 0..120 {
        let truth = item % 3 != 0;
        for (place, person) in ["ann", "bob", "cy"].into_iter().enumerate() {
            let errs = item % 12 == 4 * place;
            if item < 60 {
                text.push_str(&format!(
                    "{person},{item},base,{}\n",
                    u8::from(truth != errs)
                ));
            }
        }
        let said = u8::from(truth != judge_errs(item));
        text.push_str(&format!("gpt-4,{item},base,{said}\n"));
    }
    found("yes.csv", &text).table
}

#[test]
fn a_judge_that_is_as_right_as_people_can_replace_one_and_one_that_guesses_can_not() {
    let analysis = analysed(&yes_or_no(|item| item % 12 == 1));
    let result = only(&analysis);
    let substitute = result.substitute.as_ref().unwrap();
    assert_eq!((substitute.people, substitute.passes()), (3, true));
    let [yes, no] = result.agreement.as_ref().unwrap().rates.unwrap();
    assert_eq!(
        ([yes.right, yes.all], [no.right, no.all]),
        ([35, 40], [20, 20])
    );
    let rate = result.corrected[0].rate.unwrap();
    assert!((rate.value - 2.0 / 3.0).abs() < 0.05, "{rate:?}");

    let analysis = analysed(&yes_or_no(|item| item % 2 == 0));
    assert!(!only(&analysis).substitute.as_ref().unwrap().passes());
    assert!(
        only(&analysis)
            .agreement
            .as_ref()
            .unwrap()
            .kappa
            .unwrap()
            .abs()
            < 0.2
    );
}

#[test]
fn a_judge_that_prefers_the_longer_output_shows_it_beside_people() {
    let people = (0..30).map(|i| ("ann", i, true, if i % 2 == 0 { "base" } else { "tuned" }));
    let judge = (0..30).map(|i| ("gpt-4", i, true, "tuned"));
    let mut table = pairs(people.chain(judge));
    for (row, unit) in table.units.iter_mut().enumerate() {
        unit.row = Some(row);
    }
    let lengths = OutputLengths(vec![vec![100; 30], vec![140; 30]]);
    let analysis = analyse(&table, 0, &[], &lengths);
    let of = |length: &Option<assay_rating::analysis::judges::habits::Length>| {
        let length = length.as_ref().unwrap();
        (
            length.count,
            length.longer_won.unwrap().0,
            length.steps[1].0,
        )
    };
    assert_eq!(of(&only(&analysis).length), (30, 1.0, 30));
    assert_eq!(of(&only(&analysis).length_of_people), (30, 0.5, 30));
}

#[test]
fn tables_are_joined_by_rows_names_and_kinds_of_dimensions() {
    let mut people = found(
        "a.csv",
        "rater,item,system,Fluency\nann,1,base,2\nann,2,base,5\n",
    )
    .table;
    for (row, unit) in people.units.iter_mut().enumerate() {
        unit.row = Some(row);
    }
    let text =
        "rater,item,system,fluency,fit\ngpt-4,x,base,1,3\ngpt-4,3,tuned,9,2\nann,2,base,4,4\n";
    let mut judge = found("b.csv", text).table;
    judge.units[0].row = Some(1);
    people.join(judge);
    let names = |list: &[String]| list.join(" ");
    assert_eq!(names(&people.systems), "base tuned");
    let dimensions: Vec<&str> = people.dimensions.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(dimensions, ["Fluency", "fit"]);
    assert_eq!(people.dimensions[0].most(), 9.0);
    let raters: Vec<&str> = people.raters.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(raters, ["ann", "gpt-4"]);
    // x is the second row; 3 is new, and so is 2, of which no row is known.
    let units: Vec<&str> = people.units.iter().map(|u| u.name.as_str()).collect();
    assert_eq!(units, ["1", "2", "3", "2"]);
    assert!(people.is_whole());
    assert_eq!(people.ratings[2].unit, 1);
}
