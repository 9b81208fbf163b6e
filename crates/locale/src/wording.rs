//! Tests of the language files: the same messages in both, plural forms, punctuation, and the
//! terms of `TERMS.md`.

use super::{ALL_WORDS, Language, Locale, is_chinese};
use fluent_bundle::FluentResource;

const LANGUAGES: &[Language] = Language::ALL;

/// The terms of both languages, and the words not to use.
const TERMS: &str = include_str!("../../../www/locales/TERMS.md");

/// A message: its key, and its text with placeables and plural forms as in the file.
struct Message {
    key: &'static str,
    text: String,
}

impl Message {
    /// The names of its arguments, each once.
    fn variables(&self) -> Vec<&str> {
        let name = |t: &'_ str| t.find(|c: char| !c.is_alphanumeric() && c != '_');
        let mut found: Vec<&str> = self
            .text
            .split('$')
            .skip(1)
            .map(|t| &t[..name(t).unwrap_or(t.len())])
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Its words: the text without the names of arguments.
    fn words(&self) -> String {
        let mut words = self.text.clone();
        for name in self.variables() {
            words = words.replace(&format!("${name}"), "");
        }
        words
    }
}

/// The messages of a language's file, in its order. Lines of a message after the first are
/// indented.
fn messages(language: Language) -> Vec<Message> {
    let mut found: Vec<Message> = Vec::new();
    for line in ALL_WORDS(language).lines() {
        if line.starts_with(' ') {
            let message = found.last_mut().expect("an indented line has a message");
            message.text.push('\n');
            message.text.push_str(line);
        } else if let Some((key, text)) = line.split_once(" = ") {
            let text = text.to_owned();
            found.push(Message { key, text });
        }
    }
    found
}

/// The message with `value` for each argument.
fn filled(locale: &Locale, message: &Message, value: &str) -> String {
    let words: Vec<(&str, String)> = message
        .variables()
        .into_iter()
        .map(|name| (name, value.to_owned()))
        .collect();
    locale.with(message.key, &words)
}

/// The entries of one column of the table in `TERMS.md`, separated by commas.
fn column(title: &str) -> Vec<&'static str> {
    let mut rows = TERMS.lines().filter(|l| l.starts_with('|'));
    let cells = |row: &'static str| row.trim_matches('|').split('|').map(str::trim);
    let place = rows
        .next()
        .and_then(|head| cells(head).position(|c| c == title))
        .expect("the table has the column");
    rows.skip(1)
        .filter_map(|row| cells(row).nth(place))
        .flat_map(|cell| cell.split([',', '、']))
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether `text` has `word` as a whole word, in any case.
fn has_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.to_lowercase());
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(&word).any(|(i, _)| {
        is_edge(text[..i].chars().next_back()) && is_edge(text[i + word.len()..].chars().next())
    })
}

#[test]
fn all_languages_have_the_same_keys_and_variables() {
    let first = messages(LANGUAGES[0]);
    for &language in &LANGUAGES[1..] {
        let other = messages(language);
        assert_eq!(first.len(), other.len(), "{}", language.tag());
        for (a, b) in first.iter().zip(&other) {
            assert_eq!((a.key, a.variables()), (b.key, b.variables()));
        }
    }
}

#[test]
fn every_message_is_valid_fluent_and_has_its_key_once() {
    for &language in LANGUAGES {
        assert!(FluentResource::try_new(ALL_WORDS(language).to_owned()).is_ok());
        let mut keys: Vec<&str> = messages(language).iter().map(|m| m.key).collect();
        keys.sort_unstable();
        assert!(keys.windows(2).all(|k| k[0] != k[1]));
        let locale = Locale::new(language);
        for key in keys {
            assert!(locale.bundle.has_message(key), "{key} is not read");
        }
    }
}

#[test]
fn one_of_a_thing_is_singular_in_english() {
    const PLURALS: &str = "answers categories characters classes columns devices epochs fields \
        files items links measures minutes names outputs points positives problems programs \
        raters rows runs slices steps systems tasks texts times units values";
    // One better and one worse measure are at least two; limits of links, names and texts are hundreds or thousands.
    const NEVER_ONE: [&str; 4] = [
        "verdict-mixed",
        "link-too-long",
        "import-error-long-name",
        "detail-cut",
    ];
    let plurals: Vec<&str> = PLURALS.split_whitespace().collect();
    let locale = Locale::new(Language::English);
    let mut wrong = Vec::new();
    for message in messages(Language::English) {
        let text = filled(&locale, &message, "1");
        let words: Vec<&str> = text
            .split_whitespace()
            .filter(|w| !["more", "false"].contains(w))
            .collect();
        let is_wrong = words.windows(2).any(|pair| {
            let noun = pair[1].trim_end_matches(|c: char| !c.is_alphanumeric());
            pair[0].trim_start_matches('(') == "1" && plurals.contains(&noun)
        });
        if is_wrong && !NEVER_ONE.contains(&message.key) {
            wrong.push(text);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_words_not_to_use_are_not_used() {
    let english = column("Not in English");
    let chinese = column("Not in Chinese");
    assert!(english.contains(&"beyond chance") && chinese.contains(&"分组"));
    let mut found = Vec::new();
    for message in messages(Language::English) {
        let text = message.words();
        let used = english.iter().filter(|w| has_word(&text, w));
        found.extend(used.map(|w| format!("en.ftl: {}: {w}", message.key)));
    }
    for message in messages(Language::Chinese) {
        let text = message.words();
        let used = chinese.iter().filter(|w| text.contains(**w));
        found.extend(used.map(|w| format!("zh.ftl: {}: {w}", message.key)));
    }
    assert!(found.is_empty(), "see TERMS.md: {found:#?}");
}

#[test]
fn nothing_exclaims_and_chinese_has_full_width_punctuation() {
    for message in messages(Language::English) {
        assert!(!message.words().contains('!'), "{}", message.key);
    }
    for message in messages(Language::Chinese) {
        assert!(!message.text.contains(['!', '！']), "{}", message.key);
        let chars: Vec<char> = message.text.chars().collect();
        for near in chars.windows(2) {
            let half = [',', ';', ':', '?', '(', ')'];
            let mixed = (is_chinese(&near[0]) && half.contains(&near[1]))
                || (half.contains(&near[0]) && is_chinese(&near[1]));
            assert!(!mixed, "{}: {}{}", message.key, near[0], near[1]);
        }
    }
}
