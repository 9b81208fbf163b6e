//! The `markup` service: texts as trees of what they show. What is in a text is only ever a text in the tree, so that no
//! text can become an element, an attribute or an address that these types do not name.

use assay_calls::{NoError, calls};
use serde::{Deserialize, Serialize};

/// A text as a tree.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Parsed {
    /// Whether it reads better as a tree: there is Markdown, mathematics, JSON, a conversation or reasoning in it.
    pub is_marked: bool,
    /// Characters at its end that are not in the tree.
    pub left_out: usize,
    /// What it shows.
    pub blocks: Vec<Block>,
}

/// What stands on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its words.
        content: Vec<Inline>,
    },
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// A list.
    List {
        /// The first number of a list with numbers.
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table {
        /// The cells of its head.
        head: Vec<Vec<Inline>>,
        /// The cells of its rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A program.
    Code {
        /// The language, as the text has it.
        language: String,
        /// Its text in pieces.
        pieces: Vec<(Piece, String)>,
    },
    /// A line between parts.
    Rule,
    /// JSON.
    Json {
        /// The value.
        value: Json,
    },
    /// What a model thought before it answered.
    Reasoning {
        /// Its characters.
        characters: usize,
        /// Whether the text ends before it does.
        is_cut: bool,
        /// What was thought.
        blocks: Vec<Block>,
    },
    /// A turn of a conversation.
    Turn {
        /// Who speaks.
        speaker: Speaker,
        /// The speaker's name, as the text has it.
        name: String,
        /// What is said.
        blocks: Vec<Block>,
    },
    /// A call of a tool.
    ToolCall {
        /// The tool.
        name: String,
        /// Its arguments.
        blocks: Vec<Block>,
    },
    /// What a tool gave back.
    ToolResult {
        /// The tool, where it is named.
        name: String,
        /// What it gave back.
        blocks: Vec<Block>,
    },
    /// A text as it is.
    Plain {
        /// The text.
        text: String,
    },
}

/// What stands within a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// A new line.
    Break,
    /// A piece of a program.
    Code {
        /// Its text.
        text: String,
    },
    /// Words in a face of their own.
    Styled {
        /// The face.
        style: Style,
        /// The words.
        content: Vec<Inline>,
    },
    /// A link.
    Link {
        /// Where it leads: an address on the web or of mail.
        address: String,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A formula.
    Formula {
        /// Its LaTeX.
        source: String,
        /// Whether it stands on a line of its own.
        is_display: bool,
        /// The formula as a tree; nothing where the LaTeX can't be read.
        math: Vec<Math>,
    },
}

/// How words are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck through.
    Struck,
}

/// What a piece of a program is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Names, operators and white space.
    Other,
    /// A word of the language.
    Keyword,
    /// A text in quotes.
    Text,
    /// A number.
    Number,
    /// A comment.
    Comment,
    /// A line that a difference adds.
    Added,
    /// A line that a difference takes away.
    Removed,
}

/// A value of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Json {
    /// A text, a number, a truth value or null.
    Scalar {
        /// What it is.
        piece: Piece,
        /// It as JSON writes it.
        text: String,
    },
    /// A list.
    List {
        /// Its values.
        items: Vec<Json>,
    },
    /// An object.
    Object {
        /// Its names and values.
        entries: Vec<(String, Json)>,
    },
}

/// Who speaks in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Speaker {
    /// Instructions to the model.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
    /// A tool.
    Tool,
    /// Somebody else.
    Other,
}

/// A part of a formula.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Math {
    /// Signs.
    Text {
        /// The signs.
        text: String,
    },
    /// An element.
    Element {
        /// The element.
        tag: MathTag,
        /// Its attributes.
        attributes: Vec<(MathAttribute, String)>,
        /// What is in it.
        children: Vec<Math>,
    },
}

macro_rules! names {
    ($(#[$doc:meta])* $type:ident: $($variant:ident = $name:literal,)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub enum $type { $($variant,)* }

        impl $type {
            /// All with their names.
            pub const ALL: &[(Self, &str)] = &[$((Self::$variant, $name),)*];

            /// Its name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The one of this name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|(_, known)| *known == name).map(|(found, _)| *found)
            }
        }
    };
}

names! {
    /// The elements of MathML that a formula may be made of.
    MathTag:
    Mi = "mi", Mn = "mn", Mo = "mo", Mtext = "mtext", Mspace = "mspace", Mrow = "mrow", Mfrac = "mfrac",
    Msqrt = "msqrt", Mroot = "mroot", Msub = "msub", Msup = "msup", Msubsup = "msubsup", Munder = "munder",
    Mover = "mover", Munderover = "munderover", Mtable = "mtable", Mtr = "mtr", Mtd = "mtd",
}

names! {
    /// The attributes that these elements may have.
    MathAttribute:
    Class = "class", DisplayStyle = "displaystyle", ScriptLevel = "scriptlevel", Stretchy = "stretchy",
    Symmetric = "symmetric", LargeOp = "largeop", MovableLimits = "movablelimits", LineThickness = "linethickness",
    MathVariant = "mathvariant", MaxSize = "maxsize", MinSize = "minsize", Width = "width", Height = "height",
    Depth = "depth", Form = "form", Accent = "accent",
}

/// A text that is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct TextToParse {
    /// The text.
    pub text: String,
    /// Whether more of it is wanted than fits a screen or two.
    pub is_whole: bool,
}

calls! {
    service "markup";

    /// Texts as trees, in the same order.
    #[derive(Eq, Hash)]
    ParseTexts {
        /// The texts.
        texts: Vec<TextToParse>,
    } -> Vec<Parsed>, NoError;
}
