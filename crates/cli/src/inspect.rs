//! Says what files are taken for: their kind, and of outputs the rows, the columns with their roles, and the systems.
//!
//! ```text
//! assay inspect outputs.jsonl --json
//! assay inspect base/generated_predictions.jsonl lora/generated_predictions.jsonl
//! ```

use crate::failure::Failure;
use crate::input::Input;
use assay_core::sniff::sniff;
use assay_data::import::Imported;
use assay_data::{DataSet, Role};
use assay_protocol::data::FileKind;
use serde_json::{Value, json};

/// Which files, and how to say it.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The files; outputs among them are joined as the page joins them
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When a file can't be read, or outputs don't fit together.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut found = Vec::new();
    let mut outputs: Vec<Imported> = Vec::new();
    for input in Input::all(&arguments.files)? {
        let finding = sniff(input.path(), &input.head()?);
        if finding.kind == FileKind::Outputs {
            outputs.push(input.table()?);
        }
        found.push((input.path().to_owned(), finding));
    }
    let data = match outputs.is_empty() {
        true => None,
        false => Some(DataSet::join(outputs)?),
    };
    if arguments.json {
        let files = found.iter();
        let files = files.map(|(path, finding)| {
            let also = finding.also.iter().map(|kind| kind.name());
            json!({
                "file": path,
                "kind": finding.kind.name(),
                "reason": finding.reason.name(),
                "also": also.collect::<Vec<_>>(),
            })
        });
        let mut all = json!({ "files": files.collect::<Vec<_>>() });
        if let Some(data) = &data {
            all["outputs"] = described(data);
        }
        println!("{all:#}");
        return Ok(());
    }
    for (path, finding) in &found {
        println!(
            "{path}: {} ({})",
            finding.kind.name(),
            finding.reason.name()
        );
    }
    if let Some(data) = &data {
        print_table(data);
    }
    Ok(())
}

/// The names of all columns of a role.
fn names(data: &DataSet, role: Role) -> Vec<&str> {
    let columns = data.columns_with(role).into_iter();
    columns.map(|c| data.table.names()[c].as_str()).collect()
}

fn described(data: &DataSet) -> Value {
    let columns = data.table.names().iter().zip(&data.roles);
    let columns = columns.map(|(name, role)| json!({ "name": name, "role": role.name() }));
    let problems = data.problems.iter().map(|problem| {
        json!({ "file": problem.file, "line": problem.line, "reason": problem.reason.to_string() })
    });
    let systems: Vec<&str> = data.systems().into_iter().map(|s| s.1).collect();
    let measures = data.measures().into_iter();
    let measures = measures.flat_map(|measure| {
        let of = systems.iter().zip(measure.columns);
        let of = of.filter(|(_, column)| column.is_some());
        let one = |(system, _)| json!({ "name": measure.name, "system": system });
        of.map(one).collect::<Vec<_>>()
    });
    json!({
        "rows": data.table.rows(),
        "set_aside": data.problem_count,
        "unmatched": data.unmatched_rows,
        "columns": columns.collect::<Vec<_>>(),
        "id": names(data, Role::Id).first(),
        "prompt": names(data, Role::Source),
        "references": names(data, Role::Reference),
        "systems": names(data, Role::Hypothesis),
        "measures": measures.collect::<Vec<_>>(),
        "slices": names(data, Role::Slice),
        "notices": data.notices().iter().map(|notice| {
            let mut told = json!({ "code": notice.code() });
            for (name, words) in notice.words() {
                told[name] = words.into();
            }
            told
        }).collect::<Vec<_>>(),
        "problems": problems.collect::<Vec<_>>(),
    })
}

fn print_table(data: &DataSet) {
    println!("{} rows", data.table.rows());
    if data.problem_count > 0 {
        println!("{} rows set aside", data.problem_count);
    }
    for problem in &data.problems {
        println!(
            "  {}, line {}: {}",
            problem.file, problem.line, problem.reason
        );
    }
    for (name, role) in data.table.names().iter().zip(&data.roles) {
        println!("{:<12} {name}", role.name());
    }
}
