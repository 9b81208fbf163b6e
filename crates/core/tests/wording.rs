//! Every error that reaches the page is worded in every language: those of all calls with all errors within, and
//! those that cross in replies and announcements.

use assay_calls::testing::ExplainErrors;
use assay_calls::{ChannelFailure, Explanation};
use assay_core::compute;
use assay_core::models::worker_calls;
use assay_data::Reason;
use assay_locale::{Language, Locale};
use assay_protocol::backup::BackupLoss;
use assay_protocol::saved::SavedError;
use assay_protocol::workspace::Damage;
use assay_rating::project::Aside;
use std::collections::BTreeSet;
use std::path::Path;

mod sources;

fn errors() -> ExplainErrors {
    let mut errors = ExplainErrors::default();
    assay_protocol::visit(&mut errors);
    worker_calls::visit(&mut errors);
    compute::visit(&mut errors);
    errors.add::<ChannelFailure>();
    errors.add::<SavedError>();
    errors.add::<Damage>();
    errors.add::<BackupLoss>();
    // Of rows that are set aside, and of envelopes.
    errors.add::<Reason>();
    errors.add::<Aside>();
    assert!(errors.failures.is_empty(), "{:#?}", errors.failures);
    errors
}

/// An explanation and its causes.
fn chain(explanation: &Explanation) -> impl Iterator<Item = &Explanation> {
    std::iter::successors(Some(explanation), |e| e.cause.as_deref())
}

#[test]
fn every_error_is_worded_in_every_language() {
    let errors = errors();
    let all = errors.explanations.iter().flat_map(chain);
    let kinds = all.map(|e| e.kind.as_str());
    let kinds: BTreeSet<&str> = kinds.filter(|k| *k != ExplainErrors::OTHER).collect();
    for &language in Language::ALL {
        let locale = Locale::new(language);
        let missing: Vec<&&str> = kinds.iter().filter(|kind| !locale.has(kind)).collect();
        assert!(missing.is_empty(), "{}: {missing:#?}", language.tag());
    }
}

#[test]
fn every_argument_that_a_message_has_comes_with_its_error() {
    let errors = errors();
    for &language in Language::ALL {
        let locale = Locale::new(language);
        let worded = errors.explanations.iter();
        let worded = worded.map(|explanation| (explanation, locale.explained(explanation)));
        // Fluent leaves an argument that it lacks as it stands in the file.
        let holes: BTreeSet<&str> = worded
            .filter(|(_, text)| text.contains("{$"))
            .map(|(explanation, _)| explanation.kind.as_str())
            .collect();
        assert!(holes.is_empty(), "{}: {holes:#?}", language.tag());
    }
}

#[test]
fn no_error_type_is_left_out() {
    let found = errors().types;
    let mut declared = BTreeSet::new();
    for (_, text) in sources::all(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        let mut is_error = false;
        for line in text.lines() {
            if line.trim_start().starts_with("#[derive(") {
                is_error = line.contains("thiserror::Error") && line.contains("Serialize");
            }
            let name = line
                .strip_prefix("pub enum ")
                .or_else(|| line.strip_prefix("pub struct "));
            if let (true, Some(name)) = (is_error, name) {
                let end = name.find(|c: char| !c.is_alphanumeric());
                declared.insert(name[..end.unwrap_or(name.len())].to_owned());
                is_error = false;
            }
        }
    }
    assert!(declared.len() > 30, "the sources have moved: {declared:?}");
    let is_missing = |name: &&String| !found.contains(name.as_str());
    let missing: Vec<&String> = declared.iter().filter(is_missing).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
