//! The page's words in English and Simplified Chinese, from Fluent files. The page and a rater's page load those of the
//! language that they show; what else speaks has its part of them in its program.

use assay_calls::{Argument, Explanation};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

mod language;

pub use language::{
    ALL_WORDS, Language, PAGE_FILE, RATING_FILE, RATING_WORDS, REPORT_WORDS, Words, WordsFile,
};

/// The messages of one language.
pub struct Locale {
    /// Which language.
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
    }
}

impl Locale {
    /// All messages of `language`.
    pub fn new(language: Language) -> Self {
        Self::of(language, ALL_WORDS)
    }

    /// Those of the messages of `language` that a program carries.
    pub fn of(language: Language, words: Words) -> Self {
        Self::parsed(language, words(language).to_owned())
    }

    /// The messages of `language` in the text of its file; nothing where the text is another than the file of this
    /// build has.
    pub fn read(language: Language, file: WordsFile, text: String) -> Option<Self> {
        assay_words::is_text_of(file(language), &text).then(|| Self::parsed(language, text))
    }

    /// A message that Fluent can't parse is left out; a test checks that there is none.
    fn parsed(language: Language, text: String) -> Self {
        // A test holds that every tag of the list is one; English rules are what is left otherwise.
        let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![tag]);
        // Fluent's isolation marks show where a message's arguments are: see `close_gaps`.
        bundle.set_use_isolating(!language.is_spaced());
        bundle.set_formatter(Some(format_number));
        let resource = match FluentResource::try_new(text) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        // It fails for keys that stand twice, which a test excludes.
        let _ = bundle.add_resource(resource);
        Self { language, bundle }
    }

    /// A message without arguments.
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A message with arguments. An argument that is a whole number as `count` writes it also
    /// chooses the message's plural form.
    pub fn with(&self, key: &str, arguments: &[(&str, String)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in arguments {
            args.set(*name, argument(value));
        }
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        let text = self
            .bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new());
        match self.language.is_spaced() {
            true => text.into_owned(),
            false => close_gaps(&text),
        }
    }

    /// A whole number with thousands separators, which are commas in both languages.
    pub fn count(&self, number: usize) -> String {
        grouped(number as u64)
    }

    /// Minutes, rounded up.
    pub fn minutes(&self, seconds: f64) -> String {
        self.count((seconds / 60.0).ceil().max(1.0) as usize)
    }

    /// A task's title, or words for one without.
    pub fn titled(&self, title: &str) -> String {
        if title.is_empty() {
            self.text("rate-untitled")
        } else {
            title.to_owned()
        }
    }

    /// What happened, in words: the message under the explanation's kind with its arguments, and that of its
    /// cause. A kind without a message is shown by its name and arguments.
    pub fn explained(&self, explanation: &Explanation) -> String {
        let mut arguments: Vec<(&str, String)> = explanation
            .arguments
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Argument::Text(text) => text.clone(),
                    Argument::Number(number) => written(*number),
                };
                (name.as_str(), value)
            })
            .collect();
        let cause = explanation.cause.as_ref().map(|c| self.explained(c));
        arguments.extend(cause.map(|cause| ("cause", cause)));
        if self.has(&explanation.kind) {
            return self.with(&explanation.kind, &arguments);
        }
        let details: Vec<String> = arguments.iter().map(|(k, v)| format!("{k}: {v}")).collect();
        let words = [
            ("kind", explanation.kind.clone()),
            ("details", details.join("; ")),
        ];
        self.with("unexplained", &words)
    }

    /// Whether there is a message under a key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

/// `number` with a comma between groups of three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `number` with thousands separators where it is a count, else as Rust writes it.
fn written(number: f64) -> String {
    const MOST_EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && (0.0..=MOST_EXACT).contains(&number) {
        grouped(number as u64)
    } else {
        number.to_string()
    }
}

/// A Fluent number where `text` is a whole number as `grouped` writes it, so that a message can
/// choose its plural form by it; else the text itself. Fluent's numbers are `f64`: above 15
/// digits they are not exact, and stay text. What is shown equals `text` either way.
fn argument(text: &str) -> FluentValue<'_> {
    const MOST_DIGITS: usize = 15;
    let digits: String = text.chars().filter(|&c| c != ',').collect();
    match digits.parse::<u64>() {
        Ok(number) if digits.len() <= MOST_DIGITS && grouped(number) == text => number.into(),
        _ => text.into(),
    }
}

/// Writes a number that `argument` made; Fluent's own formatting has no thousands separators.
fn format_number<M>(value: &FluentValue, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(grouped(number.value as u64)),
        _ => None,
    }
}

/// Drops the space between a message's Chinese text and an argument that is Chinese there too.
/// Messages have that space because most arguments are numbers or Latin names, which need it.
/// Isolation marks stand around arguments; they are dropped as well.
fn close_gaps(text: &str) -> String {
    const OPEN: char = '\u{2068}';
    const CLOSE: char = '\u{2069}';
    let chars: Vec<char> = text.chars().collect();
    let is_mark = |c: &char| matches!(*c, OPEN | CLOSE);
    let is_gap = |i: usize| {
        let before = chars[..i].iter().rev().find(|c| !is_mark(c));
        let after = chars[i + 1..].iter().find(|c| !is_mark(c));
        let at_argument = chars[..i].last() == Some(&CLOSE) || chars.get(i + 1) == Some(&OPEN);
        at_argument && before.is_some_and(is_chinese) && after.is_some_and(is_chinese)
    };
    let is_dropped = |i: usize, c: &char| is_mark(c) || (*c == ' ' && is_gap(i));
    let kept = chars.iter().enumerate();
    kept.filter(|&(i, c)| !is_dropped(i, c))
        .map(|(_, c)| *c)
        .collect()
}

/// Chinese characters and full-width punctuation.
fn is_chinese(c: &char) -> bool {
    matches!(*c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod wording;

#[cfg(test)]
mod tests {
    #[test]
    fn every_language_has_a_tag_that_is_one() {
        for language in Language::ALL {
            assert!(language.tag().parse::<LanguageIdentifier>().is_ok());
        }
    }

    use super::*;
    use assay_metrics::registry::{ALL, MetricSpec};

    #[test]
    fn every_metric_is_described_in_every_language() {
        for &language in Language::ALL {
            let locale = Locale::new(language);
            for name in ALL {
                let spec = MetricSpec::named(name).unwrap();
                for part in ["what", "beware"] {
                    let key = format!("{part}-{}", spec.metric().properties().topic);
                    assert_ne!(locale.text(&key), key);
                }
            }
        }
    }
    use assay_data::ImportError;

    #[test]
    fn words_are_read_from_the_file_of_this_build_only() {
        for &language in Language::ALL {
            for (file, words) in [(PAGE_FILE, ALL_WORDS), (RATING_FILE, RATING_WORDS)] {
                let text = words(language).to_owned();
                let damaged = text.trim_end().to_owned();
                let read = Locale::read(language, file, text).expect("it is the file's text");
                assert_eq!(read.text("title"), "Assay");
                assert!(Locale::read(language, file, damaged).is_none());
            }
        }
    }

    #[test]
    fn counts_have_thousands_separators() {
        for &language in Language::ALL {
            let written = [7, 999, 1000, 1_234_567].map(|n| Locale::new(language).count(n));
            assert_eq!(written, ["7", "999", "1,000", "1,234,567"]);
        }
    }

    #[test]
    fn numbers_of_an_explanation_are_written_as_counts_where_they_are_whole() {
        assert_eq!(written(12_345.0), "12,345");
        assert_eq!(written(0.0), "0");
        assert_eq!(written(1.5), "1.5");
        assert_eq!(written(-2.0), "-2");
        assert_eq!(written(f64::NAN), "NaN");
        assert_eq!(written(f64::INFINITY), "inf");
    }

    #[test]
    fn counts_choose_the_plural_form() {
        let files = ("files", "a.csv".to_owned());
        let cases = [
            (1, "1 row from a.csv", "a.csv，共 1 行"),
            (2, "2 rows from a.csv", "a.csv，共 2 行"),
            (12_345, "12,345 rows from a.csv", "a.csv，共 12,345 行"),
        ];
        for (rows, english, chinese) in cases {
            for (language, expected) in [(Language::English, english), (Language::Chinese, chinese)]
            {
                let locale = Locale::new(language);
                let words = [files.clone(), ("rows", locale.count(rows))];
                assert_eq!(locale.with("loaded", &words), expected);
            }
        }
        let locale = Locale::new(Language::English);
        let words = [
            ("items", locale.count(1)),
            ("minutes", locale.minutes(20.0)),
        ];
        let text = locale.with("rate-extent", &words);
        assert!(text.starts_with("1 item, about 1 minute. "), "{text}");
    }

    #[test]
    fn names_that_look_like_numbers_are_shown_as_they_are() {
        let names = [
            "2024",
            "1,000",
            "007",
            "1,00",
            "-3",
            "+3",
            "1.0",
            "",
            ",",
            "12345678901234567890",
        ];
        for &language in Language::ALL {
            let locale = Locale::new(language);
            for name in names {
                let words = [("name", name.to_owned()), ("value", name.to_owned())];
                let text = locale.with("slice-is", &words);
                let (before, after) = text.split_once([':', '：']).unwrap();
                assert_eq!((before, after.trim_start()), (name, name));
            }
        }
    }

    #[test]
    fn chinese_names_have_no_space_around_them() {
        let locale = Locale::new(Language::Chinese);
        let text = |system: &str| {
            let words = [("system", system.to_owned()), ("baseline", "微调前".into())];
            let words = words.into_iter().chain([("total", "8".to_owned())]);
            locale.with("verdict-same", &words.collect::<Vec<_>>())
        };
        assert_eq!(
            text("微调后"),
            "微调后与微调前在全部 8 项指标上均无显著差异。"
        );
        assert_eq!(
            text("微调 后"),
            "微调 后与微调前在全部 8 项指标上均无显著差异。"
        );
        assert_eq!(
            text("tuned"),
            "tuned 与微调前在全部 8 项指标上均无显著差异。"
        );
    }

    #[test]
    fn an_error_has_a_sentence_in_both_languages() {
        let error = ImportError::HeaderOnly {
            file: "a.csv".into(),
        };
        assert_eq!(
            Locale::new(Language::English).explained(&Explanation::of(&error)),
            "a.csv has a header and no rows. Check that the export is complete."
        );
        assert!(
            Locale::new(Language::Chinese)
                .explained(&Explanation::of(&error))
                .starts_with("a.csv 只有表头")
        );
        let error = ImportError::TooManyColumns {
            file: "a.csv".into(),
            found: 12_345,
            limit: 10_000,
        };
        let text = Locale::new(Language::English).explained(&Explanation::of(&error));
        assert!(text.contains("12,345"), "{text}");
    }
}
