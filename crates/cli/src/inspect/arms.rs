//! What is known of an A/B test: which column names the unit and which the arm, and how many units each arm has.

use super::number::number;
use crate::notices::sentences;
use assay_experiment::roles::TrialRole;
use assay_experiment::view::TrialView;
use serde_json::{Value, json};

/// The name of the first column of a role.
fn column(trial: &TrialView, role: TrialRole) -> Option<&str> {
    let mut columns = trial.columns.iter();
    let found = columns.find(|column| column.role == role);
    found.map(|column| column.name.as_str())
}

/// Units that are in more than one arm: those of pairs, and those that are left out because they are no pairs.
fn in_several(trial: &TrialView) -> usize {
    match trial.paired {
        true => trial.units - trial.unpaired,
        false => trial.crossed,
    }
}

/// # Errors
/// When a role can't be written.
pub(super) fn described(trial: &TrialView) -> Result<Value, serde_json::Error> {
    let mut columns = Vec::new();
    for column in &trial.columns {
        columns.push(json!({ "name": column.name, "role": serde_json::to_value(column.role)? }));
    }
    let arms = trial.arms.iter();
    let arms =
        arms.map(|arm| json!({ "name": arm.name, "rows": arm.rows, "units": number(arm.units) }));
    Ok(json!({
        "file": trial.name,
        "rows": trial.rows,
        "set_aside": trial.unread,
        "points_as_thousands": trial.points.thousands,
        "points_as_decimals": trial.points.unclear,
        "columns": columns,
        "unit": column(trial, TrialRole::Unit),
        "arm": column(trial, TrialRole::Arm),
        "baseline": trial.arms.get(trial.baseline).map(|arm| &arm.name),
        "arms": arms.collect::<Vec<_>>(),
        "units": trial.units,
        "in_several_arms": in_several(trial),
        "left_out": trial.crossed,
        "paired": trial.paired,
        "split_p": trial.split.map(number),
    }))
}

pub(super) fn print(trial: &TrialView) {
    println!("A/B test {}: {} rows", trial.name, trial.rows);
    if trial.unread > 0 {
        println!("{} rows set aside", trial.unread);
    }
    for sentence in sentences(trial.points.notices()) {
        println!("note         {sentence}");
    }
    let unit = column(trial, TrialRole::Unit).unwrap_or("each row");
    println!("unit         {unit}");
    for (place, arm) in trial.arms.iter().enumerate() {
        let baseline = if place == trial.baseline {
            ", the baseline"
        } else {
            ""
        };
        println!(
            "arm          {}: {} units, {} rows{baseline}",
            arm.name, arm.units, arm.rows
        );
    }
    match (in_several(trial), trial.paired) {
        (0, _) => {}
        (units, true) => println!("{units} units are in several arms, as pairs"),
        (units, false) => println!("{units} units are in several arms and are left out"),
    }
    if trial.mismatched() {
        println!("the split is not the planned one");
    }
    for column in &trial.columns {
        let role = serde_json::to_value(column.role).unwrap_or_default();
        println!("{:<12} {}", role.as_str().unwrap_or_default(), column.name);
    }
}
