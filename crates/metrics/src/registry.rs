//! The metrics by name, with their options in the reference tools' own words. The page's choices
//! and the command line both go through here.

#[cfg(feature = "math")]
use super::MathEqual;
#[cfg(feature = "whatlang")]
use super::SameLanguage;
pub use super::options::{OptionView, SpecError};
use super::{
    BertScore, Bleu, BleuNltk, Chrf, Cmrc, Contains, Describe, ErrorRate, ExactMatch, Json, Meteor,
    Metric, PassAtK, PassRate, Perplexity, QaKind, Rated, Recorded, Repetition, Rouge, Scoring,
    SentenceCosine, Similarity, SquadQa, Ter, TfIdf,
};
#[cfg(feature = "regex")]
use super::{Choice, NumberMatch, NumericError, Pattern};
#[cfg(feature = "jieba")]
use super::{LlamaFactory, LlamaFactoryKind};
use assay_results::metric_info::{MetricInfo, OptionInfo, Origin};
use serde::{Deserialize, Serialize};

/// Writes the list of metrics out: a variant for each type with the names under which it is offered. `always` holds
/// those of every build, `feature "x"` those that only a build with that cargo feature has.
macro_rules! registry {
    (@parse [$($done:tt)*]) => { registry! { @write $($done)* } };
    (@parse [$($done:tt)*] always { $($kinds:tt)* } $($rest:tt)*) => {
        registry! { @parse [$($done)* [all()] [""] { $($kinds)* }] $($rest)* }
    };
    (@parse [$($done:tt)*] feature $feature:literal { $($kinds:tt)* } $($rest:tt)*) => {
        registry! { @parse [$($done)* [feature = $feature] [$feature] { $($kinds)* }] $($rest)* }
    };
    (@write $([$cfg:meta] [$feature:literal] {
        $($(#[$doc:meta])* $kind:ident($($name:literal => $made:expr),*);)*
    })*) => {
        /// A metric with its options, in a form that can be stored and sent between workers.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "metric", rename_all = "snake_case")]
        pub enum MetricSpec {
            $($($(#[$doc])* #[cfg($cfg)] $kind($kind),)*)*
        }

        /// The names of all metrics, in the order the page shows them.
        pub const ALL: &[&str] = &[$($($(#[cfg($cfg)] $name,)*)*)*];

        impl MetricSpec {
            /// The metric of this name with its reference tool's default options.
            ///
            /// # Errors
            /// When there is none of that name, or this build lacks the cargo feature that it needs.
            pub fn named(name: &str) -> Result<Self, SpecError> {
                match name {
                    $($($(
                        #[cfg($cfg)]
                        $name => Ok(Self::$kind($made)),
                        #[cfg(not($cfg))]
                        $name => Err(SpecError::NeedsFeature {
                            what: name.to_owned(),
                            feature: $feature,
                        }),
                    )*)*)*
                    _ => Err(SpecError::UnknownMetric {
                        name: name.to_owned(),
                        known: ALL,
                    }),
                }
            }

            /// The metric with what computes its rows. Where rows are only summed, [`MetricSpec::scoring`] keeps that
            /// out of the program.
            pub fn metric(&self) -> &dyn Metric {
                match self {
                    $($(#[cfg($cfg)] Self::$kind(metric) => metric,)*)*
                }
            }

            /// How the metric's rows become scores.
            pub fn scoring(&self) -> &dyn Scoring {
                match self {
                    $($(#[cfg($cfg)] Self::$kind(metric) => metric,)*)*
                }
            }

            fn describe_mut(&mut self) -> &mut dyn Describe {
                match self {
                    $($(#[cfg($cfg)] Self::$kind(metric) => metric,)*)*
                }
            }
        }
    };
    ($section:ident $($rest:tt)*) => { registry! { @parse [] $section $($rest)* } };
}

registry! { always {
    /// BLEU.
    Bleu("bleu" => Bleu::default());
    /// chrF or chrF++.
    Chrf("chrf" => Chrf::default(), "chrf++" => Chrf::plus_plus());
    /// Translation edit rate.
    Ter("ter" => Ter::default());
    /// METEOR.
    Meteor("meteor" => Meteor::default());
    /// A ROUGE.
    Rouge(
        "rouge1" => Rouge::n(1),
        "rouge2" => Rouge::n(2),
        "rouge3" => Rouge::n(3),
        "rougeL" => Rouge::lcs(),
        "rougeLsum" => Rouge::lcs_of_sentences()
    );
    /// Exact match or token F1.
    SquadQa("em" => SquadQa::exact_match(), "f1" => SquadQa::token_f1());
    /// Exact match of texts as they stand.
    ExactMatch("exact_match" => ExactMatch::default());
    /// Word or character error rate.
    ErrorRate("wer" => ErrorRate::words(), "cer" => ErrorRate::characters());
    /// Likeness by edits.
    Similarity("levenshtein" => Similarity);
    /// Exact match or F1 with CMRC's segmentation.
    Cmrc(
        "cmrc_em" => Cmrc { kind: QaKind::ExactMatch },
        "cmrc_f1" => Cmrc { kind: QaKind::TokenF1 }
    );
    /// The answer somewhere in the text.
    Contains("contains" => Contains);
    } feature "regex" {
    /// The letter that was chosen.
    Choice("choice" => Choice::default());
    /// The number that the text gives as its result.
    NumberMatch("number" => NumberMatch::default());
    /// How far predicted numbers are from the right ones.
    NumericError("mae" => NumericError::absolute(), "rmse" => NumericError::root_square());
    /// A regular expression.
    Pattern("regex" => Pattern::default());
    } feature "math" {
    /// The answer as mathematics.
    MathEqual("math" => MathEqual);
    } always {
    /// JSON, of a schema if one is given.
    Json("json" => Json::default());
    /// Distinct n-grams of a text, or repeated ones.
    Repetition(
        "distinct1" => Repetition::distinct(1),
        "distinct2" => Repetition::distinct(2),
        "distinct3" => Repetition::distinct(3),
        "rep2" => Repetition::repeated(2),
        "rep3" => Repetition::repeated(3),
        "rep4" => Repetition::repeated(4)
    );
    /// BLEU as NLTK computes it.
    BleuNltk("bleu_nltk" => BleuNltk::default());
    } feature "jieba" {
    /// A score as LLaMA-Factory prints it.
    LlamaFactory(
        "llamafactory_bleu4" => LlamaFactory { kind: LlamaFactoryKind::Bleu4 },
        "llamafactory_rouge1" => LlamaFactory { kind: LlamaFactoryKind::Rouge1 },
        "llamafactory_rouge2" => LlamaFactory { kind: LlamaFactoryKind::Rouge2 },
        "llamafactory_rougeL" => LlamaFactory { kind: LlamaFactoryKind::RougeL }
    );
    } always {
    /// The cosine of term vectors.
    TfIdf("tfidf" => TfIdf::default());
    } feature "whatlang" {
    /// The language of the prompt, or another.
    SameLanguage("same_language" => SameLanguage);
    } always {
    /// The probability that one of k samples passes.
    PassAtK("pass_at_k" => PassAtK::default());
    /// The part of samples that passed.
    PassRate("pass_rate" => PassRate);
    /// BERTScore, whose rows come from an encoder.
    BertScore("bertscore" => BertScore::default());
    /// The cosine of sentences, whose rows come from an encoder.
    SentenceCosine("sentence_cosine" => SentenceCosine::default());
    /// Perplexity, whose rows come from a model.
    Perplexity();
    /// People's ratings, whose rows come from judgements.
    Rated();
    /// Numbers that the file holds for each output.
    Recorded();
} }

impl MetricSpec {
    /// The metric's options with their values, in the order the tool documents them.
    pub fn options(&self) -> Vec<OptionView> {
        self.scoring().options()
    }

    /// The metric described for display.
    pub fn info(&self) -> MetricInfo {
        let metric = self.scoring();
        let properties = metric.properties();
        let options = metric.options().into_iter().map(|option| OptionInfo {
            name: option.name.to_owned(),
            value: option.value,
            choices: option.choices.iter().map(|&c| c.to_owned()).collect(),
            is_text: option.is_text,
        });
        MetricInfo {
            topic: properties.topic.to_owned(),
            source: properties.source.to_owned(),
            options: options.collect(),
            best: properties.best,
            asset: properties.asset,
            describes: properties.describes,
            is_mean: metric.is_mean(),
            origin: match self {
                Self::Perplexity(_) => Origin::Model,
                Self::BertScore(_) | Self::SentenceCosine(_) => Origin::Encoder,
                Self::Rated(_) => Origin::People,
                Self::Recorded(_) => Origin::File,
                _ => Origin::Texts,
            },
        }
    }

    /// Sets an option by the reference tool's name for it.
    ///
    /// # Errors
    /// When the metric has no such option or it can't take that value; all stays as it was.
    pub fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        self.describe_mut().set(option, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_build_lacks_is_refused_with_the_feature_to_switch_on() {
        let lacks = |result: Result<(), SpecError>, feature: &str| match result {
            Err(SpecError::NeedsFeature { feature: named, .. }) => named == feature,
            _ => false,
        };
        let set = |metric: &str, option: &str, value: &str| {
            MetricSpec::named(metric).and_then(|mut spec| spec.set(option, value))
        };
        for (feature, on, result) in [
            (
                "jieba",
                cfg!(feature = "jieba"),
                set("bleu", "tokenize", "jieba"),
            ),
            (
                "jieba",
                cfg!(feature = "jieba"),
                set("rougeL", "tokenizer", "jieba"),
            ),
            (
                "jsonschema",
                cfg!(feature = "jsonschema"),
                set("json", "schema", "{}"),
            ),
            (
                "jieba",
                cfg!(feature = "jieba"),
                MetricSpec::named("llamafactory_bleu4").map(|_| ()),
            ),
            (
                "regex",
                cfg!(feature = "regex"),
                set("regex", "pattern", "a+"),
            ),
            (
                "wordnet",
                cfg!(feature = "wordnet"),
                set("meteor", "modules", "exact+stem+wordnet"),
            ),
            (
                "whatlang",
                cfg!(feature = "whatlang"),
                MetricSpec::named("same_language").map(|_| ()),
            ),
            (
                "math",
                cfg!(feature = "math"),
                MetricSpec::named("math").map(|_| ()),
            ),
        ] {
            assert_eq!(result.is_ok(), on, "{feature}");
            assert_eq!(lacks(result, feature), !on, "{feature}");
        }
    }

    #[test]
    fn every_option_shown_can_be_set_to_every_choice_and_to_what_it_is() {
        for name in ALL {
            let spec = MetricSpec::named(name).unwrap();
            for option in spec.options() {
                let mut same = spec.clone();
                same.set(option.name, &option.value).unwrap();
                assert_eq!(same, spec, "{name} {}", option.name);
                for choice in option.choices {
                    let mut other = spec.clone();
                    other.set(option.name, choice).unwrap();
                    let shown = other
                        .options()
                        .into_iter()
                        .find(|o| o.name == option.name)
                        .unwrap();
                    assert_eq!(shown.value, *choice);
                }
            }
        }
        let mut bleu = MetricSpec::named("bleu").unwrap();
        assert!(bleu.set("tokenize", "moses").is_err() && bleu.set("beta", "2").is_err());
    }
}
