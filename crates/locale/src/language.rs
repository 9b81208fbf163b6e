//! The list of languages. A new language is a variant here with its row in [`Language::info`] and its files in
//! [`words!`](macro@words), [`PAGE_FILE`] and [`RATING_FILE`], its words in `www/locales/`, and those for question
//! templates in `crates/rating/src/template/`; nothing else asks which language it is.

/// The messages of each language, all of them or a part, inside the program.
macro_rules! words {
    ($part:literal) => {
        |language| match language {
            Language::English => include_str!(concat!(env!("OUT_DIR"), "/en.", $part, ".ftl")),
            Language::Chinese => include_str!(concat!(env!("OUT_DIR"), "/zh.", $part, ".ftl")),
        }
    };
}

/// Which messages a program carries: the text of a language's Fluent file, or of a part of it. The parts are listed in
/// `crates/locale/parts/`; `tests/sources/words.rs` holds that they are complete.
pub type Words = fn(Language) -> &'static str;

/// All messages.
pub const ALL_WORDS: Words = words!("all");
/// What a rater's page says.
pub const RATING_WORDS: Words = words!("rating");
/// What reports say.
pub const REPORT_WORDS: Words = words!("report");

/// The file of the built page in which a program finds the messages that it says in a language, by its name.
pub type WordsFile = fn(Language) -> &'static str;

/// Of the page: all messages.
pub const PAGE_FILE: WordsFile = |language| match language {
    Language::English => env!("WORDS_EN_ALL"),
    Language::Chinese => env!("WORDS_ZH_ALL"),
};
/// Of a rater's page.
pub const RATING_FILE: WordsFile = |language| match language {
    Language::English => env!("WORDS_EN_RATING"),
    Language::Chinese => env!("WORDS_ZH_RATING"),
};

/// A language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// Simplified Chinese.
    Chinese,
}

/// What the program has to know of a language besides its messages.
struct Info {
    tag: &'static str,
    name: &'static str,
    is_spaced: bool,
    latex_package: Option<&'static str>,
}

impl Language {
    /// All languages; the first is taken where no other fits.
    pub const ALL: &'static [Self] = &[Self::English, Self::Chinese];

    fn info(self) -> Info {
        match self {
            Self::English => Info {
                tag: "en",
                name: "English",
                is_spaced: true,
                latex_package: None,
            },
            Self::Chinese => Info {
                tag: "zh-CN",
                name: "中文",
                is_spaced: false,
                latex_package: Some("ctex"),
            },
        }
    }

    /// The language for a browser's preference or a document's tag, such as `zh-CN` or `zh-Hans`: the one of the
    /// same primary subtag.
    #[must_use]
    pub fn preferred(tag: &str) -> Self {
        let primary = |tag: &str| {
            let first = tag.split(['-', '_']).next().unwrap_or_default();
            first.to_ascii_lowercase()
        };
        let wanted = primary(tag);
        let found = Self::ALL.iter().find(|l| primary(l.tag()) == wanted);
        *found.unwrap_or(&Self::ALL[0])
    }

    /// The next language of the list, after the last one the first.
    #[must_use]
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|l| *l == self).unwrap_or(0);
        Self::ALL[(place + 1) % Self::ALL.len()]
    }

    /// The tag for the `lang` attribute.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.info().tag
    }

    /// What its speakers call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// Whether words stand apart by spaces. Where they don't, the spaces around arguments of the same script are
    /// dropped.
    #[must_use]
    pub fn is_spaced(self) -> bool {
        self.info().is_spaced
    }

    /// The LaTeX package that its text needs.
    #[must_use]
    pub fn latex_package(self) -> Option<&'static str> {
        self.info().latex_package
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_tag_finds_its_language_and_an_unknown_one_the_first() {
        let found = ["zh-CN", "zh", "ZH_hant", "en-GB", "pl", ""].map(Language::preferred);
        let (en, zh) = (Language::English, Language::Chinese);
        assert_eq!(found, [zh, zh, zh, en, en, en]);
    }

    #[test]
    fn stepping_through_the_list_comes_back_to_the_start() {
        let mut language = Language::ALL[0];
        for expected in Language::ALL.iter().skip(1).chain(&Language::ALL[..1]) {
            language = language.next();
            assert_eq!(language, *expected);
        }
    }
}
