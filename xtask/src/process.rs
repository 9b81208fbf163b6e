//! Running a command as a named, timed step.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// A command with the words that tell what it is for.
pub struct Step {
    what: String,
    program: String,
    arguments: Vec<String>,
}

impl Step {
    /// A command.
    pub fn new(what: &str, program: &str, arguments: &[&str]) -> Self {
        Self {
            what: what.to_owned(),
            program: program.to_owned(),
            arguments: arguments.iter().map(|a| (*a).to_owned()).collect(),
        }
    }

    /// A cargo command, by the cargo that runs this.
    pub fn cargo(what: &str, arguments: &[&str]) -> Self {
        Self::new(
            what,
            &std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()),
            arguments,
        )
    }

    /// The same with more arguments.
    pub fn and(mut self, arguments: &[&str]) -> Self {
        self.arguments
            .extend(arguments.iter().map(|a| (*a).to_owned()));
        self
    }
}

/// The project's root.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}

/// Runs the step in the project's root; an error names the step and how it ended.
pub fn run(step: Step) -> Result<(), String> {
    println!(
        "== {}: {} {}",
        step.what,
        step.program,
        step.arguments.join(" ")
    );
    let start = Instant::now();
    let mut command = Command::new(&step.program);
    command.args(&step.arguments).current_dir(root());
    let status = command.status().map_err(|e| {
        format!(
            "{}: {} can't be started ({e}); is it installed?",
            step.what, step.program
        )
    })?;
    println!("== {}: {:.1} s", step.what, start.elapsed().as_secs_f64());
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} failed ({status})", step.what))
    }
}
