//! The page's words, from its locale files: a test names a message by its key, so that rewording it breaks none.

use assay_locale::{Language, Locale};

/// The words of one language.
pub(crate) struct Words(Locale);

impl Words {
    pub(crate) fn english() -> Self {
        Self(Locale::new(Language::English))
    }

    pub(crate) fn chinese() -> Self {
        Self(Locale::new(Language::Chinese))
    }

    /// A message without arguments.
    pub(crate) fn text(&self, key: &str) -> String {
        assert!(self.0.has(key), "no message {key}");
        self.0.text(key)
    }

    /// A message with all its arguments.
    pub(crate) fn text_with(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.say(key, arguments).0.concat()
    }

    /// A message with the arguments that the test knows; others may be anything.
    pub(crate) fn say(&self, key: &str, known: &[(&str, &str)]) -> Said {
        assert!(self.0.has(key), "no message {key}");
        let known: Vec<(&str, String)> = known
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        let text = self.0.with(key, &known);
        // Fluent leaves an argument that it lacks as it stands in the file.
        let mut pieces = text.split("{$");
        let first = pieces.next().map(str::to_owned);
        let rest = pieces.map(|piece| {
            piece
                .split_once('}')
                .map_or("", |(_, rest)| rest)
                .to_owned()
        });
        Said(first.into_iter().chain(rest).collect())
    }
}

/// What has to stand in a text: pieces in this order, with anything between.
pub(crate) struct Said(Vec<String>);

impl Said {
    /// These words.
    pub(crate) fn words(text: &str) -> Self {
        Self(vec![text.to_owned()])
    }

    pub(crate) fn pieces(&self) -> &[String] {
        &self.0
    }

    pub(crate) fn is_in(&self, text: &str) -> bool {
        let mut rest = text;
        self.0
            .iter()
            .all(|piece| match rest.split_once(piece.as_str()) {
                Some((_, after)) => {
                    rest = after;
                    true
                }
                None => false,
            })
    }

    /// Panics with both where it is not in the text.
    #[track_caller]
    pub(crate) fn assert_in(&self, text: &str) {
        assert!(self.is_in(text), "{:?} is not in: {text}", self.0);
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        Self::words(text)
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self(vec![text])
    }
}
