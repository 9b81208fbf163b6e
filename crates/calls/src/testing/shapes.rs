//! What the fields of internally tagged enums hold. Such an enum asks for whatever comes and looks at it later, so
//! that the types it wants can't be seen as those of others are. They are learned from its complaints: it is given
//! its tag and its fields as a list, which serde's derived code reads as well as a map, and the last part of the
//! list is bytes, which nothing in a call wants. The complaint says what was wanted in their place.

use super::random_error::RandomError;
use super::tree::Tree;
use std::collections::HashMap;

/// Probes for one enum; more are needed only where a type holds itself without end.
const MOST_PROBES: usize = 20_000;
/// How an internally tagged enum says what it wants, before its name.
const TAGGED: &str = "internally tagged enum ";

/// A type's place in the list of types.
type Id = usize;

/// A type without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaf {
    Unit,
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F32,
    F64,
    Char,
    Text,
}

impl Leaf {
    fn wanted(expected: &str) -> Option<Self> {
        Some(match expected {
            "unit" => Self::Unit,
            "a boolean" => Self::Bool,
            "i8" => Self::I8,
            "i16" => Self::I16,
            "i32" => Self::I32,
            "i64" | "isize" => Self::I64,
            "u8" => Self::U8,
            "u16" => Self::U16,
            "u32" => Self::U32,
            "u64" | "usize" => Self::U64,
            "f32" => Self::F32,
            "f64" => Self::F64,
            "a character" => Self::Char,
            "a string" => Self::Text,
            _ => return None,
        })
    }

    fn least(self) -> Tree {
        match self {
            Self::Unit => Tree::Unit,
            Self::Bool => Tree::Bool(false),
            Self::F32 | Self::F64 => Tree::F64(0.0),
            Self::Char => Tree::Char('a'),
            Self::Text => Tree::Text(String::new()),
            _ => Tree::U64(0),
        }
    }
}

/// How a variant's name stands with its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tagging {
    /// The content is under the name.
    External,
    /// The content's parts follow the name in a list.
    Internal,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Unknown,
    Leaf(Leaf),
    List(Id),
    /// An internally tagged enum that stands in several places.
    Same(Id),
    /// A struct, a tuple or an array, as a list of its parts.
    Parts {
        parts: Vec<Id>,
        /// Whether no part is missing.
        is_whole: bool,
    },
    Enum {
        tagging: Tagging,
        /// Empty until it is known.
        variants: &'static [&'static str],
        contents: Vec<Id>,
    },
}

#[derive(Debug, Clone)]
struct Shape {
    kind: Kind,
    /// Whether it may be none; unknown until it is tried.
    is_option: Option<bool>,
}

/// What a probe is to show.
#[derive(Debug, Clone, Copy)]
enum Asked {
    /// What a type is.
    Kind(Id),
    /// Whether a type may be none.
    Option(Id),
    /// What the next part is, or that there is none.
    NextPart(Id),
    /// The names of an enum's variants.
    Variants(Id),
}

/// All types that were learned.
#[derive(Debug, Clone, Default)]
pub(super) struct Shapes {
    shapes: Vec<Shape>,
    /// Internally tagged enums by what they say that they want.
    tagged: HashMap<String, Id>,
    asked: Option<Asked>,
    probes: usize,
}

impl Shapes {
    /// The type of whoever wants this, if it is an internally tagged enum.
    pub(super) fn tagged(&mut self, wanted: &str) -> Option<Id> {
        if !wanted.starts_with(TAGGED) {
            return None;
        }
        if let Some(id) = self.tagged.get(wanted) {
            return Some(*id);
        }
        let kind = Kind::Enum {
            tagging: Tagging::Internal,
            variants: &[],
            contents: Vec::new(),
        };
        let id = self.add(kind, Some(false));
        self.tagged.insert(wanted.to_owned(), id);
        Some(id)
    }

    /// A value that makes a type complain of what is not known of it yet; nothing once all is known.
    pub(super) fn probe(&mut self, id: Id) -> Option<Result<Tree, RandomError>> {
        if self.is_learned(id, &mut Vec::new()) {
            return None;
        }
        // One complaint at a time: nothing is made of this attempt any more.
        if self.asked.is_some() {
            let detail = "another enum is probed".to_owned();
            return Some(Err(RandomError::Refused(detail)));
        }
        let mut asked = None;
        let tree = self.probing(id, &mut Vec::new(), &mut asked);
        self.asked = asked;
        Some(Ok(tree))
    }

    /// Whether the last attempt was a probe, which is learned from.
    pub(super) fn learn(&mut self, error: Option<&RandomError>) -> Result<bool, RandomError> {
        let Some(asked) = self.asked.take() else {
            return Ok(false);
        };
        self.probes += 1;
        if self.probes > MOST_PROBES {
            return Err(RandomError::Endless("an internally tagged enum"));
        }
        let complaint = |of: &str| match error {
            Some(RandomError::NotWanted { found, expected }) if found == of => Some(expected),
            _ => None,
        };
        let unknown = || {
            let said = error.map_or_else(|| "nothing".to_owned(), ToString::to_string);
            RandomError::Refused(format!("a complaint was awaited, not: {said}"))
        };
        match asked {
            Asked::Kind(id) => {
                let expected = complaint("byte array").ok_or_else(unknown)?;
                self.shapes[id] = self.wanted(expected)?;
            }
            Asked::Option(id) => {
                self.shapes[id].is_option = Some(complaint("unit value").is_none());
            }
            Asked::NextPart(id) => {
                let part = match complaint("byte array") {
                    Some(expected) => Some(self.wanted(expected)?),
                    None => None,
                };
                self.end_or_continue(id, part);
            }
            Asked::Variants(id) => match error {
                Some(RandomError::UnknownVariant(names)) => self.name_variants(id, names),
                _ => return Err(unknown()),
            },
        }
        Ok(true)
    }

    pub(super) fn kind(&self, id: Id) -> &Kind {
        &self.shapes[id].kind
    }

    pub(super) fn is_option(&self, id: Id) -> bool {
        self.shapes[id].is_option == Some(true)
    }

    fn add(&mut self, kind: Kind, is_option: Option<bool>) -> Id {
        self.shapes.push(Shape { kind, is_option });
        self.shapes.len() - 1
    }

    /// The type of whoever says what was wanted.
    fn wanted(&mut self, expected: &str) -> Result<Shape, RandomError> {
        let parts = ["struct ", "tuple ", "a tuple of ", "an array of "];
        let kind = if let Some(id) = self.tagged(expected) {
            Kind::Same(id)
        } else if let Some(leaf) = Leaf::wanted(expected) {
            Kind::Leaf(leaf)
        } else if expected == "a sequence" {
            Kind::List(self.add(Kind::Unknown, None))
        } else if expected == "string or map" {
            Kind::Enum {
                tagging: Tagging::External,
                variants: &[],
                contents: Vec::new(),
            }
        } else if parts.iter().any(|p| expected.starts_with(p)) {
            Kind::Parts {
                parts: Vec::new(),
                is_whole: false,
            }
        } else {
            return Err(RandomError::UnknownType(expected.to_owned()));
        };
        Ok(Shape {
            kind,
            is_option: None,
        })
    }

    fn end_or_continue(&mut self, id: Id, part: Option<Shape>) {
        let part = part.map(|shape| self.add(shape.kind, shape.is_option));
        if let Kind::Parts { parts, is_whole } = &mut self.shapes[id].kind {
            *is_whole = part.is_none();
            parts.extend(part);
        }
    }

    fn name_variants(&mut self, id: Id, names: &'static [&'static str]) {
        let Kind::Enum { tagging, .. } = self.shapes[id].kind else {
            return;
        };
        let content = |shapes: &mut Self| match tagging {
            Tagging::External => shapes.add(Kind::Unknown, None),
            Tagging::Internal => {
                let (parts, is_whole) = (Vec::new(), false);
                shapes.add(Kind::Parts { parts, is_whole }, Some(false))
            }
        };
        let contents = names.iter().map(|_| content(self)).collect();
        self.shapes[id].kind = Kind::Enum {
            tagging,
            variants: names,
            contents,
        };
    }

    /// Whether nothing is left to be asked of a type, but for those in `seen`.
    fn is_learned(&self, id: Id, seen: &mut Vec<Id>) -> bool {
        if seen.contains(&id) {
            return true;
        }
        seen.push(id);
        let shape = &self.shapes[id];
        let mut all = |ids: &[Id]| ids.iter().all(|id| self.is_learned(*id, seen));
        shape.is_option.is_some()
            && match &shape.kind {
                Kind::Unknown => false,
                Kind::Leaf(_) => true,
                Kind::List(inner) | Kind::Same(inner) => all(&[*inner]),
                Kind::Parts { parts, is_whole } => *is_whole && all(parts),
                Kind::Enum {
                    variants, contents, ..
                } => !variants.is_empty() && all(contents),
            }
    }

    /// The least value of a type, up to the first part that is not known yet, and what is asked there. `open` are
    /// the types around it.
    fn probing(&self, id: Id, open: &mut Vec<Id>, asked: &mut Option<Asked>) -> Tree {
        let shape = &self.shapes[id];
        if let Kind::Unknown = shape.kind {
            *asked = Some(Asked::Kind(id));
            return Tree::Bytes;
        }
        if shape.is_option.is_none() {
            *asked = Some(Asked::Option(id));
            return Tree::Unit;
        }
        open.push(id);
        let tree = self.probing_inside(id, open, asked);
        open.pop();
        tree
    }

    fn probing_inside(&self, id: Id, open: &mut Vec<Id>, asked: &mut Option<Asked>) -> Tree {
        let is_learned = |id: &Id, open: &[Id]| self.is_learned(*id, &mut open.to_vec());
        match &self.shapes[id].kind {
            Kind::Unknown => Tree::Bytes,
            Kind::Leaf(leaf) => leaf.least(),
            Kind::Same(inner) => self.probing(*inner, open, asked),
            Kind::List(item) if is_learned(item, open) => Tree::List(Vec::new()),
            Kind::List(item) => Tree::List(vec![self.probing(*item, open, asked)]),
            Kind::Parts { parts, is_whole } => {
                let mut trees = Vec::new();
                for part in parts {
                    trees.push(self.probing(*part, open, asked));
                    if asked.is_some() {
                        return Tree::List(trees);
                    }
                }
                if !is_whole {
                    *asked = Some(Asked::NextPart(id));
                    trees.push(Tree::Bytes);
                }
                Tree::List(trees)
            }
            Kind::Enum {
                tagging,
                variants,
                contents,
            } => {
                if variants.is_empty() {
                    *asked = Some(Asked::Variants(id));
                    return match tagging {
                        Tagging::External => Tree::Text("?".to_owned()),
                        Tagging::Internal => Tree::List(vec![Tree::Text("?".to_owned())]),
                    };
                }
                let unlearned = contents.iter().position(|c| !is_learned(c, open));
                // A type that holds itself has a variant that ends it.
                let ending = || contents.iter().position(|c| !open.contains(c));
                let place = unlearned.or_else(ending).unwrap_or(0);
                let content = self.probing(contents[place], open, asked);
                Tree::variant(*tagging, variants[place], content)
            }
        }
    }
}
