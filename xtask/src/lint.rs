//! Clippy's warnings in the same pass as compiling. Clippy's driver is the compiler with more lints and writes programs as
//! it does, so what is compiled for the tests anyway needs no second pass over all dependencies, for which
//! `cargo clippy` takes minutes on a fresh machine. Cargo gives it the packages of this workspace only.

use crate::process::Step;

/// Clippy's driver, which rustup installs beside the compiler.
const DRIVER: &str = "clippy-driver";

/// What `cargo clippy -- -D warnings` hands its driver, in the form that it does: every warning is an error.
const DENY: [&str; 2] = [
    "CLIPPY_ARGS",
    "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__",
];

/// Set where the page's programs are compiled for the tests: trunk is between that command and the one that compiles.
pub const LINTED: &str = "ASSAY_LINTED";

/// The same cargo command, which fails where clippy warns of anything in this workspace.
pub fn linted(step: Step) -> Step {
    let [name, value] = DENY;
    step.with("RUSTC_WORKSPACE_WRAPPER", DRIVER)
        .with(name, value)
}

/// The same, where the environment says so.
pub fn linted_if_asked(step: Step) -> Step {
    match std::env::var_os(LINTED) {
        Some(_) => linted(step),
        None => step,
    }
}

#[cfg(test)]
mod tests {
    use super::linted;
    use crate::process::{Step, cargo, run};

    /// How clippy's driver takes its arguments is its own affair, and may change.
    #[test]
    fn a_warning_of_clippy_or_of_the_compiler_stops_the_command() {
        let folder = std::env::temp_dir().join(format!("assay-lint-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = "[package]\nname = \"sample\"\nedition = \"2024\"\n[workspace]\n";
        std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        let compiles = |source: &str| {
            std::fs::write(folder.join("src/lib.rs"), source).unwrap();
            let build = Step::new("a sample", &cargo(), &["build", "--offline"]);
            let target = folder.join("target").display().to_string();
            run(linted(build.within(&folder)).with("CARGO_TARGET_DIR", &target)).is_ok()
        };
        assert!(compiles("pub fn one() -> i32 {\n    1\n}\n"));
        // clippy::needless_return, then the compiler's own unused_variables.
        assert!(!compiles("pub fn one() -> i32 {\n    return 1;\n}\n"));
        assert!(!compiles(
            "pub fn one() -> i32 {\n    let two = 2;\n    1\n}\n"
        ));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
