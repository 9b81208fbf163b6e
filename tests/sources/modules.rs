//! A crate's modules as they stand in its files: what each declares, imports and names. Code for tests is left out.
//!
//! Only names are read. That is enough to see who imports whom, and needs no compiler; what a macro makes when it is
//! expanded is not seen.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The names that lead to a module or an item.
pub(crate) type Names = Vec<String>;

/// An import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// Where it stands.
    pub module: Names,
    /// What is imported, as it is written; of `use a::*` the path before the star.
    pub path: Names,
    /// The name that it has here; `*` for all names.
    pub name: String,
    /// Whether it is handed on to other modules (`pub use`).
    pub is_public: bool,
}

/// A source file.
#[derive(Debug, Default)]
pub(crate) struct SourceFile {
    /// Where it is, from the workspace's root.
    pub path: PathBuf,
    /// Its imports.
    pub imports: Vec<Import>,
    /// Paths that it names elsewhere, each with the module in which it stands.
    pub paths: Vec<(Names, Names)>,
    /// Its public functions, each with the first and the last place (not included) of its own names among all names
    /// of the file.
    pub functions: Vec<(String, [usize; 2])>,
    /// All names in it but those that are declared or imported, in order.
    pub names: Vec<String>,
}

/// A crate.
#[derive(Debug, Default)]
pub(crate) struct Crate {
    /// Its files.
    pub files: Vec<SourceFile>,
    /// Its modules, each with the place of its file and the names of what it declares.
    pub modules: BTreeMap<Names, (usize, BTreeSet<String>)>,
}

/// Everything that can be declared by a keyword and a name.
const DECLARE: [&str; 9] = [
    "fn", "struct", "enum", "trait", "const", "static", "type", "union", "mod",
];

impl Crate {
    /// Reads the crate whose root file is this, from the workspace's root on.
    pub(crate) fn read(root: &Path) -> Self {
        let mut read = Self::default();
        let folder = root.parent().expect("a root file stands in a folder");
        read.add_file(root, folder, &[]);
        read
    }

    /// Reads one file as a crate, for tests of what is read.
    #[cfg(test)]
    pub(crate) fn of_files(files: &[(&str, &str)]) -> Self {
        let mut read = Self::default();
        for (module, text) in files {
            let module = module.split("::").filter(|n| !n.is_empty());
            let module: Names = module.map(str::to_owned).collect();
            read.add_text(PathBuf::from(module.join("/")), text, &module);
        }
        read
    }

    /// Reads a file and the files of the modules that it declares, which are below `folder`.
    fn add_file(&mut self, path: &Path, folder: &Path, module: &[String]) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(root.join(path))
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for name in self.add_text(path.to_owned(), &text, module) {
            let below = folder.join(&name);
            let own = [below.with_extension("rs"), below.join("mod.rs")];
            let found = own.iter().find(|file| root.join(file).is_file());
            let file = found.unwrap_or_else(|| panic!("{}: no file of {name}", path.display()));
            self.add_file(file, &below, &[module, &[name]].concat());
        }
    }

    /// Reads a file's text. Gives the modules that are in files of their own.
    fn add_text(&mut self, path: PathBuf, text: &str, module: &[String]) -> Names {
        let tokens: TokenStream = text
            .parse()
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut reader = Reader {
            file: self.files.len(),
            read: SourceFile {
                path,
                ..SourceFile::default()
            },
            modules: &mut self.modules,
            elsewhere: Names::new(),
        };
        reader.module(tokens, module);
        let Reader {
            read, elsewhere, ..
        } = reader;
        self.files.push(read);
        elsewhere
    }
}

struct Reader<'a> {
    file: usize,
    read: SourceFile,
    modules: &'a mut BTreeMap<Names, (usize, BTreeSet<String>)>,
    /// Modules that are declared here and are files of their own.
    elsewhere: Names,
}

fn ident(tree: Option<&TokenTree>) -> Option<String> {
    match tree? {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

fn is_punct(tree: Option<&TokenTree>, wanted: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(p)) if p.as_char() == wanted)
}

/// Whether `::` is at this place.
fn is_colons(trees: &[TokenTree], at: usize) -> bool {
    let joint = matches!(trees.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':' && p.spacing() == Spacing::Joint);
    joint && is_punct(trees.get(at + 1), ':')
}

/// Whether the attribute `#[cfg(test)]` is at this place.
fn is_for_tests(trees: &[TokenTree], at: usize) -> bool {
    let inside = match trees.get(at + 1) {
        Some(TokenTree::Group(group)) if is_punct(trees.get(at), '#') => group.stream(),
        _ => return false,
    };
    inside.to_string().replace(' ', "") == "cfg(test)"
}

/// The place after the item that begins here: after its braces or its semicolon.
fn after_item(trees: &[TokenTree], at: usize) -> usize {
    let ends = |tree: &TokenTree| match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        tree => is_punct(Some(tree), ';'),
    };
    let rest = trees[at..].iter().position(ends);
    rest.map_or(trees.len(), |length| at + length + 1)
}

impl Reader<'_> {
    fn module(&mut self, tokens: TokenStream, module: &[String]) {
        let entry = (self.file, BTreeSet::new());
        self.modules.insert(module.to_vec(), entry);
        self.trees(tokens, module, true);
    }

    /// Reads a list of items (`declares`), or what is inside of one.
    fn trees(&mut self, tokens: TokenStream, module: &[String], declares: bool) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        // The public function whose body has not come yet.
        let mut open: Option<usize> = None;
        while at < trees.len() {
            if is_for_tests(&trees, at) {
                at = after_item(&trees, at + 2);
                continue;
            }
            match &trees[at] {
                TokenTree::Group(group) => {
                    self.trees(group.stream(), module, false);
                    if group.delimiter() == Delimiter::Brace
                        && let Some(function) = open.take()
                    {
                        self.read.functions[function].1[1] = self.read.names.len();
                    }
                    at += 1;
                }
                TokenTree::Ident(word) if *word == "use" => at = self.import(&trees, at, module),
                TokenTree::Ident(word) => {
                    let word = word.to_string();
                    let name = ident(trees.get(at + 1));
                    if let Some(name) = name.filter(|_| DECLARE.contains(&word.as_str())) {
                        if word == "fn" && is_public(&trees, at) {
                            open = Some(self.read.functions.len());
                            let place = self.read.names.len();
                            let function = (name.clone(), [place, place]);
                            self.read.functions.push(function);
                        }
                        at = self.declaration(&trees, at, &word, name, module, declares);
                    } else {
                        at = self.path(&trees, at, module);
                    }
                }
                _ => at += 1,
            }
        }
    }

    /// A keyword and the name that it declares.
    fn declaration(
        &mut self,
        trees: &[TokenTree],
        at: usize,
        word: &str,
        name: String,
        module: &[String],
        declares: bool,
    ) -> usize {
        if !declares {
            return at + 2;
        }
        if let Some((_, declared)) = self.modules.get_mut(module) {
            declared.insert(name.clone());
        }
        match trees.get(at + 2) {
            Some(TokenTree::Group(inside)) if word == "mod" => {
                self.module(inside.stream(), &[module, &[name]].concat());
                at + 3
            }
            Some(_) if word == "mod" => {
                self.elsewhere.push(name);
                at + 3
            }
            _ => at + 2,
        }
    }

    /// Names joined by `::`.
    fn path(&mut self, trees: &[TokenTree], mut at: usize, module: &[String]) -> usize {
        let mut path: Names = ident(trees.get(at)).into_iter().collect();
        at += 1;
        while is_colons(trees, at) {
            let Some(name) = ident(trees.get(at + 2)) else {
                break;
            };
            path.push(name);
            at += 3;
        }
        self.read.names.extend(path.iter().cloned());
        if path.len() > 1 {
            self.read.paths.push((module.to_vec(), path));
        }
        at
    }

    /// A `use`, from its keyword to its semicolon.
    fn import(&mut self, trees: &[TokenTree], at: usize, module: &[String]) -> usize {
        let end = after_use(trees, at);
        let is_public = is_public(trees, at);
        let mut found = Vec::new();
        branches(&trees[at + 1..end], &[], &mut found);
        for (path, name) in found {
            self.read.imports.push(Import {
                module: module.to_vec(),
                path,
                name,
                is_public,
            });
        }
        end + 1
    }
}

/// Whether what stands at this place is declared `pub`, or `pub` for some modules.
fn is_public(trees: &[TokenTree], at: usize) -> bool {
    let mut before = trees[..at].iter().rev();
    let word = before.find(|tree| match tree {
        TokenTree::Group(group) => group.delimiter() != Delimiter::Parenthesis,
        tree => !["const", "async", "unsafe"].contains(&tree.to_string().as_str()),
    });
    ident(word).is_some_and(|word| word == "pub")
}

fn after_use(trees: &[TokenTree], at: usize) -> usize {
    let end = trees[at..].iter().position(|t| is_punct(Some(t), ';'));
    end.map_or(trees.len(), |length| at + length)
}

/// The paths of a tree of imports, each with the name that it gets.
fn branches(trees: &[TokenTree], before: &[String], found: &mut Vec<(Names, String)>) {
    for branch in trees.split(|tree| is_punct(Some(tree), ',')) {
        let mut path = before.to_vec();
        let mut renamed = None;
        let mut at = 0;
        while at < branch.len() {
            match &branch[at] {
                TokenTree::Ident(word) if *word == "as" => {
                    renamed = ident(branch.get(at + 1));
                    at += 1;
                }
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Group(group) => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    branches(&inside, &path, found);
                    path.clear();
                }
                star if is_punct(Some(star), '*') => renamed = Some("*".to_owned()),
                _ => {}
            }
            at += 1;
        }
        if path.len() > 1 && path.last().is_some_and(|name| name == "self") {
            path.pop();
        }
        if let Some(last) = path.last() {
            let name = renamed.unwrap_or_else(|| last.clone());
            found.push((path, name));
        }
    }
}
