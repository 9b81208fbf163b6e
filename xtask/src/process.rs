//! Running a command as a named, timed step.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Instant;

/// A command with the words that say what it is for.
pub struct Step {
    what: String,
    program: String,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    removed: Vec<String>,
    folder: PathBuf,
}

impl Step {
    /// A command.
    pub fn new(what: &str, program: &str, arguments: &[&str]) -> Self {
        Self {
            what: what.to_owned(),
            program: program.to_owned(),
            arguments: arguments.iter().map(|a| (*a).to_owned()).collect(),
            environment: Vec::new(),
            removed: Vec::new(),
            folder: root(),
        }
    }

    /// A cargo command, by the cargo that runs this.
    pub fn cargo(what: &str, arguments: &[&str]) -> Self {
        Self::new(what, &cargo(), arguments)
    }

    /// The same with more arguments.
    pub fn and(mut self, arguments: &[&str]) -> Self {
        self.arguments
            .extend(arguments.iter().map(|a| (*a).to_owned()));
        self
    }

    /// The same with an environment variable.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same without an environment variable that this process has.
    pub fn without(mut self, name: &str) -> Self {
        self.removed.push(name.to_owned());
        self
    }

    /// The same in another folder than the project's root.
    pub fn within(mut self, folder: &Path) -> Self {
        self.folder = folder.to_owned();
        self
    }

    fn start(&self) -> Result<Child, String> {
        let environment = self.environment.iter().map(|(n, v)| format!("{n}='{v}' "));
        let environment = environment.collect::<String>();
        let (program, arguments) = (&self.program, self.arguments.join(" "));
        let name = Path::new(program).file_name().unwrap_or_default();
        let name = name.to_string_lossy();
        println!("== {}: {environment}{name} {arguments}", self.what);
        let mut command = Command::new(program);
        command.args(&self.arguments).current_dir(&self.folder);
        self.removed.iter().for_each(|name| {
            command.env_remove(name);
        });
        command.envs(self.environment.iter().map(|(n, v)| (n, v)));
        command.spawn().map_err(|e| {
            format!(
                "{}: {program} can't be started ({e}); is it installed?",
                self.what
            )
        })
    }
}

/// A step that runs while others do.
pub struct Running {
    step: Step,
    child: Child,
    start: Instant,
}

impl Running {
    /// Waits for its end; an error names the step and how it ended.
    pub fn finish(mut self) -> Result<(), String> {
        let what = &self.step.what;
        let status = self.child.wait().map_err(|e| format!("{what}: {e}"))?;
        println!("== {what}: {:.1} s", self.start.elapsed().as_secs_f64());
        if status.success() {
            Ok(())
        } else {
            Err(format!("{what} failed ({status})"))
        }
    }
}

/// Starts the step in the project's root and comes back at once.
pub fn start(step: Step) -> Result<Running, String> {
    let child = step.start()?;
    Ok(Running {
        step,
        child,
        start: Instant::now(),
    })
}

/// Runs the step in the project's root; an error names the step and how it ended.
pub fn run(step: Step) -> Result<(), String> {
    start(step)?.finish()
}

/// The cargo that runs this.
pub fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".into())
}

/// The project's root.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}

/// Cargo's folder for what it builds.
pub fn cargo_target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or(root().join("target"), PathBuf::from)
}
