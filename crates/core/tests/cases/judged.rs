//! Judgements and A/B tests.

use super::{bytes, folder, read as table};
use assay_experiment::Trial;
use assay_experiment::compare::Untested;
use assay_experiment::view::TrialView;
use assay_rating::analysis::{Analysis, OutputLengths, analyse};
use assay_rating::exchange::{self, Foreign};

fn judgements(case: &str, file: &str) -> Option<Foreign> {
    let folder = folder(case)?;
    Some(exchange::read(file, &bytes(&folder, file)).unwrap())
}

fn analysis(judged: &Foreign) -> Analysis {
    analyse(&judged.table, 0, &[], &OutputLengths::default())
}

#[test]
fn pairs_of_label_studio_are_counted_by_winner() {
    let Some(judged) = judgements("34", "ls_pairwise.json") else {
        return;
    };
    assert_eq!(judged.table.systems, ["answer_base", "answer_tuned"]);
    let found = analysis(&judged);
    let preferences = found.dimensions[0].preferences.as_ref().unwrap();
    let pair = &preferences.pairs[0];
    assert_eq!((pair.wins, pair.losses, pair.ties), (12, 4, 0));
    assert_eq!(judged.table.raters.len(), 2);
}

/// The mean of a system's ratings in a dimension.
fn mean(judged: &Foreign, dimension: &str, system: &str) -> f64 {
    let table = &judged.table;
    let dimension = table.dimensions.iter().position(|d| d.name == dimension);
    let system = table.systems.iter().position(|s| s == system);
    let (Some(dimension), Some(system)) = (dimension, system) else {
        panic!("no such dimension or system in {table:?}");
    };
    let own = table.ratings.iter();
    let own = own.filter(|r| r.dimension == dimension && r.system == system);
    let values: Vec<f64> = own.map(|r| r.value).collect();
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn choices_that_are_no_numbers_are_passed_over_and_counted() {
    let Some(judged) = judgements("37", "ls_ratings_two.json") else {
        return;
    };
    assert_eq!(mean(&judged, "rate_a", "answer_base"), 3.0);
    assert_eq!(mean(&judged, "rate_b", "answer_tuned"), 4.0);
    let skipped: usize = judged.skipped.iter().map(|s| s.count).sum();
    assert_eq!(skipped, 8);
}

#[test]
fn argillas_answers_keep_their_raters_and_the_system_that_metadata_names() {
    let Some(judged) = judgements("93", "26/argilla_v2.json") else {
        return;
    };
    assert_eq!(judged.table.raters.len(), 2);
    let judged = judgements("93", "26c/argilla_v1.json").unwrap();
    assert_eq!(judged.table.systems, ["tuned"]);
    assert_eq!(
        judged.table.raters.len(),
        1,
        "what was discarded is left out"
    );
}

#[test]
fn agreement_is_zero_or_undefined_as_krippendorff_has_it() {
    let Some(judged) = judgements("88", "99b/ratings.csv") else {
        return;
    };
    let alpha = analysis(&judged).dimensions[0].concord.alpha;
    assert!(alpha.is_some_and(|alpha| alpha.abs() < 1e-9), "{alpha:?}");
    let judged = judgements("88", "99c/ratings.csv").unwrap();
    assert_eq!(analysis(&judged).dimensions[0].concord.alpha, None);
}

#[test]
fn sums_over_users_have_no_test_and_uneven_splits_are_found() {
    let Some(folder) = folder("72") else {
        return;
    };
    let view = |file: &str| TrialView::of(&Trial::of(table(&folder, file).unwrap()).unwrap());
    let sums = view("42/totals_over.csv");
    assert_eq!(sums.outcomes[0].untested, Some(Untested::Sum));
    assert!(sums.outcomes[0].compared.iter().all(Option::is_none));
    let zero = view("42b/zero.csv");
    assert!(
        zero.outcomes[0]
            .arms
            .iter()
            .flatten()
            .any(|arm| arm.value == 0.0)
    );
    let uneven = view("42c/srm.csv");
    assert!(
        uneven.split.is_some_and(|p| p < 0.001),
        "{:?}",
        uneven.split
    );
}
