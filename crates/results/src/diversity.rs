//! How varied, how repetitive and how long all texts of one system are, taken together.

use serde::{Deserialize, Serialize};

/// What texts are in themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diversity {
    /// Texts.
    pub texts: usize,
    /// Different n-grams and all of them, orders 1 to [`ORDERS`]; their ratio is distinct-n of the corpus
    /// (Li et al. 2016), that of order 1 the type-token ratio.
    pub grams: [(usize, usize); ORDERS],
    /// Self-BLEU of orders 2, 3 and 4 (Zhu et al. 2018) over the first [`SELF_BLEU_TEXTS`] texts, 0 to 1;
    /// lower is more varied. Nothing for a single text.
    pub self_bleu: Option<[f64; 3]>,
    /// The measure of textual lexical diversity of all texts in a row, in lower case (McCarthy and Jarvis
    /// 2010); nothing where no word comes again.
    pub mtld: Option<f64>,
    /// Bytes of all texts over their bytes once packed by gzip (Shaib et al. 2024); higher is more
    /// repetitive. Nothing where there is no text.
    pub compression: Option<f64>,
    /// Characters of a text, on average.
    pub characters: f64,
    /// Tokens of a text, on average.
    pub tokens: f64,
}

/// Orders of n-grams that are counted.
pub const ORDERS: usize = 4;

/// Texts that self-BLEU compares with each other: the first ones, as each is held to all others.
pub const SELF_BLEU_TEXTS: usize = 60;
