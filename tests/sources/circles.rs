//! No circles of files within a crate that are longer than two.
//!
//! A file **uses** another file of its crate when it imports one of its items, or names one by a path, other than in
//! code for tests. What counts is the file that defines the item: an item that a parent module only re-exports is its
//! child's. Where that can't be told, it is the file of the last module on the path. A declaration of a module
//! (`mod a;`) and a re-export of what is below (`pub use a::A;`) are no use; a re-export of anything else is.
//!
//! Files that use each other, all of them, are a **circle**: none can be read, tested or moved without the others.
//! Two are allowed, as a pair often is one idea in two files. A parent that calls its children and defines what they
//! share makes a circle with them; the cure is a file of its own for what is shared.

use super::modules::{Crate, Import, Names};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The longest circle that is allowed.
const LONGEST: usize = 2;

/// What a path leads to.
#[derive(Debug, PartialEq)]
enum Target {
    /// A file of the crate, by its place.
    File(usize),
    /// Another crate.
    Outside,
}

impl Crate {
    /// A path as the names from the crate's root on; nothing where it leads out of the crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Names> {
        let mut base = match path.first()?.as_str() {
            "crate" => Names::new(),
            "self" | "super" => module.to_vec(),
            name => {
                let child = [module, &[name.to_owned()]].concat();
                return self
                    .modules
                    .contains_key(&child)
                    .then(|| [module, path].concat());
            }
        };
        let ups = path.iter().take_while(|n| *n == "super" || *n == "self");
        for up in ups.filter(|n| *n == "super") {
            assert!(base.pop().is_some(), "{up} of a root");
        }
        let rest = path
            .iter()
            .skip_while(|n| ["crate", "self", "super"].contains(&n.as_str()));
        base.extend(rest.cloned());
        Some(base)
    }

    fn imports_of(&self, module: &Names) -> impl Iterator<Item = &Import> {
        let (file, _) = self.modules[module];
        let imports = self.files[file].imports.iter();
        imports.filter(move |import| import.module == *module)
    }

    /// What an absolute path leads to, through re-exports and other imports.
    fn target(&self, path: &[String], depth: usize) -> Target {
        let long = (0..=path.len()).rev();
        let module = long.map(|n| path[..n].to_vec());
        let module = module
            .into_iter()
            .find(|m| self.modules.contains_key(m))
            .expect("the root is a module");
        let (file, declared) = &self.modules[&module];
        let Some(item) = path.get(module.len()) else {
            return Target::File(*file);
        };
        if declared.contains(item) || depth == 0 {
            return Target::File(*file);
        }
        let named = self.imports_of(&module).find(|i| i.name == *item);
        if let Some(import) = named {
            return match self.absolute(&module, &import.path) {
                Some(path) => self.target(&path, depth - 1),
                None => Target::Outside,
            };
        }
        let all = self.imports_of(&module).filter(|i| i.name == "*");
        let from = all.filter_map(|i| self.absolute(&module, &i.path));
        let mut declaring = from.filter_map(|path| self.modules.get(&path));
        let found = declaring.find(|(_, declared)| declared.contains(item));
        Target::File(found.map_or(*file, |(file, _)| *file))
    }

    /// The files that each file uses.
    fn uses(&self) -> Vec<BTreeSet<usize>> {
        let used = |file: usize| {
            let source = &self.files[file];
            let imports = source.imports.iter().filter_map(|import| {
                let path = self.absolute(&import.module, &import.path)?;
                let is_handed_on = import.is_public && path.starts_with(&import.module);
                (!is_handed_on).then_some(path)
            });
            let paths = source.paths.iter();
            let paths = paths.filter_map(|(module, path)| self.absolute(module, path));
            let targets = imports.chain(paths).map(|path| self.target(&path, 8));
            let files = targets.filter_map(|target| match target {
                Target::File(other) => (other != file).then_some(other),
                Target::Outside => None,
            });
            files.collect()
        };
        (0..self.files.len()).map(used).collect()
    }

    /// The circles, each as the paths of its files.
    fn circles(&self) -> Vec<BTreeSet<PathBuf>> {
        let uses = self.uses();
        let reached: Vec<BTreeSet<usize>> = (0..uses.len()).map(|f| reach(&uses, f)).collect();
        let circle = |file: usize| -> BTreeSet<PathBuf> {
            let own = reached[file]
                .iter()
                .filter(|o| reached[**o].contains(&file));
            own.map(|other| self.files[*other].path.clone()).collect()
        };
        let all: BTreeSet<BTreeSet<PathBuf>> = (0..uses.len()).map(circle).collect();
        all.into_iter().filter(|c| c.len() > LONGEST).collect()
    }
}

/// All files that are used, or used by those that are used.
fn reach(uses: &[BTreeSet<usize>], from: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        next.extend(uses[file].iter().filter(|f| reached.insert(**f)));
    }
    reached
}

/// The root files of the page's crate and of all under `crates/`.
pub(crate) fn roots() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = std::fs::read_dir(root.join("crates")).unwrap();
    let folders = crates.map(|entry| Path::new("crates").join(entry.unwrap().file_name()));
    let folders = folders.chain([PathBuf::new()]);
    let files = folders.flat_map(|f| ["lib.rs", "main.rs"].map(|name| f.join("src").join(name)));
    let mut roots: Vec<PathBuf> = files.filter(|f| root.join(f).is_file()).collect();
    roots.sort();
    roots
}

#[test]
fn no_circle_of_files_is_longer_than_two() {
    let found: BTreeSet<BTreeSet<PathBuf>> = roots()
        .iter()
        .flat_map(|root| Crate::read(root).circles())
        .collect();
    assert!(found.is_empty(), "circles of files: {found:#?}");
}

/// The circles of a crate of these modules.
fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let names = |circle: &BTreeSet<PathBuf>| {
        let names = circle.iter().map(|p| p.display().to_string());
        names.collect()
    };
    Crate::of_files(files).circles().iter().map(names).collect()
}

#[test]
fn three_files_that_import_each_other_are_a_circle_and_two_are_none() {
    let three = [
        ("", "mod a; mod b; mod c;"),
        ("a", "use super::b::B; pub struct A;"),
        ("b", "pub struct B; fn f() { crate::c::g() }"),
        ("c", "use crate::{a::{A as Own}, b}; pub fn g() {}"),
    ];
    assert_eq!(circles_of(&three), [["a", "b", "c"]]);
    assert!(circles_of(&three[..3]).is_empty());
}

#[test]
fn a_re_exported_item_is_the_file_that_defines_it() {
    let parent = |imports| {
        [
            ("p", imports),
            ("p::shared", "pub struct S;"),
            ("p::a", "use super::S; pub fn f() {}"),
            ("p::b", "use super::S; pub fn g() {}"),
            ("", "mod p;"),
        ]
    };
    // The parent calls its children, which use what is defined beside them.
    assert!(
        circles_of(&parent(
            "mod a; mod b; mod shared; pub use shared::S; fn h() { a::f(); b::g() }"
        ))
        .is_empty()
    );
    assert!(
        circles_of(&parent(
            "mod a; mod b; mod shared; pub use shared::*; use a::f; use b::g;"
        ))
        .is_empty()
    );
    // It defines what they use.
    let own = "mod a; mod b; mod shared; pub struct S; fn h() { a::f(); b::g() }";
    assert_eq!(circles_of(&parent(own)), [["p", "p/a", "p/b"]]);
    // It hands them on and calls none.
    assert!(
        circles_of(&parent(
            "mod a; mod b; mod shared; pub struct S; pub use a::f; pub use b::g;"
        ))
        .is_empty()
    );
}

#[test]
fn code_for_tests_and_other_crates_make_no_circle() {
    let files = [
        ("", "mod a; mod b; mod c; pub use other::Thing;"),
        ("a", "use super::b::B; use super::Thing; pub struct A;"),
        ("b", "use super::c::C; pub struct B;"),
        (
            "c",
            "pub struct C; #[cfg(test)] mod tests { use crate::a::A; } fn f() -> &'static str { \"crate::a::A\" }",
        ),
    ];
    assert!(circles_of(&files).is_empty());
}

#[test]
fn every_file_of_a_crate_is_read() {
    let counts: BTreeMap<PathBuf, usize> = roots()
        .into_iter()
        .map(|root| (root.clone(), Crate::read(&root).files.len()))
        .collect();
    let stats = counts[Path::new("crates/stats/src/lib.rs")];
    let files = |folder: &str| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let entries = std::fs::read_dir(root.join("crates/stats/src").join(folder)).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        paths
            .filter(|p| p.extension().is_some_and(|e| e == "rs"))
            .count()
    };
    assert_eq!(stats, files("") + files("classification"));
    assert!(counts.len() > 20, "{counts:?}");
}
