//! What is known of outputs once their files are joined.

use crate::notices::sentences;
use assay_data::{DataSet, Role};
use serde_json::{Value, json};

/// The names of all columns of a role.
fn names(data: &DataSet, role: Role) -> Vec<&str> {
    let columns = data.columns_with(role).into_iter();
    columns.map(|c| data.table.names()[c].as_str()).collect()
}

/// Measures that the files hold, each with the system that it is of.
fn measures(data: &DataSet) -> Vec<(String, &str)> {
    let systems = data.systems();
    let mut all = Vec::new();
    for measure in data.measures() {
        for (place, column) in measure.columns.iter().enumerate() {
            if column.is_some() {
                all.push((measure.name.clone(), systems[place].1));
            }
        }
    }
    all
}

/// A system with the file and the column that its outputs come from.
fn system(data: &DataSet, (column, name): (usize, &str)) -> Value {
    let origin = data.origin(column);
    json!({
        "name": name,
        "file": origin.map(|origin| &origin.file),
        "column": origin.map(|origin| &origin.column),
    })
}

pub(super) fn described(data: &DataSet) -> Value {
    let columns = data.table.names().iter().zip(&data.roles);
    let columns = columns.map(|(name, role)| json!({ "name": name, "role": role.name() }));
    let problems = data.problems.iter().map(|problem| {
        json!({ "file": problem.file, "line": problem.line, "reason": problem.reason.to_string() })
    });
    let systems = data.systems().into_iter().map(|one| system(data, one));
    let measures = measures(data).into_iter();
    let measures = measures.map(|(name, system)| json!({ "name": name, "system": system }));
    json!({
        "rows": data.table.rows(),
        "set_aside": data.problem_count,
        "unmatched": data.unmatched_rows,
        "columns": columns.collect::<Vec<_>>(),
        "id": names(data, Role::Id).first(),
        "prompt": names(data, Role::Source),
        "references": names(data, Role::Reference),
        "systems": systems.collect::<Vec<_>>(),
        "measures": measures.collect::<Vec<_>>(),
        "slices": names(data, Role::Slice),
        "notices": data.notices().iter().map(|notice| {
            let mut described = json!({ "code": notice.code() });
            for (name, words) in notice.words() {
                described[name] = words.into();
            }
            described
        }).collect::<Vec<_>>(),
        "problems": problems.collect::<Vec<_>>(),
    })
}

pub(super) fn print(data: &DataSet) {
    println!("outputs: {} rows", data.table.rows());
    if data.problem_count > 0 {
        println!("{} rows set aside", data.problem_count);
    }
    for problem in &data.problems {
        println!(
            "  {}, line {}: {}",
            problem.file, problem.line, problem.reason
        );
    }
    for (column, (name, role)) in data.table.names().iter().zip(&data.roles).enumerate() {
        let from = data.origin(column).filter(|_| data.files.len() > 1);
        let from = from.map_or(String::new(), |o| format!("  ({}: {})", o.file, o.column));
        println!("{:<12} {name}{from}", role.name());
    }
    for (name, system) in measures(data) {
        println!("measures     {name} of {system}");
    }
    for sentence in sentences(data.notices().iter()) {
        println!("note         {sentence}");
    }
}
