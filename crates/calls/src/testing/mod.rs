//! For property tests: values of any type made up from nothing but its `Deserialize`, sent through a codec and
//! compared.
//!
//! ```
//! use assay_calls::{native::CborCodec, testing};
//!
//! #[derive(serde::Serialize, serde::Deserialize)]
//! enum Score { Missing, Value { mean: f64, interval: Option<[f64; 2]> } }
//!
//! testing::roundtrip::<CborCodec, Vec<Score>>().unwrap();
//! ```

mod canonical;
mod errors;
mod parts;
mod random;
mod random_error;
mod rng;
mod roundtrip;
mod shapes;
mod tree;

pub use canonical::canonical;
pub use errors::ExplainErrors;
pub use random::random;
pub use random_error::RandomError;
pub use rng::Rng;
pub use roundtrip::{CallNames, RoundtripCalls, RoundtripError, RoundtripReason, roundtrip};
