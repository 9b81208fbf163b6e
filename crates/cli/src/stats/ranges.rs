//! Numbers on the command line, within their ranges.

/// A probability on the command line.
pub(super) fn probability(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok();
    let number = number.filter(|p| (0.0..=1.0).contains(p));
    number.ok_or_else(|| "it takes a number from 0 to 1".to_owned())
}

/// A number above 0 on the command line.
pub(super) fn positive(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok();
    let number = number.filter(|x| x.is_finite() && *x > 0.0);
    number.ok_or_else(|| "it takes a number above 0".to_owned())
}

/// A number from 0 up on the command line.
pub(super) fn not_negative(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok();
    let number = number.filter(|x| x.is_finite() && *x >= 0.0);
    number.ok_or_else(|| "it takes a number from 0 up".to_owned())
}
