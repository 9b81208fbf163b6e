//! Label Studio's JSON-MIN and CSV exports: a record an annotation, with the task's data and each control's result side
//! by side, ratings as `[{"rating": 4}]`, in a cell as JSON (<https://labelstud.io/guide/export>). They are tables like
//! others ([`super::flat`]) once numbers of the task are left out.

use super::builder::Builder;
use super::columns::{by_name, tells};
use super::flat;
use super::records::{Record, as_table};
use super::unused::Unused;
use super::values::{Given, given};
use serde_json::Value;
use std::collections::BTreeSet;

/// Whether records are annotations: they have what Label Studio adds to each.
pub(super) fn fits(records: &[Record]) -> bool {
    records.iter().any(|record| {
        let has = |key: &str| record.contains_key(key);
        has("annotator") && has("lead_time")
            || has("annotation_id") && (has("annotator") || has("lead_time"))
    })
}

/// Reads annotations.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    let is_result =
        |value: &Value| (value.is_array() || value.is_object()) && given(value) != Given::Other;
    let any_result = records.iter().flat_map(Record::values).any(is_result);
    // Results are lists, or texts where one choice was made: beside them a number came with the task.
    let is_data = |record: &Record, name: &str| {
        let named = tells(name) || by_name(name).is_some();
        any_result && !named && record.get(name).is_some_and(Value::is_number)
    };
    let mut data: BTreeSet<&str> = BTreeSet::new();
    for record in records {
        let names = record.keys().map(String::as_str);
        data.extend(names.filter(|name| is_data(record, name)));
    }
    for name in &data {
        builder.leave_out(name, Unused::TaskData);
    }
    flat::read(&as_table(records, |name| !data.contains(name)), builder);
}
