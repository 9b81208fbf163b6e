//! No public function that only tests call, in the crates that are libraries of computation: it either can be reached
//! from the page or the command line, or it goes.
//!
//! Compared are names, not meanings: a function counts as called when its name stands anywhere outside of itself and
//! outside of code for tests. So the test finds what nobody names, and misses what shares its name with something
//! that is used.

use super::circles::roots;
use super::modules::Crate;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The libraries that are looked at.
const LIBRARIES: [&str; 13] = [
    "codeeval",
    "containers",
    "data",
    "eval",
    "experiment",
    "lm",
    "metrics",
    "overlap",
    "rating",
    "report",
    "stats",
    "text",
    "training",
];

/// Names that are called by what a macro makes: serde's `with`.
const BY_MACROS: [&str; 2] = ["serialize", "deserialize"];

/// Programs besides the crates' own: examples, which make committed files, and fuzz targets.
fn programs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut programs = vec![PathBuf::from("fuzz/src/lib.rs")];
    for folder in ["crates/text/examples", "src/bin", "crates/web/src/bin"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            programs.push(Path::new(folder).join(entry.unwrap().file_name()));
        }
    }
    programs
}

/// Public functions of `libraries`, as file and name, whose names stand nowhere in `crates` but in themselves and in
/// each other.
fn unused(crates: &[Crate], is_library: impl Fn(&Path) -> bool) -> Vec<(PathBuf, String)> {
    let files = || crates.iter().flat_map(|c| &c.files);
    let mut dead: BTreeSet<(&Path, usize)> = BTreeSet::new();
    loop {
        // How often each name stands outside of what is dead already.
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for file in files() {
            let spans = file.functions.iter().enumerate();
            let spans = spans.filter(|(i, _)| dead.contains(&(file.path.as_path(), *i)));
            let spans: Vec<[usize; 2]> = spans.map(|(_, f)| f.1).collect();
            for (place, name) in file.names.iter().enumerate() {
                if !spans.iter().any(|s| (s[0]..s[1]).contains(&place)) {
                    *counts.entry(name).or_default() += 1;
                }
            }
        }
        let before = dead.len();
        for file in files().filter(|f| is_library(&f.path)) {
            for (i, (name, span)) in file.functions.iter().enumerate() {
                let own = file.names[span[0]..span[1]].iter().filter(|n| *n == name);
                let all = counts.get(name.as_str()).copied().unwrap_or(0);
                if all <= own.count() && !BY_MACROS.contains(&name.as_str()) {
                    dead.insert((&file.path, i));
                }
            }
        }
        if dead.len() == before {
            break;
        }
    }
    let name = |file: &Path, i: usize| {
        let source = files()
            .find(|f| f.path == file)
            .expect("it was found there");
        (file.to_owned(), source.functions[i].0.clone())
    };
    dead.into_iter().map(|(file, i)| name(file, i)).collect()
}

#[test]
fn every_public_function_of_the_libraries_is_reached_outside_tests() {
    let crates = roots().into_iter().chain(programs());
    let crates: Vec<Crate> = crates.map(|root| Crate::read(&root)).collect();
    let folders = LIBRARIES.map(|name| Path::new("crates").join(name).join("src"));
    let unused = unused(&crates, |file| folders.iter().any(|f| file.starts_with(f)));
    assert!(unused.is_empty(), "only tests call {unused:#?}");
}

#[test]
fn a_function_that_only_tests_and_unused_ones_call_is_unused() {
    let library = Crate::of_files(&[(
        "lib",
        "pub fn a() { a() } pub fn b() { c(); d() } pub fn c() {} pub const fn d() {} fn own() {} \
         #[cfg(test)] mod tests { fn t() { super::a(); super::b() } } struct S; impl S { pub fn e(&self) {} }",
    )]);
    let program = Crate::of_files(&[("main", "fn main() { lib::d() }")]);
    let found = unused(&[library, program], |file| file == Path::new("lib"));
    let names: Vec<&str> = found.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "e"]);
}
