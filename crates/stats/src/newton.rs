//! The peak of a likelihood of strengths by Newton's steps. The strengths stand first among the parameters, and to shift
//! all of them alike changes nothing: their mean is held at 0.

use nalgebra::{DMatrix, DVector};

/// Steps at most; a likelihood has one peak and few are needed.
const STEPS: usize = 100;
/// What the last step may still move.
const CLOSE: f64 = 1e-11;
/// The longest step: one that is longer would overshoot where the likelihood is flat.
const LONGEST: f64 = 2.0;
/// Log-odds beyond which a strength counts as without a bound.
const FAR: f64 = 25.0;

/// The parameters at the peak, of which the first `items` are strengths. `slopes` gives the likelihood's gradient and
/// its curvature (the negative of the second derivatives) at a point. Nothing where a parameter has no bound.
pub(super) fn peak(
    parameters: usize,
    items: usize,
    slopes: impl Fn(&DVector<f64>) -> (DVector<f64>, DMatrix<f64>),
) -> Option<DVector<f64>> {
    peak_from(DVector::zeros(parameters), items, slopes)
}

/// The same from other parameters on than 0.
pub(super) fn peak_from(
    mut at: DVector<f64>,
    items: usize,
    slopes: impl Fn(&DVector<f64>) -> (DVector<f64>, DMatrix<f64>),
) -> Option<DVector<f64>> {
    for _ in 0..STEPS {
        let (gradient, curvature) = slopes(&at);
        let mut step = inverted(&curvature, items)? * gradient;
        let longest = step.amax();
        if longest > LONGEST {
            step *= LONGEST / longest;
        }
        at += &step;
        if at.amax() > FAR || longest.is_nan() {
            return None;
        }
        if longest < CLOSE {
            let centre = at.rows(0, items).mean();
            at.rows_mut(0, items).add_scalar_mut(-centre);
            return Some(at);
        }
    }
    None
}

/// The inverse of a curvature among parameters whose first `items` have a mean of 0.
pub(super) fn inverted(curvature: &DMatrix<f64>, items: usize) -> Option<DMatrix<f64>> {
    let n = curvature.nrows();
    let mut even = DMatrix::<f64>::zeros(n, n);
    even.view_mut((0, 0), (items, items))
        .fill(1.0 / items as f64);
    let inverse = (curvature + &even).try_inverse()?;
    let centre = DMatrix::<f64>::identity(n, n) - even;
    Some(&centre * inverse * &centre)
}
