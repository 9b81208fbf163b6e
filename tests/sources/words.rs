//! The parts of the words that a program carries instead of all (`crates/locale/parts/`) have every message that the
//! program's source names, and every error that it may show.

use assay_locale::{ALL_WORDS, Language, Locale, RATING_WORDS, REPORT_WORDS, Words};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where a rater's page takes its messages from.
const RATING: [&str; 13] = [
    "src/pages/rater",
    "src/shell/rating.rs",
    "src/shell/parts.rs",
    "src/shell/new_version.rs",
    "src/components/controls.rs",
    "src/components/copy_button.rs",
    "src/components/file_button.rs",
    "src/components/item_card",
    "src/components/send_link.rs",
    "src/components/text.rs",
    "src/browser/words.rs",
    "src/calls",
    "crates/rater/src",
];

/// Where reports take theirs from.
const REPORT: [&str; 6] = [
    "crates/report/src",
    "crates/core/src/reports",
    "crates/core/src/reports.rs",
    "crates/training/src/findings",
    "crates/training/src/findings.rs",
    "crates/stats/src/decision.rs",
];

/// Errors that a rater's page may show, by the beginnings of their keys.
const RATING_ERRORS: [&str; 9] = [
    "answer-error-",
    "channel-failure-",
    "codec-step-",
    "disk-error-",
    "envelope-error-",
    "open-task-error-",
    "rating-error-",
    "start-error-",
    "task-error-",
];

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            files(&entry.unwrap().path(), found);
        }
    } else if path.extension().is_some_and(|e| e == "rs") {
        found.push(path.to_owned());
    }
}

/// The texts in a source file that stand in quotation marks, and the beginnings of those that are filled in.
fn literals(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => literals(group.stream(), found),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
                found.extend(text.map(str::to_owned));
            }
            _ => {}
        }
    }
}

/// The keys of all messages.
fn keys() -> BTreeSet<&'static str> {
    let lines = ALL_WORDS(Language::English).lines();
    let keys = lines.filter(|l| !l.starts_with([' ', '#', '}']));
    keys.filter_map(|l| Some(l.split_once(" =")?.0)).collect()
}

/// Keys that the sources name and the words lack.
fn missing(sources: &[&str], errors: &[&str], words: Words) -> Vec<(String, &'static str)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for source in sources {
        assert!(root.join(source).exists(), "{source} is not there");
        files(&root.join(source), &mut paths);
    }
    let mut named = BTreeSet::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        literals(code.parse().unwrap(), &mut named);
    }
    let beginnings = named.iter().filter_map(|n| Some(n.split_once('{')?.0));
    let beginnings: Vec<&str> = beginnings
        .filter(|b| b.ends_with('-'))
        .chain(errors.iter().copied())
        .collect();
    let is_needed =
        |key: &&str| named.contains(*key) || beginnings.iter().any(|b| key.starts_with(b));
    let needed: Vec<&str> = keys().into_iter().filter(is_needed).collect();
    assert!(
        needed.len() > 50,
        "the sources name messages: {}",
        needed.len()
    );
    let lacks = |language: &Language| {
        let locale = Locale::of(*language, words);
        let lacking = needed.iter().filter(move |key| !locale.has(key));
        lacking
            .map(|key| ((*key).to_owned(), language.tag()))
            .collect::<Vec<_>>()
    };
    Language::ALL.iter().flat_map(lacks).collect()
}

#[test]
fn a_raters_page_has_all_its_words() {
    let missing = missing(&RATING, &RATING_ERRORS, RATING_WORDS);
    assert!(
        missing.is_empty(),
        "add to crates/locale/parts/rating.txt: {missing:#?}"
    );
}

#[test]
fn reports_have_all_their_words() {
    let missing = missing(&REPORT, &[], REPORT_WORDS);
    assert!(
        missing.is_empty(),
        "add to crates/locale/parts/report.txt: {missing:#?}"
    );
}

#[test]
fn the_parts_are_much_smaller_than_the_whole() {
    for language in Language::ALL {
        let whole = ALL_WORDS(*language).len();
        for part in [RATING_WORDS, REPORT_WORDS] {
            assert!(part(*language).len() * 3 < whole);
        }
    }
}
