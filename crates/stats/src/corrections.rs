//! Corrections of p-values for several comparisons, as statsmodels 0.15.0's `multipletests` has them. Each
//! takes p-values in any order and gives the adjusted ones in the same, at most 1.

use assay_sorting::sorted_places;

/// The probability that the smallest of that many p-values of independent tests is as small.
fn least_of(p: f64, tests: f64) -> f64 {
    -(tests * (-p).ln_1p()).exp_m1()
}

/// The places of the p-values from the smallest up.
fn ascending(p_values: &[f64]) -> Vec<usize> {
    sorted_places(p_values.len(), &|a, b| p_values[a].total_cmp(&p_values[b]))
}

/// From the smallest p-value up: each is adjusted by the number of those not smaller, none below one before.
fn step_down(p_values: &[f64], adjust: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let order = ascending(p_values);
    let mut adjusted = vec![0.0; p_values.len()];
    let mut running: f64 = 0.0;
    for (rank, &i) in order.iter().enumerate() {
        let left = (p_values.len() - rank) as f64;
        running = running.max(adjust(p_values[i], left)).min(1.0);
        adjusted[i] = running;
    }
    adjusted
}

/// From the largest p-value down: each is adjusted by its rank, none above one before.
fn step_up(p_values: &[f64], adjust: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let descending = |a: usize, b: usize| p_values[b].total_cmp(&p_values[a]);
    let order = sorted_places(p_values.len(), &descending);
    let mut adjusted = vec![1.0; p_values.len()];
    let mut least: f64 = 1.0;
    for (place, index) in order.into_iter().enumerate() {
        least = least.min(adjust(p_values[index], (p_values.len() - place) as f64));
        adjusted[index] = least;
    }
    adjusted
}

/// Bonferroni's: each by the number of tests.
pub fn bonferroni(p_values: &[f64]) -> Vec<f64> {
    let tests = p_values.len() as f64;
    p_values.iter().map(|p| (p * tests).min(1.0)).collect()
}

/// Šidák's (1967), exact for tests apart from each other.
pub fn sidak(p_values: &[f64]) -> Vec<f64> {
    let tests = p_values.len() as f64;
    p_values.iter().map(|p| least_of(*p, tests)).collect()
}

/// Holm's step-down correction (1979).
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    step_down(p_values, |p, left| p * left)
}

/// Holm's with Šidák's bound.
pub fn holm_sidak(p_values: &[f64]) -> Vec<f64> {
    step_down(p_values, least_of)
}

/// Hochberg's step-up correction (1988), on Simes' inequality.
pub fn simes_hochberg(p_values: &[f64]) -> Vec<f64> {
    let tests = p_values.len() as f64;
    step_up(p_values, |p, rank| p * (tests - rank + 1.0))
}

/// Hommel's (1988), on Simes' inequality over every set of tests.
pub fn hommel(p_values: &[f64]) -> Vec<f64> {
    let tests = p_values.len();
    let order = ascending(p_values);
    let sorted: Vec<f64> = order.iter().map(|i| p_values[*i]).collect();
    let mut adjusted = sorted.clone();
    for set in (2..=tests).rev() {
        let size = set as f64;
        let (few, many) = sorted.split_at(tests - set);
        let each = many.iter().enumerate();
        let each = each.map(|(i, p)| size * p / (i + 1) as f64);
        let least = each.fold(f64::INFINITY, f64::min);
        for (own, p) in adjusted.iter_mut().zip(few) {
            *own = own.max(least.min(size * p));
        }
        for own in &mut adjusted[tests - set..] {
            *own = own.max(least);
        }
    }
    let mut result = vec![0.0; tests];
    for (place, own) in order.into_iter().zip(adjusted) {
        result[place] = own.min(1.0);
    }
    result
}

/// Benjamini and Hochberg's (1995), which bounds the expected part of false findings among all that are
/// called sure.
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let tests = p_values.len() as f64;
    step_up(p_values, |p, rank| p * tests / rank)
}

/// Benjamini and Yekutieli's (2001): the same however the tests hang together.
pub fn benjamini_yekutieli(p_values: &[f64]) -> Vec<f64> {
    let tests = p_values.len() as f64;
    let harmonic: f64 = (1..=p_values.len()).map(|i| 1.0 / i as f64).sum();
    step_up(p_values, |p, rank| p * tests * harmonic / rank)
}

#[cfg(test)]
mod tests {
    use super::holm;

    #[test]
    fn the_smallest_p_is_multiplied_by_the_number_of_tests() {
        let p: Vec<f64> = holm(&[0.01, 0.04, 0.03])
            .iter()
            .map(|p| (p * 1e6).round() / 1e6)
            .collect();
        assert_eq!(p, [0.03, 0.06, 0.06]);
        assert_eq!(holm(&[0.9, 0.8]), [1.0, 1.0]);
        assert!(holm(&[]).is_empty());
    }
}
