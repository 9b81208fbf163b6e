//! What most tests give.

/// A statistic with its p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// The statistic: z, chi squared, F or H.
    pub statistic: f64,
    /// The probability of one as large, were there no difference; two-sided where the statistic has a sign.
    pub p_value: f64,
}
