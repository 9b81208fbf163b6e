//! Segments through an encoder: the rows of BERTScore and of the cosine of sentences, each the best over the
//! references.

use super::likeness::{Likeness, Tokens, bert_score, cosine, pooled};
use super::{Embed, Encoded, Encoder, EncoderError, Frequencies};
use crate::scoring::ScoringError;
use assay_results::encoder::Plan;
use serde::{Deserialize, Serialize};

/// A segment's texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Each system's output.
    pub hypotheses: Vec<String>,
    /// What they are compared with.
    pub references: Vec<String>,
}

/// What came out for one output.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Compared {
    /// BERTScore's row: precision, recall, F, 1.
    pub bert_score: [f64; 4],
    /// The cosine and 1.
    pub cosine: [f64; 2],
}

/// Why texts can't be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CompareError {
    /// The encoder fails.
    #[error(transparent)]
    Encoder(#[from] EncoderError),
    /// The backend fails.
    #[error(transparent)]
    Backend(#[from] ScoringError),
}

/// Counts in how many of these texts each token stands.
///
/// # Errors
/// When the tokeniser fails.
pub fn count(
    encoder: &Encoder,
    frequencies: &mut Frequencies,
    texts: &[String],
) -> Result<(), EncoderError> {
    for text in texts {
        frequencies.count(&encoder.ids(text.trim(), usize::MAX)?);
    }
    Ok(())
}

/// Compares the outputs of a segment with its references; `frequencies` count where the plan asks for them.
///
/// # Errors
/// When the encoder or the backend fails.
pub async fn compare(
    encoder: &Encoder,
    backend: &mut impl Embed,
    plan: &Plan,
    frequencies: &Frequencies,
    segment: &Segment,
) -> Result<Vec<Compared>, CompareError> {
    let all = encoder.shape.layers;
    let layers = match plan.layers {
        0 => all,
        n => n.min(all),
    };
    let texts = || segment.hypotheses.iter().chain(&segment.references);
    let ids = |most: usize| -> Result<Vec<Vec<u32>>, EncoderError> {
        texts().map(|t| encoder.ids(t.trim(), most)).collect()
    };
    let whole = ids(usize::MAX)?;
    let short = whole.iter().all(|ids| ids.len() <= encoder.sentence_tokens);
    let tokens = encoder.encode(backend, whole, layers).await?;
    // Sentences go through all layers, and may be cut earlier.
    let sentences = match short && layers == all {
        true => None,
        false => {
            let ids = ids(encoder.sentence_tokens)?;
            Some(encoder.encode(backend, ids, all).await?)
        }
    };
    let weights = plan.idf.then_some(frequencies);
    let each: Vec<Tokens> = tokens
        .iter()
        .map(|text| Tokens::of(encoder, text, weights))
        .collect();
    let sentences = sentences.as_ref().unwrap_or(&tokens);
    let pool = |text: &Encoded| pooled(encoder, text);
    let sentences: Vec<Vec<f32>> = sentences.iter().map(pool).collect();
    let systems = segment.hypotheses.len();
    let of = |system: usize| {
        let references = systems..each.len();
        let likeness = references
            .clone()
            .map(|r| bert_score(&each[system], &each[r]));
        let best = likeness.fold(Likeness::default(), Likeness::best);
        let cosines = references.map(|r| cosine(&sentences[system], &sentences[r]));
        let nearest = cosines.fold(f64::NEG_INFINITY, f64::max);
        Compared {
            bert_score: [best.precision, best.recall, best.f1, 1.0],
            cosine: match nearest.is_finite() {
                true => [nearest, 1.0],
                false => [0.0, 1.0],
            },
        }
    };
    Ok((0..systems).map(of).collect())
}
