//! Presets: the metrics that a tool computes by itself, with the options under which its figures come out.

use super::registry::MetricSpec;

/// The metrics of a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Its name on the command line and in locale keys.
    pub name: &'static str,
    metrics: &'static [Chosen],
}

/// A metric's name in the registry, and options by the reference tool's names.
type Chosen = (&'static str, &'static [(&'static str, &'static str)]);

/// All presets, in the order in which the page offers them.
///
/// `evaluate` is Hugging Face evaluate 0.4.6 by its metrics' defaults. Its `bleu` prints a hundredth of the figure here,
/// and takes the shortest of several references for their length where the one here takes the closest; its `rouge`
/// prints the middle of a bootstrap unless `use_aggregator=False`. `lm-eval` is lm-evaluation-harness 0.4.13.
pub const PRESETS: [Preset; 4] = [
    Preset {
        name: "sacrebleu",
        metrics: &[("bleu", &[]), ("chrf", &[]), ("ter", &[])],
    },
    Preset {
        name: "evaluate",
        metrics: &[
            ("bleu", &[("smooth_method", "none")]),
            ("rouge1", &[]),
            ("rouge2", &[]),
            ("rougeL", &[]),
            ("rougeLsum", &[]),
            (
                "meteor",
                &[("tokens", "nltk_word"), ("modules", "exact+stem+wordnet")],
            ),
            ("exact_match", &[]),
        ],
    },
    Preset {
        name: "lm-eval",
        metrics: &[
            ("exact_match", &[]),
            ("bleu", &[]),
            ("chrf", &[]),
            ("ter", &[]),
        ],
    },
    Preset {
        name: "llamafactory",
        metrics: &[
            ("llamafactory_bleu4", &[]),
            ("llamafactory_rouge1", &[]),
            ("llamafactory_rouge2", &[]),
            ("llamafactory_rougeL", &[]),
        ],
    },
];

impl Preset {
    /// The preset of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        PRESETS.into_iter().find(|preset| preset.name == name)
    }

    /// Its metrics; without those that this build lacks.
    #[must_use]
    pub fn specs(&self) -> Vec<MetricSpec> {
        let specs = self.metrics.iter().filter_map(|(metric, options)| {
            let mut spec = MetricSpec::named(metric).ok()?;
            for (option, value) in *options {
                spec.set(option, value).ok()?;
            }
            Some(spec)
        });
        specs.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_has_all_of_its_metrics_in_a_whole_build() {
        for preset in PRESETS {
            assert_eq!(Preset::named(preset.name), Some(preset));
            let features = cfg!(feature = "jieba") && cfg!(feature = "wordnet");
            assert!(
                !features || preset.specs().len() == preset.metrics.len(),
                "{}",
                preset.name
            );
        }
        assert_eq!(Preset::named("none"), None);
    }
}
