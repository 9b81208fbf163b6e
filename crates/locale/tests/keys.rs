//! Every message that the code asks for is there in every language, also under keys that are put together with
//! `format!`, and every message of a language is asked for.

use assay_calls::Explanation;
use assay_locale::{ALL_WORDS, Language, Locale};
use assay_metrics::registry::{ALL, MetricSpec};
use regex::Regex;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Keys that are put together: the part before the hole, and what it is filled with. A new one in the code has to
/// be listed here. The topics of metrics come from their registry, but for those that are added at run time.
const COMPOSED: &[(&str, &str)] = &[
    (
        "add-",
        "scale pairwise ranking checks errors mqm score comment",
    ),
    (
        "aim-",
        "task domain cost overfit preference open task-hint domain-hint cost-hint overfit-hint preference-hint open-hint",
    ),
    ("annotation-", "star unstar tag untag note"),
    (
        "auc-",
        "binary ovr ovr-weighted ovo ovo-weighted macro weighted micro",
    ),
    ("axis-", "step epoch time"),
    ("beware-", "perplexity people recorded"),
    ("bins-", "width count"),
    ("code-", "seconds megabytes passed failed timed_out crashed"),
    ("code-state-", "passed failed timed_out crashed"),
    (
        "coefficient-",
        "percent alpha-interval alpha-nominal gwet-ac1 gwet-ac2 fleiss cohen icc-2-1 icc-2-k",
    ),
    ("convention-", "text sliding rolling llama-perplexity"),
    ("colour-", "blue orange green pink brown sky grey"),
    ("correction-", "holm bh none"),
    ("effect-", "negligible small medium large"),
    (
        "field-",
        "number number-from number-between whole whole-from whole-between shares",
    ),
    (
        "file-kind-",
        "outputs log experiment programs evaluation judgements",
    ),
    (
        "example-",
        "support summaries tickets maths support-hint summaries-hint tickets-hint maths-hint",
    ),
    ("facet-", "outputs trials people"),
    ("facet-none-", "outputs trials people"),
    ("format-", "html markdown latex json model-index xlsx"),
    (
        "job-",
        "import score load-model keep-model perplexity encode overlap run-programs compare-rounds count-phrases",
    ),
    (
        "kind-",
        "scale yes_no pairwise ranking spans comment marks score answer choice choice-from-zero choice-from-one number degree math json outcome",
    ),
    (
        "kind-reason-",
        "saved-mark log-of-a-tool outputs-and-references classes steps-and-loss units-and-arms tests completions export-of-judgements texts nothing-else said",
    ),
    ("later-", "system rows columns replace"),
    ("level-", "nominal ordinal interval"),
    ("look-even-", "items units"),
    ("look-open-", "items units"),
    ("margin-", "better worse equivalent no-worse open"),
    ("mark-", "neutral minor major critical"),
    ("models-", "better worse same"),
    (
        "need-",
        "systems measure rows slices domains perplexity latency memory run validation overlap people trial systems-do measure-do rows-do slices-do domains-do perplexity-do latency-do memory-do run-do validation-do overlap-do people-do trial-do",
    ),
    (
        "notice-",
        "joined-by-id joined-by-id-whole joined-by-line data-sets-stacked data-sets-unclear systems-of-one-name ids-as-numbers texts-disagree numbers-as-outputs taken-for-reference several-references points-as-thousands points-as-decimals unlikely-outputs joined-by-text file-not-used fields-left-out columns-not-used",
    ),
    ("order-", "file lowest highest drop rise"),
    ("preset-", "sacrebleu evaluate lm-eval llamafactory"),
    ("phrases-by-", "count difference"),
    (
        "place-",
        "sms discord wechat qr telegram slack whatsapp browsers",
    ),
    ("question-join-", "other-ids ids-as-numbers texts-disagree"),
    (
        "range-",
        "higher lower numeric-error perplexity people distinct repeated",
    ),
    (
        "role-",
        "id source reference hypothesis slice cluster repeat label prediction probability measure number ignored",
    ),
    (
        "ratings-skipped-",
        "not-a-number no-winner discarded judge-failed unreadable",
    ),
    (
        "ratings-unused-",
        "identifier time measurement task-data suggestion words",
    ),
    ("reading-", "rendered text"),
    ("round-change-", "keep remove"),
    ("row-", "better worse tied"),
    ("part-", "measures slices domains analyses classes rounds"),
    ("rows-", "all first random disagreement variance diversity"),
    ("rows-as-", "csv jsonl xlsx"),
    (
        "step-",
        "reasoning end-tokens stop fence code-block boxed choice number first-match last-match json-field",
    ),
    (
        "stored-",
        "projects rating-tasks rater-answers models scores notes",
    ),
    ("style-", "length headings lists bold"),
    ("system-change-", "rename colour move hide show"),
    ("template-", "scales pairwise ranking checks errors mqm esa"),
    ("test-", "bs ar"),
    ("outcome-is-", "better worse same"),
    ("trial-said-", "better worse same"),
    (
        "trial-role-",
        "arm unit time success number resource speed cost covariate segment total count sum categories ignored",
    ),
    ("what-", "perplexity people recorded"),
    ("who-", "everyone shared"),
];

/// Where keys are written: the page, reports, the locale itself, and the job that ended without a result.
const WRITERS: [&str; 5] = [
    "src",
    "crates/report/src",
    "crates/core/src/reports",
    "crates/locale/src/lib.rs",
    "crates/calls/src/jobs",
];

/// A file's path and its text before its tests.
type Source = (PathBuf, String);

/// The Rust sources at or below a path in the repository.
fn sources(path: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut open = vec![
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(path),
    ];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("the sources are there");
            open.extend(entries.map(|entry| entry.expect("the sources are there").path()));
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).expect("sources are text");
            let code = text.split("#[cfg(test)]\nmod tests {").next();
            found.push((path, code.unwrap_or_default().to_owned()));
        }
    }
    assert!(!found.is_empty(), "{path} has no sources");
    found
}

/// The sources that put messages on the page or into a report.
fn writers() -> Vec<Source> {
    WRITERS.iter().flat_map(|path| sources(path)).collect()
}

fn missing(key: &str, locales: &[Locale]) -> bool {
    !locales.iter().all(|locale| locale.has(key))
}

fn locales() -> Vec<Locale> {
    Language::ALL.iter().map(|l| Locale::new(*l)).collect()
}

fn composed_keys() -> impl Iterator<Item = String> {
    COMPOSED.iter().flat_map(|(prefix, names)| {
        let names = names.split_whitespace();
        names.map(move |name| format!("{prefix}{name}"))
    })
}

/// The keys of errors: [`Explanation::of`] makes them from the names of types and variants. Which enums are errors
/// does not show in the source; a key of any enum of the repository counts.
fn kinds() -> BTreeSet<String> {
    let an_enum = Regex::new(r"(?ms)^(?:pub(?:\([a-z]+\))? )?enum (\w+)[^{]*\{\n(.*?)^\}").unwrap();
    let variant = Regex::new(r"(?m)^    ([A-Z]\w*)").unwrap();
    let error_struct =
        Regex::new(r"(?m)^#\[derive\([^\]]*Error\)\]\n(?:#\[.*\n|///.*\n)*pub struct (\w+)")
            .unwrap();
    let mut kinds = BTreeSet::new();
    for (_, text) in sources("crates").into_iter().chain(sources("src")) {
        for found in an_enum.captures_iter(&text) {
            let variants = variant.captures_iter(&found[2]);
            kinds.extend(variants.map(|v| Explanation::kind_of(&found[1], &v[1])));
        }
        let structs = error_struct.captures_iter(&text);
        kinds.extend(structs.map(|found| {
            let kind = Explanation::kind_of(&found[1], "");
            kind.trim_end_matches('-').to_owned()
        }));
    }
    kinds
}

/// The keys of what every metric is, and what to beware of.
fn metric_keys() -> impl Iterator<Item = String> {
    ALL.iter().flat_map(|name| {
        let spec = MetricSpec::named(name).expect("a name of the registry");
        let topic = spec.metric().properties().topic;
        ["what", "beware"].map(|part| format!("{part}-{topic}"))
    })
}

#[test]
fn every_key_in_the_code_has_a_message() {
    let asked = Regex::new(r#"\.(?:text|with)\(\s*"([a-z][a-z0-9_-]*)""#).unwrap();
    let locales = locales();
    let mut found = BTreeSet::new();
    for (path, text) in writers() {
        let keys = asked.captures_iter(&text).map(|c| c[1].to_owned());
        let bare = keys.filter(|key| missing(key, &locales));
        found.extend(bare.map(|key| format!("{key} in {}", path.display())));
    }
    assert!(found.is_empty(), "keys without a message: {found:#?}");
}

#[test]
fn every_composed_key_is_listed_and_has_its_messages() {
    let composed = r#"(?:\.(?:text|with|has)\(\s*&|let key = )format!\(\s*"([a-z][a-z0-9_-]*-)\{"#;
    let composed = Regex::new(composed).unwrap();
    let listed: BTreeSet<&str> = COMPOSED.iter().map(|(prefix, _)| *prefix).collect();
    for (path, text) in writers() {
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
    let bare: Vec<String> = composed_keys()
        .filter(|key| missing(key, &locales))
        .collect();
    assert!(bare.is_empty(), "keys without a message: {bare:?}");
}

#[test]
fn every_message_is_asked_for() {
    let literal = Regex::new(r#""([a-z][a-z0-9_-]*)""#).unwrap();
    let message = Regex::new("(?m)^([a-z][a-z0-9_-]*) = ").unwrap();
    let mut asked = kinds();
    for (_, text) in writers() {
        asked.extend(
            literal
                .captures_iter(&text)
                .map(|found| found[1].to_owned()),
        );
    }
    asked.extend(composed_keys().chain(metric_keys()));
    for language in Language::ALL {
        let keys = message.captures_iter(ALL_WORDS(*language));
        let idle: Vec<String> = keys
            .map(|found| found[1].to_owned())
            .filter(|key| !asked.contains(key))
            .collect();
        assert!(
            idle.is_empty(),
            "{}: nothing asks for {idle:?}",
            language.tag()
        );
    }
}
