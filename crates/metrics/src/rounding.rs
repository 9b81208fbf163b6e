//! Precision of arithmetic: the same formula in double precision, and as a tool that keeps single precision has it.

/// What an operation's result is rounded to. Rounding a double-precision sum, product or quotient
/// of single-precision numbers gives the single-precision result exactly, so one formula serves
/// both precisions.
pub(crate) type Rounding = fn(f64) -> f64;

/// Double precision: as it is.
pub(crate) fn double(x: f64) -> f64 {
    x
}

/// Rounded to single precision.
pub(crate) fn single(x: f64) -> f64 {
    f64::from(x as f32)
}
