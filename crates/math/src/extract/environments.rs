//! Formulas between delimiters, alone or as a list, and boxes without delimiters.

use super::candidate::{Candidate, Content, Formula, Rank};
use rustc_hash::FxHashMap;

/// The most bytes between delimiters: a longer formula is no answer, and without a bound a text of opening delimiters
/// alone would take a time that grows with its square.
const MOST_BYTES: usize = 4000;
/// How many formulas make a list.
const MOST_LISTED: usize = 6;
/// How far an answer may stand after the word, and "is" after "final answer", in characters.
const AFTER_ANSWER: usize = 50;
const AFTER_FINAL: usize = 100;

/// Formulas that are listed, with the place after them.
type List<'t> = Option<(Vec<Formula<'t>>, usize)>;

/// The formulas of a text.
pub(super) struct Environments<'t> {
    text: &'t str,
    /// The text with ASCII letters in lower case.
    lower: String,
    /// The formulas that were looked for already, by where they begin and whether they must have a box.
    known: FxHashMap<(usize, bool), Option<(Formula<'t>, usize)>>,
}

impl<'t> Environments<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            lower: text.to_ascii_lowercase(),
            known: FxHashMap::default(),
        }
    }

    /// The formulas of a rank.
    pub(super) fn find(&mut self, rank: Rank) -> Vec<Candidate<'t>> {
        match rank {
            Rank::Hoped => self.anchored("final answer is", Self::hoped),
            Rank::Final => {
                let mut found = self.anchored("final answer", Self::after_is);
                found.extend(self.everywhere(true));
                found.extend(self.bare_box());
                found
            }
            Rank::AnswerColon => self.anchored("answer:", Self::soon),
            Rank::Answer => self.anchored("answer", Self::soon),
            Rank::Any => self.everywhere(false),
        }
    }

    /// Lists of formulas anywhere, one after the other.
    fn everywhere(&mut self, boxed: bool) -> Vec<Candidate<'t>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(c) = self.text[at..].chars().next() {
            match self.list(at, boxed) {
                Some((formulas, end)) => {
                    found.push(candidate(at, end, formulas));
                    at = end;
                }
                None => at += c.len_utf8(),
            }
        }
        found
    }

    /// From the first box to the last brace.
    fn bare_box(&self) -> Option<Candidate<'t>> {
        let start = self.text.find("\\boxed{")?;
        let end = self
            .text
            .rfind('}')
            .filter(|end| *end > start + "\\boxed{".len())?
            + 1;
        let formula = Formula {
            text: &self.text[start..end],
            percent: false,
            bare_box: true,
        };
        Some(candidate(start, end, vec![formula]))
    }

    /// Lists of formulas that a step finds after a phrase.
    fn anchored(
        &mut self,
        phrase: &str,
        step: fn(&mut Self, usize) -> List<'t>,
    ) -> Vec<Candidate<'t>> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = self.lower[from..].find(phrase) {
            let start = from + at;
            let after = start + phrase.len();
            match step(self, after) {
                Some((formulas, end)) => {
                    found.push(candidate(start, end, formulas));
                    from = end.max(after);
                }
                None => from = after,
            }
        }
        found
    }

    /// A list that begins within some characters.
    fn soon(&mut self, at: usize) -> List<'t> {
        let places = self.places(at, AFTER_ANSWER);
        places.into_iter().find_map(|place| self.list(place, false))
    }

    /// A list after the word "is", which stands within some characters.
    fn after_is(&mut self, at: usize) -> List<'t> {
        let places = self.places(at, AFTER_FINAL);
        places.into_iter().find_map(|place| {
            let word = self.spaces(place);
            let after = self.text[word..].starts_with("is").then_some(word + 2)?;
            let colon = usize::from(self.text[after..].starts_with(':'));
            (word > place).then(|| self.list_after_spaces(after + colon, false))?
        })
    }

    /// A list that "I hope" follows.
    fn hoped(&mut self, at: usize) -> List<'t> {
        let colon = usize::from(self.text[at..].starts_with(':'));
        let (formulas, end) = self.list_after_spaces(at + colon, false)?;
        let stop = usize::from(self.text[end..].starts_with('.'));
        let rest = self.text[end + stop..].trim_start();
        let hope = rest
            .starts_with("I hope")
            .then(|| self.text.len() - rest.len())?;
        Some((formulas, hope + "I hope".len()))
    }

    /// This place and the places of the characters after it, up to a number of them.
    fn places(&self, at: usize, most: usize) -> Vec<usize> {
        let after = self.text[at..].char_indices().map(|(i, _)| at + i);
        after.chain([self.text.len()]).take(most + 1).collect()
    }

    /// The place after white space.
    fn spaces(&self, at: usize) -> usize {
        self.text.len() - self.text[at..].trim_start().len()
    }

    /// A list after any white space; the last of it may belong to the first formula.
    fn list_after_spaces(&mut self, at: usize, boxed: bool) -> List<'t> {
        let begin = self.spaces(at);
        self.list(begin, boxed).or_else(|| {
            let last = self.text[at..begin].chars().next_back()?;
            self.list(begin - last.len_utf8(), boxed)
        })
    }

    /// Formulas between which there are commas or the words "and" and "or".
    fn list(&mut self, at: usize, boxed: bool) -> List<'t> {
        let (first, mut end) = self.one(at, boxed)?;
        let mut formulas = vec![first];
        while formulas.len() < MOST_LISTED {
            let gap = self.spaces(end);
            let rest = &self.text[gap..];
            let separators = [",and", "and", ",or", "or", ","];
            let next = separators.into_iter().find_map(|separator| {
                let after = rest
                    .starts_with(separator)
                    .then_some(gap + separator.len())?;
                let begin = self.spaces(after);
                self.one(begin, boxed).or_else(|| {
                    let last = self.text[after..begin].chars().next_back()?;
                    self.one(begin - last.len_utf8(), boxed)
                })
            });
            let Some((formula, after)) = next else { break };
            formulas.push(formula);
            end = after;
        }
        let end = if boxed { self.spaces(end) } else { end };
        Some((formulas, end))
    }

    /// A formula that begins here, with the white space and the percent sign after it.
    fn one(&mut self, at: usize, boxed: bool) -> Option<(Formula<'t>, usize)> {
        if let Some(known) = self.known.get(&(at, boxed)) {
            return *known;
        }
        let found = self.delimited(at, boxed).map(|(content, end)| {
            let gap = self.spaces(end);
            let rest = &self.text[gap..];
            let signs = ["\\%", "%", "Percent", "percent", "Pct", "pct"];
            let sign = signs.into_iter().find(|sign| rest.starts_with(sign));
            let formula = Formula {
                text: content,
                percent: sign.is_some(),
                bare_box: false,
            };
            (formula, gap + sign.map_or(0, str::len))
        });
        // Most places begin no formula, and cost nothing to look at again.
        if found.is_some() || self.text[at..].starts_with(['$', '\\']) {
            self.known.insert((at, boxed), found);
        }
        found
    }

    /// What stands between delimiters that begin here, and the place after them.
    fn delimited(&self, at: usize, boxed: bool) -> Option<(&'t str, usize)> {
        let rest = &self.text[at..];
        let before = self.text[..at].chars().next_back();
        let escaped = before == Some('\\');
        let found = match rest.chars().next()? {
            '$' => {
                let display = if escaped { None } else { display_dollars(rest) };
                let digit = before.is_some_and(char::is_numeric);
                let inline = || {
                    if escaped || digit {
                        None
                    } else {
                        inline_dollar(rest)
                    }
                };
                has_box(display, boxed).or_else(|| has_box(inline(), boxed))
            }
            '\\' if rest.starts_with("\\[") && !escaped => slashed(rest, "\\]", true),
            '\\' if rest.starts_with("\\(") && !escaped => slashed(rest, "\\)", false),
            '\\' | '-' if !boxed => fraction(rest),
            space if space.is_whitespace() => bracketed(rest, space),
            _ => None,
        };
        let (content, length) = has_box(found, boxed)?;
        Some((content, at + length))
    }
}

fn candidate<'t>(start: usize, end: usize, formulas: Vec<Formula<'t>>) -> Candidate<'t> {
    Candidate {
        start,
        end,
        content: Content::Formulas(formulas),
    }
}

/// What was found, if it has a box or need not have one.
fn has_box(found: Option<(&str, usize)>, needed: bool) -> Option<(&str, usize)> {
    found.filter(|(content, _)| {
        let box_at = content.find("\\boxed{").map(|at| at + "\\boxed{".len());
        let is_closed = |at: usize| content[at..].chars().skip(1).any(|c| c == '}');
        !needed || box_at.is_some_and(is_closed)
    })
}

/// The beginning of a text that delimiters are looked for in.
fn bounded(text: &str) -> &str {
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Between two pairs of dollar signs.
fn display_dollars(text: &str) -> Option<(&str, usize)> {
    let inner = bounded(text).strip_prefix("$$")?;
    let skipped = inner.chars().next()?.len_utf8();
    if inner.starts_with("$$") {
        return None;
    }
    let end = skipped + inner[skipped..].find("$$")?;
    let content = &inner[..end];
    (!content.ends_with('\\')).then_some((content, end + 4))
}

/// Between two dollar signs on one line.
fn inline_dollar(text: &str) -> Option<(&str, usize)> {
    let inner = bounded(text).strip_prefix('$')?;
    let mut before = '$';
    for (at, c) in inner.char_indices() {
        match c {
            '\n' => return None,
            '$' if before == '\\' => {}
            '$' => return (at > 0).then_some((&inner[..at], at + 2)),
            _ => {}
        }
        before = c;
    }
    None
}

/// Between `\[` and `\]`, or `\(` and `\)` on one line.
fn slashed<'t>(text: &'t str, close: &str, multiline: bool) -> Option<(&'t str, usize)> {
    let inner = &bounded(text)[2..];
    let end = inner.find(close).filter(|end| *end > 0)?;
    let content = &inner[..end];
    let fits = !content.ends_with('\\') && (multiline || !content.contains('\n'));
    fits.then_some((content, end + 4))
}

/// Between brackets on one line that white space surrounds.
fn bracketed(text: &str, space: char) -> Option<(&str, usize)> {
    let inner = bounded(text)[space.len_utf8()..].strip_prefix('[')?;
    let end = inner.find(['\n', '[', ']']).filter(|end| *end > 0)?;
    let after = inner[end..].strip_prefix(']')?.chars().next()?;
    let length = space.len_utf8() + 1 + end + 1 + after.len_utf8();
    after.is_whitespace().then_some((&inner[..end], length))
}

/// A fraction of two numbers without delimiters.
fn fraction(text: &str) -> Option<(&str, usize)> {
    let number = |text: &str| -> Option<usize> {
        let inner = text.strip_prefix('{')?;
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let sign = usize::from(inner.starts_with('-'));
        let whole = digits(&inner[sign..]);
        let mut length = sign + whole;
        if let Some(rest) = inner[length..].strip_prefix(['.', ',']) {
            length += 1 + digits(rest);
        }
        (whole > 0 && inner[length..].starts_with('}')).then_some(length + 2)
    };
    let sign = usize::from(text.starts_with('-'));
    let inner = text[sign..].strip_prefix("\\frac")?;
    let upper = number(inner)?;
    let lower = number(&inner[upper..])?;
    let length = sign + "\\frac".len() + upper + lower;
    Some((&text[..length], length))
}
