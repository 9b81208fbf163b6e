//! Corrections of p-values for several comparisons: Holm (1979), Benjamini and Hochberg (1995).

/// Holm's step-down correction: p-values in the order given, each at least its own and at most 1.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut corrected = vec![0.0; p_values.len()];
    let mut running: f64 = 0.0;
    for (rank, &i) in order.iter().enumerate() {
        running = running
            .max((p_values.len() - rank) as f64 * p_values[i])
            .min(1.0);
        corrected[i] = running;
    }
    corrected
}

/// Adjusted p-values in the order given, which bound the expected part of false findings among all that
/// are called sure (Benjamini and Hochberg 1995).
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*b].total_cmp(&p_values[*a]));
    let count = p_values.len() as f64;
    let mut adjusted = vec![1.0; p_values.len()];
    let mut least: f64 = 1.0;
    for (place, index) in order.into_iter().enumerate() {
        least = least.min(p_values[index] * count / (count - place as f64));
        adjusted[index] = least;
    }
    adjusted
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
