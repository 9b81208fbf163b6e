//! Was it trained on the test? The test's texts are indexed, the rows of a training file pass by one after the other,
//! and of every test row it is known in the end which share of its n-grams stands in the training file and which
//! training row is nearly the same. What is kept grows with the test, not with the training file. This crate knows no
//! file and no table.
//!
//! - **N-grams** of 8 and 13 tokens: the share of a text's distinct n-grams that stand anywhere in the training file.
//! - **Near-duplicates**: the highest Jaccard similarity of the text's set of 5-grams to that of a training row's
//!   cell, or of a block of it between blank lines. It is exact: candidates are found by prefix filtering (Bayardo, Ma
//!   and Srikant 2007), which misses no pair above its bound, where MinHash estimates with a standard error of up to
//!   0.044 at 128 permutations.
//! - **Templates**: 5-grams in more than a tenth of the test's distinct texts, and in more than 10 of them, are
//!   instructions around what is asked. Their tokens are cut out of both sides, and no n-gram reaches across.
//!
//! A row is **found** where 70 % of the 8-grams of one of its texts stand in the training file (the bound of PaLM,
//! Chowdhery et al. 2022) or the similarity is 0.8. A text of fewer than 5 tokens is not compared: chance repeats it.

mod found;
mod grams;
mod index;
mod near;
mod report;
mod templates;
mod tokens;

pub use found::{FOUND_SHARE, FOUND_SIMILARITY, Found, Kind, Place};
pub use index::{Index, MAX_TOKENS, OverlapError, TestRow};
pub use report::{MAX_EXAMPLES, OverlapReport};
