//! Every call, reply and error of every service crosses the channel unchanged, with made-up values: NaN,
//! infinities, whole numbers beyond 2^53, empty and huge texts and lists, every variant of every enum.

use assay_calls::VisitCalls;
use assay_calls::native::CborCodec;
use assay_calls::testing::{CallNames, RoundtripCalls, roundtrip};
use assay_core::compute;
use assay_core::containers;
use assay_core::models::worker_calls;
use assay_eval::Task;
use assay_metrics::registry::MetricSpec;
use assay_report::goals::Goals;
use assay_stats::PairedTest;
use std::collections::BTreeSet;
use std::path::Path;

mod sources;

fn visit(visitor: &mut impl VisitCalls) {
    assay_protocol::visit(visitor);
    worker_calls::visit(visitor);
    containers::visit(visitor);
    compute::visit(visitor);
}

fn names() -> Vec<&'static str> {
    let mut names = CallNames::default();
    visit(&mut names);
    names.0
}

#[test]
fn every_value_comes_back_as_it_was() {
    let mut check = RoundtripCalls::<CborCodec>::default();
    visit(&mut check);
    assert!(check.failures.is_empty(), "{:#?}", check.failures);
    // Of each call at least are sent 64.
    assert!(check.sent > 64 * names().len(), "{}", check.sent);
}

#[test]
fn what_is_saved_linked_and_computed_elsewhere_comes_back_as_it_was() {
    let checks = [
        roundtrip::<CborCodec, Task>(),
        roundtrip::<CborCodec, Vec<MetricSpec>>(),
        roundtrip::<CborCodec, PairedTest>(),
        roundtrip::<CborCodec, Goals>(),
    ];
    let failed: Vec<_> = checks.iter().filter_map(|c| c.as_ref().err()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn no_service_is_left_out() {
    let mut declared = BTreeSet::new();
    for (_, text) in sources::all(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        declared.extend(text.lines().filter_map(|line| {
            let name = line.trim().strip_prefix("service \"")?;
            Some(name.strip_suffix("\";")?.to_owned())
        }));
    }
    let service = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let visited: BTreeSet<String> = names().into_iter().map(service).collect();
    assert_eq!(visited, declared);
    let once: BTreeSet<&str> = names().into_iter().collect();
    assert_eq!(once.len(), names().len(), "two calls have one name");
}
