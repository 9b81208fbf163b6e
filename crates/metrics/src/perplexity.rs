//! Perplexity under a language model (Jelinek et al. 1977). The row is `[negative log-likelihood in
//! nats, tokens, words, bytes, perplexity of this text, 1]`, the last two 0 for a text without scored
//! tokens; it comes out of a forward pass (`assay-lm`) and not out of a
//! text, so that rows are handed in and never asked for. Lower is better.

use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use serde::{Deserialize, Serialize};

/// Perplexity by tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Perplexity {
    /// What it stands under: "perplexity", with the model's or the column's name where there are
    /// several.
    pub label: String,
    /// The model's name.
    pub model: String,
    /// How texts are laid into windows, and whether after a prompt.
    pub convention: String,
    /// Whether it is of systems' outputs: how usual they are to a model, which is no quality by itself.
    #[serde(default)]
    pub describes: bool,
}

impl Describe for Perplexity {
    fn name(&self) -> String {
        self.label.clone()
    }

    fn properties(&self) -> Properties {
        Properties {
            // There is no greatest perplexity; this is the least, of a model that is never surprised.
            max: 1.0,
            lower_is_better: true,
            describes: self.describes,
            ..Properties::of("perplexity", "Jelinek et al. 1977")
        }
    }
}

impl Scoring for Perplexity {
    fn width(&self) -> usize {
        6
    }

    fn signature(&self, _: RefCount, resampling: Option<&str>) -> String {
        Signature::named("ppl")
            .resampled(resampling)
            .with("model", &self.model)
            .with("conv", &self.convention)
            .own_version()
            .to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        let [nll, tokens, words, bytes, each_text, texts] = [0, 1, 2, 3, 4, 5].map(|i| sum[i]);
        let each = |count: f64| (nll / count.max(1.0)).exp();
        let details = vec![
            ("nll".to_owned(), nll),
            ("tokens".to_owned(), tokens),
            // Averaged over texts, each weighing the same, as Hugging Face's evaluate does.
            ("mean_perplexity".to_owned(), each_text / texts.max(1.0)),
            ("word_perplexity".to_owned(), each(words)),
            ("byte_perplexity".to_owned(), each(bytes)),
            (
                "bits_per_byte".to_owned(),
                nll / bytes.max(1.0) / std::f64::consts::LN_2,
            ),
        ];
        Score {
            value: each(tokens),
            details,
        }
    }
}

impl Metric for Perplexity {
    fn statistics(&self, _: &str, _: &[&str], row: &mut [f64]) {
        row.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perplexity_weighs_by_tokens() {
        let metric = Perplexity {
            describes: false,
            label: "perplexity".into(),
            model: "m".into(),
            convention: "text".into(),
        };
        let score = metric.score(&[4.0 * 2f64.ln() + 4f64.ln(), 5.0, 3.0, 12.0, 2.0 + 4.0, 2.0]);
        assert!((score.value - 64f64.powf(0.2)).abs() < 1e-12);
        let bits = score.details.iter().find(|(n, _)| n == "bits_per_byte");
        assert!((bits.unwrap().1 - 0.5).abs() < 1e-12);
        let mean = score.details.iter().find(|(n, _)| n == "mean_perplexity");
        assert_eq!(mean.unwrap().1, 3.0);
        assert_eq!(metric.score(&[0.0; 6]).value, 1.0);
    }
}
