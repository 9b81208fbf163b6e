//! What the data worker and its compute workers say to each other. A compute worker keeps nothing: what a task works on
//! is beside its call, and the numbers that come of it are beside the reply.

use crate::platform::ComputeError;
use assay_calls::calls;
use assay_eval::{Parcel, Task, TaskError};
pub use assay_rating::envelope::pack;
use std::string::FromUtf8Error;

calls! {
    service "compute";

    /// Runs the task on the parcel beside the call, as [`Buffers`]; its numbers are beside the reply.
    Run {
        /// What to compute.
        task: Task,
    } -> (), ComputeError;

    /// Packs the bytes beside the call as links are packed; the packed ones are beside the reply. It is done here and
    /// not in the data worker, whose program would be a tenth larger for it.
    Pack {} -> (), ComputeError;
}

/// A parcel as the bytes that cross between workers; numbers are little-endian, as they are in memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Buffers {
    /// The text, in UTF-8.
    pub text: Vec<u8>,
    /// Numbers in double precision, 8 bytes each.
    pub numbers: Vec<u8>,
    /// Numbers in single precision, 4 bytes each.
    pub rows_f32: Vec<u8>,
}

impl From<Parcel> for Buffers {
    fn from(parcel: Parcel) -> Self {
        Self {
            text: parcel.text.into_bytes(),
            numbers: bytes_of(&parcel.numbers),
            rows_f32: parcel
                .rows_f32
                .iter()
                .flat_map(|x| x.to_le_bytes())
                .collect(),
        }
    }
}

impl TryFrom<Buffers> for Parcel {
    type Error = FromUtf8Error;

    fn try_from(buffers: Buffers) -> Result<Self, FromUtf8Error> {
        let single = buffers.rows_f32.as_chunks().0.iter();
        Ok(Self {
            text: String::from_utf8(buffers.text)?,
            numbers: numbers_of(&buffers.numbers),
            rows_f32: single.map(|bytes| f32::from_le_bytes(*bytes)).collect(),
        })
    }
}

/// Numbers as bytes.
#[must_use]
pub fn bytes_of(numbers: &[f64]) -> Vec<u8> {
    numbers.iter().flat_map(|x| x.to_le_bytes()).collect()
}

/// Bytes as numbers.
#[must_use]
pub fn numbers_of(bytes: &[u8]) -> Vec<f64> {
    let numbers = bytes.as_chunks().0.iter();
    numbers.map(|bytes| f64::from_le_bytes(*bytes)).collect()
}

/// Why a task has no result, in the task's own words.
#[must_use]
pub fn failed(error: &TaskError) -> ComputeError {
    ComputeError::Task {
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcel_crosses_as_it_is() {
        let parcel = Parcel {
            text: "größer 大".into(),
            numbers: vec![0.0, -0.0, f64::NAN, f64::INFINITY, 1e300],
            rows_f32: vec![1.5, f32::NEG_INFINITY, f32::MIN_POSITIVE],
        };
        let back = Parcel::try_from(Buffers::from(parcel.clone())).unwrap();
        let bits = |numbers: &[f64]| numbers.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(back.text, parcel.text);
        assert_eq!(bits(&back.numbers), bits(&parcel.numbers));
        assert_eq!(back.rows_f32, parcel.rows_f32);
    }
}
