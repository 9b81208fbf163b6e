//! Formulas in a text. They are set aside before Markdown is read, whose signs they share, and come back as trees of
//! MathML.

use super::limits::Limits;
use super::mathml;
use super::nesting::is_shallow;
use assay_protocol::markup::{Inline, Math};
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::mathml::push_mathml;
use pulldown_latex::{Parser, Storage};

/// Bytes of the longest formula.
const LONGEST: usize = 4_000;
/// Events of a formula.
const MOST_EVENTS: usize = 20_000;
/// Signs of the private use area, one of which stands around the number of a formula that is set aside: one that the
/// text does not have.
const MARKS: std::ops::RangeInclusive<char> = '\u{F0000}'..='\u{F00FF}';
/// Environments that are formulas without any sign around them.
const ENVIRONMENTS: [&str; 9] = [
    "equation",
    "equation*",
    "align",
    "align*",
    "aligned",
    "gather",
    "gather*",
    "alignat",
    "cases",
];
/// What a formula is written as so that it stands in a frame: `\boxed` is not known to the reader of LaTeX, and a colour
/// that nobody means is the one thing that passes through it unseen.
const FRAME: &str = r"\textcolor{#010203}";

/// A formula in the text.
struct Formula {
    /// As it stands in the text, with its signs.
    whole: String,
    /// Without them.
    source: String,
    is_display: bool,
}

/// The formulas of a text.
pub(crate) struct Formulas {
    mark: Option<char>,
    found: Vec<Formula>,
}

/// The text with marks in place of its formulas, and the formulas.
pub(crate) fn set_aside(text: &str) -> (String, Formulas) {
    let mark = MARKS.into_iter().find(|mark| !text.contains(*mark));
    let mut formulas = Formulas {
        mark,
        found: Vec::new(),
    };
    let Some(mark) = mark.filter(|_| text.contains(['$', '\\'])) else {
        return (text.to_owned(), formulas);
    };
    let mut rest = text;
    let mut out = String::with_capacity(text.len());
    let mut begins_line = true;
    while let Some(first) = rest.chars().next() {
        if let Some(length) = code_length(rest, begins_line) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            begins_line = true;
            continue;
        }
        if let Some((length, source, is_display)) = formula_at(rest) {
            out.push_str(&format!("{mark}{}{mark}", formulas.found.len()));
            formulas.found.push(Formula {
                whole: rest[..length].to_owned(),
                source: source.to_owned(),
                is_display,
            });
            rest = &rest[length..];
            begins_line = false;
            continue;
        }
        // An escaped sign begins nothing.
        let escaped = match first {
            '\\' => rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => 0,
        };
        let length = first.len_utf8() + escaped;
        out.push_str(&rest[..length]);
        begins_line = first == '\n' || (begins_line && first == ' ');
        rest = &rest[length..];
    }
    (out, formulas)
}

/// The length of a code block or of code within a line that begins here.
fn code_length(text: &str, begins_line: bool) -> Option<usize> {
    let sign = text.chars().next().filter(|c| ['`', '~'].contains(c))?;
    let run = text.chars().take_while(|c| *c == sign).count();
    if begins_line && run >= 3 {
        let fence = &text[..run];
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let is_end = at > 0 && line.trim().starts_with(fence);
            at += line.len();
            if is_end {
                return Some(at);
            }
        }
        return Some(text.len());
    }
    if sign == '~' {
        return None;
    }
    let fence = &text[..run];
    let inside = &text[run..];
    let inside = &inside[..inside.find("\n\n").unwrap_or(inside.len())];
    let mut places = inside.match_indices(fence).map(|(at, _)| at);
    let end = places.find(|at| {
        let after = inside[at + run..].starts_with('`');
        !after && !inside[..*at].ends_with('`')
    });
    // Signs that nothing closes are signs.
    Some(end.map_or(run, |end| run + end + run))
}

/// The formula that begins here: its length with its signs, what is between them, and whether it is displayed.
fn formula_at(text: &str) -> Option<(usize, &str, bool)> {
    let between = |open: &str, close: &str| {
        let inside = within(text.strip_prefix(open)?);
        let end = inside.find(close)?;
        let source = &inside[..end];
        (!source.trim().is_empty()).then_some((open.len() + end + close.len(), source))
    };
    if let Some((length, source)) = between(r"\(", r"\)") {
        return Some((length, source, false));
    }
    let display = between(r"\[", r"\]").filter(|(_, source)| is_mathematical(source));
    if let Some((length, source)) = display.or_else(|| between("$$", "$$")) {
        return Some((length, source, true));
    }
    if let Some(rest) = text.strip_prefix(r"\begin{") {
        let name = &rest[..rest.find('}')?];
        let close = format!(r"\end{{{name}}}");
        let end = within(text).find(&close)? + close.len();
        return ENVIRONMENTS
            .contains(&name)
            .then(|| (end, &text[..end], true));
    }
    dollars(text)
}

/// The beginning of a text that is no longer than a formula may be.
fn within(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A formula between single dollars: as in pandoc no blank stands within them at either side, and no digit after them; and
/// it has to look like one, since amounts of money are written with the same sign.
fn dollars(text: &str) -> Option<(usize, &str, bool)> {
    let inside = within(text.strip_prefix('$')?);
    if inside.starts_with(['$', ' ', '\n', '\t']) {
        return None;
    }
    let inside = &inside[..inside.find("\n\n").unwrap_or(inside.len())];
    let mut escaped = false;
    let end = inside.char_indices().find(|(_, c)| {
        let is_end = *c == '$' && !escaped;
        escaped = *c == '\\' && !escaped;
        is_end
    });
    let source = &inside[..end?.0];
    let after = &text[source.len() + 2..];
    let is_formula = !source.ends_with([' ', '\n', '\t'])
        && !after.starts_with(|c: char| c.is_ascii_digit())
        && (is_mathematical(source) || source.chars().count() <= 2);
    is_formula.then_some((source.len() + 2, source, false))
}

fn is_mathematical(source: &str) -> bool {
    source.contains(['\\', '^', '_', '=', '{', '+', '<', '>', '≤', '≥', '×'])
}

impl Formulas {
    /// A text with its formulas as they stood in it.
    pub(crate) fn restored(&self, text: &str) -> String {
        let parts = self.split(text);
        let part = |part| match part {
            Split::Text(text) => text,
            Split::Formula(formula) => formula.whole.as_str(),
        };
        parts.into_iter().map(part).collect()
    }

    /// A text as words and formulas.
    pub(crate) fn words(&self, text: &str, limits: &mut Limits) -> Vec<Inline> {
        let parts = self.split(text).into_iter();
        parts
            .map(|part| match part {
                Split::Text(text) => Inline::Text {
                    text: text.to_owned(),
                },
                Split::Formula(formula) => Inline::Formula {
                    math: formula.tree(limits).unwrap_or_default(),
                    source: formula.source.trim().to_owned(),
                    is_display: formula.is_display,
                },
            })
            .collect()
    }

    fn split<'a>(&'a self, text: &'a str) -> Vec<Split<'a>> {
        let Some(mark) = self.mark.filter(|_| !self.found.is_empty()) else {
            return vec![Split::Text(text)];
        };
        let parts = text.split(mark).enumerate();
        let parts = parts.filter(|(_, text)| !text.is_empty());
        parts
            .map(|(place, text)| match (place % 2, text.parse::<usize>()) {
                (1, Ok(number)) => {
                    let found = self.found.get(number);
                    found.map_or(Split::Text(text), Split::Formula)
                }
                _ => Split::Text(text),
            })
            .collect()
    }
}

enum Split<'a> {
    Text(&'a str),
    Formula(&'a Formula),
}

impl Formula {
    /// As MathML; nothing where it can't be read.
    fn tree(&self, limits: &mut Limits) -> Option<Vec<Math>> {
        if self.source.len() > LONGEST
            || !is_shallow(&self.source)
            || !limits.take(self.source.len() / 8)
        {
            return None;
        }
        let source = self.source.replace(r"\boxed", FRAME);
        let storage = Storage::new();
        let events = Parser::new(&source, &storage).take(MOST_EVENTS + 1);
        let events: Vec<_> = events.collect::<Result<_, _>>().ok()?;
        if events.len() > MOST_EVENTS || events.is_empty() {
            return None;
        }
        let display_mode = match self.is_display {
            true => DisplayMode::Block,
            false => DisplayMode::Inline,
        };
        let config = RenderConfig {
            display_mode,
            ..RenderConfig::default()
        };
        let mut written = String::new();
        let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
        push_mathml(&mut written, events, config).ok()?;
        let math = mathml::read(&written)?;
        limits.take(mathml::size(&math)).then_some(math)
    }
}
