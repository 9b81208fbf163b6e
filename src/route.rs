//! The address behind `#`: the page and the selection, so that Back works and a view can be kept.

use assay_protocol::views::{AgainstBaseline, Order, Query};
use assay_report::statements::escaped as encode;
use assay_results::classification::ClassPair;
use assay_results::scores::Domains;
use assay_stats::{PairedTest, PairedTestKind};

/// The pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// What is loaded.
    #[default]
    Data,
    /// Scores.
    Overview,
    /// Rows.
    Examples,
    /// Texts under a language model.
    Perplexity,
    /// Judgements of people.
    Ratings,
    /// A task for raters, being made; a part of the work on ratings.
    Task,
    /// Curves of training.
    Training,
    /// What users and tasks did.
    Experiment,
    /// The verdict and the report.
    Report,
    /// What happens to a person's data; not a step of the work.
    Privacy,
    /// Every component with its states, for people who work on the page.
    #[cfg(feature = "style-page")]
    Style,
}

impl Page {
    /// The pages in the order of work, with their names in the address and in the locale files.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Data, "data"),
        (Self::Overview, "overview"),
        (Self::Examples, "examples"),
        (Self::Perplexity, "perplexity"),
        (Self::Ratings, "ratings"),
        (Self::Task, "task"),
        (Self::Training, "training"),
        (Self::Experiment, "business"),
        (Self::Report, "report"),
        (Self::Privacy, "privacy"),
        #[cfg(feature = "style-page")]
        (Self::Style, "style"),
    ];

    /// Its name in the address and in the locale files.
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(page, _)| *page == self);
        found.map_or("data", |(_, name)| name)
    }

    /// The page of the rail that it belongs to.
    pub fn step(self) -> Self {
        match self {
            Self::Task => Self::Ratings,
            Self::Privacy => Self::Data,
            #[cfg(feature = "style-page")]
            Self::Style => Self::Data,
            page => page,
        }
    }
}

/// The parts of the Compare page that stand behind tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// All systems under all measures, and the chosen measure in full.
    #[default]
    Measures,
    /// Slices of the rows.
    Slices,
    /// What a model gains in the domain it was trained on, and loses outside it.
    Domains,
    /// More tests, outliers, correlations of measures, statistics of the texts.
    Analyses,
    /// Classifiers.
    Classes,
    /// Earlier evaluations of the same rows.
    Rounds,
}

impl Part {
    /// The parts in their order, with their names in the address.
    pub const ALL: [(Self, &str); 6] = [
        (Self::Measures, "measures"),
        (Self::Slices, "slices"),
        (Self::Domains, "domains"),
        (Self::Analyses, "analyses"),
        (Self::Classes, "classes"),
        (Self::Rounds, "rounds"),
    ];

    /// Its name in the address.
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(part, _)| *part == self);
        found.map_or("measures", |(_, name)| name)
    }
}

/// The greatest number of resamples that an address may ask for.
pub const MOST_SAMPLES: usize = 1_000_000;

/// A view: the page, the baseline, the test and the selection of rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Route {
    /// The page.
    pub page: Page,
    /// The baseline's index among the systems.
    pub baseline: usize,
    /// The paired test against it.
    pub test: PairedTest,
    /// What systems were trained on, if it is told.
    pub domains: Option<Domains>,
    /// The rows and their order.
    pub query: Query,
    /// The row that is looked at.
    pub row: Option<usize>,
    /// The trial that is looked at.
    pub trial: usize,
    /// The part of the Compare page that is looked at.
    pub part: Part,
}

impl Route {
    /// The address as a link has it.
    pub fn href(&self) -> String {
        format!("#{}", self.to_hash())
    }

    /// The same view on another page.
    #[must_use]
    pub fn on_page(&self, page: Page) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// A part of the Compare page.
    #[must_use]
    pub fn to_part(&self, part: Part) -> Self {
        Self {
            part,
            ..self.on_page(Page::Overview)
        }
    }

    /// A row among the examples.
    #[must_use]
    pub fn to_row(&self, row: usize) -> Self {
        Self {
            row: Some(row),
            ..self.on_page(Page::Examples)
        }
    }

    /// The examples that a query selects.
    #[must_use]
    pub fn to_rows(&self, query: Query) -> Self {
        Self {
            query,
            row: None,
            ..self.on_page(Page::Examples)
        }
    }

    /// The address.
    pub fn to_hash(&self) -> String {
        let page = self.page.name();
        let order = Order::ALL
            .iter()
            .find(|(o, _)| *o == self.query.order)
            .map_or("file", |(_, n)| n);
        let q = &self.query;
        let mut parts = Vec::new();
        let mut add = |key: &str, value: String, usual: &str| {
            if value != usual {
                parts.push(format!("{key}={}", encode(&value)));
            }
        };
        add("base", self.baseline.to_string(), "0");
        let usual = PairedTest::default();
        let kind = TESTS.iter().find(|(k, _)| *k == self.test.kind);
        add("test", kind.map_or("bs", |(_, name)| name).to_owned(), "bs");
        let samples = self.test.kind.usual_samples().to_string();
        add("samples", self.test.samples.to_string(), &samples);
        add("seed", self.test.seed.to_string(), &usual.seed.to_string());
        if let Some(domains) = &self.domains {
            add("domains", domains.column.clone(), "");
            for value in &domains.inside {
                add("in", value.clone(), "");
            }
        }
        add("metric", q.metric.to_string(), "0");
        add("system", q.system.to_string(), "0");
        add("order", order.to_string(), "file");
        let kinds = AgainstBaseline::ALL.iter();
        let mut kinds = kinds.filter(|(kind, _)| q.against_baseline == Some(*kind));
        let kind = kinds.next().map_or("", |(_, name)| *name);
        add("against", kind.to_owned(), "");
        add("text", q.text.clone(), "");
        if let Some((name, value)) = &q.slice {
            add("slice", name.clone(), "");
            add("value", value.clone(), "");
        }
        let noted = &q.annotations;
        add("starred", u8::from(noted.starred).to_string(), "0");
        add("noted", u8::from(noted.noted).to_string(), "0");
        add("tag", noted.tag.clone().unwrap_or_default(), "");
        add("untagged", noted.without.clone().unwrap_or_default(), "");
        if let Some(pair) = &q.pair {
            add("classifier", pair.classifier.to_string(), "0");
            add("truth", pair.truth.clone(), "");
            add("predicted", pair.predicted.clone(), "");
        }
        add(
            "least",
            q.least.map_or(String::new(), |x| x.to_string()),
            "",
        );
        add("most", q.most.map_or(String::new(), |x| x.to_string()), "");
        add(
            "below",
            q.below.map_or(String::new(), |x| x.to_string()),
            "",
        );
        add("trial", self.trial.to_string(), "0");
        add("part", self.part.name().to_owned(), "measures");
        add(
            "row",
            self.row.map_or(String::new(), |r| (r + 1).to_string()),
            "",
        );
        let query = if parts.is_empty() {
            String::new()
        } else {
            format!("?{}", parts.join("&"))
        };
        format!("/{page}{query}")
    }

    /// The view of an address; what can't be read is as usual.
    pub fn from_hash(hash: &str) -> Self {
        let hash = hash.trim_start_matches(['#', '/']);
        let (page, query) = hash.split_once('?').unwrap_or((hash, ""));
        let mut route = Self::default();
        if let Some((found, _)) = Page::ALL.iter().find(|(_, name)| *name == page) {
            route.page = *found;
        }
        let (mut slice, mut slice_value, mut samples) = (None, None, None);
        let (mut domains, mut inside) = (None, Vec::new());
        let (mut truth, mut predicted, mut classifier) = (None, None, 0);
        for pair in query.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(value);
            let q = &mut route.query;
            match key {
                "domains" => domains = Some(value),
                "in" => inside.push(value),
                "test" => {
                    let found = TESTS.iter().find(|(_, name)| *name == value);
                    route.test.kind = found.map_or(PairedTestKind::Bootstrap, |(k, _)| *k);
                }
                "samples" => samples = value.parse().ok(),
                "seed" => route.test.seed = value.parse().unwrap_or(route.test.seed),
                "row" => route.row = value.parse().ok().and_then(|r: usize| r.checked_sub(1)),
                "trial" => route.trial = value.parse().unwrap_or(0),
                "part" => {
                    let found = Part::ALL.iter().find(|(_, name)| *name == value);
                    route.part = found.map_or(Part::Measures, |(part, _)| *part);
                }
                "base" => route.baseline = value.parse().unwrap_or(0),
                "metric" => q.metric = value.parse().unwrap_or(0),
                "system" => q.system = value.parse().unwrap_or(0),
                "order" => {
                    let found = Order::ALL.iter().find(|(_, name)| *name == value);
                    q.order = found.map_or(Order::File, |(o, _)| *o);
                }
                "against" => {
                    let mut all = AgainstBaseline::ALL.iter();
                    let found = all.find(|(_, name)| *name == value);
                    q.against_baseline = found.map(|(kind, _)| *kind);
                }
                "text" => q.text = value,
                "slice" => slice = Some(value),
                "value" => slice_value = Some(value),
                "starred" => q.annotations.starred = value == "1",
                "noted" => q.annotations.noted = value == "1",
                "tag" => q.annotations.tag = Some(value),
                "untagged" => q.annotations.without = Some(value),
                "truth" => truth = Some(value),
                "predicted" => predicted = Some(value),
                "classifier" => classifier = value.parse().unwrap_or(0),
                "least" => q.least = value.parse().ok().filter(|x: &f64| x.is_finite()),
                "below" => q.below = value.parse().ok().filter(|x: &f64| x.is_finite()),
                "most" => q.most = value.parse().ok().filter(|x: &f64| x.is_finite()),
                _ => {}
            }
        }
        let usual = route.test.kind.usual_samples();
        let allowed = samples.filter(|n| (1..=MOST_SAMPLES).contains(n));
        route.test.samples = allowed.unwrap_or(usual);
        route.query.slice = slice.zip(slice_value);
        route.domains = domains.map(|column| Domains { column, inside });
        route.query.pair = truth.zip(predicted).map(|(truth, predicted)| ClassPair {
            classifier,
            truth,
            predicted,
        });
        route
    }
}

/// The tests and their names in the address.
pub const TESTS: [(PairedTestKind, &str); 2] = [
    (PairedTestKind::Bootstrap, "bs"),
    (PairedTestKind::Randomization, "ar"),
];

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = (bytes[i] == b'%').then(|| text.get(i + 1..i + 3)).flatten();
        match hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_protocol::views::AnnotationFilter;

    #[test]
    fn a_view_survives_its_address() {
        let query = Query {
            text: "a&b=c % 中".into(),
            slice: Some(("领域".into(), "x y".into())),
            pair: Some(ClassPair {
                classifier: 1,
                truth: "猫".into(),
                predicted: "a=b".into(),
            }),
            annotations: AnnotationFilter {
                starred: true,
                noted: true,
                tag: Some("太长&".into()),
                without: Some("x=y".into()),
            },
            metric: 2,
            system: 1,
            order: Order::Drop,
            against_baseline: Some(AgainstBaseline::Worse),
            least: Some(0.5),
            most: None,
            below: Some(0.75),
        };
        let route = Route {
            page: Page::Examples,
            baseline: 1,
            test: PairedTest {
                kind: PairedTestKind::Randomization,
                samples: 2000,
                seed: 7,
            },
            domains: Some(Domains {
                column: "领域".into(),
                inside: vec!["a&b".into(), "法律".into()],
            }),
            query,
            row: Some(4),
            trial: 1,
            part: Part::Slices,
        };
        assert_eq!(Route::from_hash(&route.href()), route);
        assert_eq!(Route::from_hash("#/nowhere?base=x&text=%zz%E"), {
            let mut usual = Route::default();
            usual.query.text = "%zz%E".into();
            usual
        });
    }
}
