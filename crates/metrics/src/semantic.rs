//! Likeness of meaning by an encoder: BERTScore and the cosine of sentences. Their rows are made where an
//! encoder runs (`lm/encoder`); from texts alone it has no score.

use super::options::{OptionView, SpecError, bad, option, unknown};
use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use serde::{Deserialize, Serialize};

/// BERTScore (Zhang et al. 2020). The row is precision, recall, F and a count of one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct BertScore {
    /// The encoder's name and the beginning of its fingerprint; empty before one is chosen.
    pub model: String,
    /// Layers that texts go through; 0 for all of them.
    pub layers: usize,
    /// Whether tokens that are rare among the references weigh more.
    pub idf: bool,
    /// What unrelated texts score under this encoder and layer: precision, recall, F; where it is known.
    pub floor: Option<[f64; 3]>,
}

/// Encoders of which bert-score 0.3.13 has what unrelated texts score, at the layer that it recommends: the
/// texts' language, the name, the layer, and the scores.
const FLOORS: [(&str, &str, usize, [f64; 3]); 10] = [
    (
        "en",
        "bert-base-multilingual-cased",
        9,
        [0.6320527, 0.6320019, 0.63146895],
    ),
    (
        "en",
        "bert-base-uncased",
        9,
        [0.35375935, 0.3537393, 0.35219112],
    ),
    (
        "en",
        "bert-large-uncased",
        18,
        [0.4278576, 0.42786714, 0.42646673],
    ),
    ("en", "roberta-base", 10, [0.8146725, 0.8146619, 0.814463]),
    (
        "en",
        "roberta-large",
        17,
        [0.83150584, 0.8314941, 0.83122575],
    ),
    (
        "en",
        "xlm-roberta-base",
        9,
        [0.81658614, 0.8165717, 0.81639785],
    ),
    (
        "en",
        "xlm-roberta-large",
        17,
        [0.85291016, 0.8529066, 0.8525485],
    ),
    (
        "zh",
        "bert-base-chinese",
        8,
        [0.54804957, 0.5480091, 0.54755783],
    ),
    (
        "zh",
        "bert-base-multilingual-cased",
        9,
        [0.62840384, 0.62833464, 0.62803453],
    ),
    (
        "zh",
        "xlm-roberta-base",
        9,
        [0.82988167, 0.8298588, 0.82975745],
    ),
];

/// The layer that bert-score recommends of a model, by its name.
#[must_use]
pub fn recommended_layer(name: &str) -> Option<usize> {
    let found = FLOORS.iter().find(|(_, model, ..)| *model == name);
    found.map(|(_, _, layer, _)| *layer)
}

/// What unrelated texts of a language score under a model, by its name, after that number of layers.
#[must_use]
pub fn floor(language: &str, name: &str, layers: usize) -> Option<[f64; 3]> {
    let found = FLOORS
        .iter()
        .find(|(l, model, layer, _)| *l == language && *model == name && *layer == layers);
    found.map(|(.., floor)| *floor)
}

impl Describe for BertScore {
    fn name(&self) -> String {
        "BERTScore".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties {
            needs_encoder: true,
            ..Properties::of("bertscore", "Zhang et al. 2020; bert-score 0.3.13")
        }
    }

    fn options(&self) -> Vec<OptionView> {
        vec![
            option("layers", self.layers.to_string(), &[]),
            option("idf", self.idf.to_string(), &["false", "true"]),
        ]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        match option {
            "layers" => {
                let layers = value.parse().ok().filter(|n| *n <= 1000);
                self.layers =
                    layers.ok_or_else(|| bad(option, value, "a number from 0 to 1000"))?;
            }
            "idf" => {
                let idf = value.parse();
                self.idf = idf.map_err(|_| bad(option, value, "true or false"))?;
            }
            _ => return Err(unknown("bertscore", option)),
        }
        Ok(())
    }
}

impl Scoring for BertScore {
    fn width(&self) -> usize {
        4
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        let layers = match self.layers {
            0 => "all".to_owned(),
            n => n.to_string(),
        };
        Signature::new(refs, resampling)
            .with("model", &self.model)
            .with("layers", layers)
            .flag("idf", self.idf)
            .with("rescaled", "no")
            .own_version()
            .to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        let count = sum[3].max(1.0);
        let means = [sum[0] / count, sum[1] / count, sum[2] / count];
        let mut details: Vec<(String, f64)> = ["precision", "recall", "f1"]
            .iter()
            .zip(means)
            .map(|(name, x)| ((*name).to_owned(), x))
            .collect();
        if let Some(floor) = self.floor {
            let names = ["precision_rescaled", "recall_rescaled", "f1_rescaled"];
            let parts = names.iter().zip(means.iter().zip(floor));
            details.extend(parts.map(|(n, (x, f))| ((*n).to_owned(), (x - f) / (1.0 - f))));
        }
        Score {
            value: means[2],
            details,
        }
    }
}

impl Metric for BertScore {
    fn statistics(&self, _: &str, _: &[&str], row: &mut [f64]) {
        row.fill(0.0);
    }
}

/// The cosine of two texts' sentence embeddings (Reimers and Gurevych 2019). The row is the best over the
/// references and a count of one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SentenceCosine {
    /// The encoder's name and the beginning of its fingerprint; empty before one is chosen.
    pub model: String,
}

impl Describe for SentenceCosine {
    fn name(&self) -> String {
        "sentence cosine".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties {
            needs_encoder: true,
            ..Properties::of(
                "sentence-cosine",
                "Reimers and Gurevych 2019; sentence-transformers 6.2.0",
            )
        }
    }
}

impl Scoring for SentenceCosine {
    fn width(&self) -> usize {
        2
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        Signature::new(refs, resampling)
            .with("model", &self.model)
            .own_version()
            .to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        Score {
            value: sum[0] / sum[1].max(1.0),
            details: Vec::new(),
        }
    }
}

impl Metric for SentenceCosine {
    fn statistics(&self, _: &str, _: &[&str], row: &mut [f64]) {
        row.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rescaling_is_shown_only_where_the_floor_is_known() {
        let mut metric = BertScore::default();
        let sum = [1.8, 1.6, 1.7, 2.0];
        assert_eq!(metric.score(&sum).value, 0.85);
        assert_eq!(metric.score(&sum).details.len(), 3);
        metric.floor = floor("en", "roberta-large", 17);
        let found = metric.score(&sum).details;
        let (name, f1) = &found[5];
        let expected = (0.85 - 0.83122575) / (1.0 - 0.83122575);
        assert!(name == "f1_rescaled" && (f1 - expected).abs() < 1e-12);
        assert_eq!(floor("en", "roberta-large", 24), None);
        assert_eq!(floor("en", "all-MiniLM-L6-v2", 6), None);
        assert_eq!(recommended_layer("bert-base-chinese"), Some(8));
    }
}
