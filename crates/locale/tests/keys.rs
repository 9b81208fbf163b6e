//! Every message that the code asks for is there in every language, also under keys that are put together with
//! `format!`.

use assay_locale::{Language, Locale};
use regex::Regex;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Keys that are put together: the part before the hole, and what can stand in it. A new one in the code has to be
/// listed here. Topics of metrics are held by a test of their own.
const COMPOSED: &[(&str, &str)] = &[
    ("add-", "scale pairwise ranking checks errors comment"),
    (
        "auc-",
        "binary ovr ovr-weighted ovo ovo-weighted macro weighted micro",
    ),
    ("axis-", "step epoch time"),
    ("beware-", "bleu"),
    ("bins-", "width count"),
    ("code-", "seconds megabytes passed failed timed_out crashed"),
    ("code-state-", "passed failed timed_out crashed"),
    (
        "coefficient-",
        "percent alpha-interval alpha-nominal gwet-ac1 gwet-ac2 fleiss cohen icc-2-1 icc-2-k",
    ),
    ("convention-", "text sliding rolling llama-perplexity"),
    ("correction-", "holm bh none"),
    (
        "field-",
        "number number-from number-between whole whole-from whole-between shares",
    ),
    ("format-", "html markdown latex json model-index"),
    (
        "job-",
        "import score load-model keep-model perplexity encode run-programs",
    ),
    (
        "kind-",
        "scale yes_no pairwise ranking spans comment answer choice number json outcome",
    ),
    ("level-", "nominal ordinal interval"),
    ("order-", "file lowest highest drop"),
    ("people-", "better worse same"),
    (
        "place-",
        "sms discord wechat qr telegram slack whatsapp browsers",
    ),
    ("range-", "higher lower perplexity people distinct repeated"),
    (
        "role-",
        "id source reference hypothesis slice label prediction probability number ignored",
    ),
    ("rows-", "all first random disagreement"),
    ("template-", "scales pairwise ranking checks errors"),
    ("test-", "bs ar"),
    (
        "trial-role-",
        "arm unit time success number resource speed cost covariate segment total count ignored",
    ),
    ("what-", "bleu"),
    ("who-", "everyone shared"),
];

/// The sources that put messages on the page or into a report.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    let mut folders = vec![root.join("src"), root.join("crates/report/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the sources are there") {
            let path = entry.expect("the sources are there").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("sources are text");
                found.push((path, text));
            }
        }
    }
    assert!(found.len() > 50, "the sources have moved");
    found
}

fn missing(key: &str, locales: &[Locale]) -> bool {
    !locales.iter().all(|locale| locale.has(key))
}

fn locales() -> Vec<Locale> {
    Language::ALL.iter().map(|l| Locale::new(*l)).collect()
}

#[test]
fn every_key_in_the_code_has_a_message() {
    let asked = Regex::new(r#"\.(?:text|with)\(\s*"([a-z][a-z0-9_-]*)""#).unwrap();
    let locales = locales();
    let mut found = BTreeSet::new();
    for (path, text) in sources() {
        let keys = asked.captures_iter(&text).map(|c| c[1].to_owned());
        let bare = keys.filter(|key| missing(key, &locales));
        found.extend(bare.map(|key| format!("{key} in {}", path.display())));
    }
    assert!(found.is_empty(), "keys without a message: {found:#?}");
}

#[test]
fn every_composed_key_is_listed_and_has_its_messages() {
    let composed = Regex::new(r#"\.(?:text|with|has)\(\s*&format!\(\s*"([a-z][a-z0-9_-]*-)\{"#);
    let composed = composed.unwrap();
    let listed: BTreeSet<&str> = COMPOSED.iter().map(|(prefix, _)| *prefix).collect();
    for (path, text) in sources() {
        for prefix in composed.captures_iter(&text) {
            let prefix = &prefix[1];
            assert!(
                listed.contains(prefix),
                "{prefix}… in {} is not listed here",
                path.display()
            );
        }
    }
    let locales = locales();
    let keys = COMPOSED
        .iter()
        .flat_map(|(prefix, names)| names.split(' ').map(move |name| format!("{prefix}{name}")));
    let bare: Vec<String> = keys.filter(|key| missing(key, &locales)).collect();
    assert!(bare.is_empty(), "keys without a message: {bare:?}");
}
