//! Links in any text: in mails that break their lines, between words, several in a row.

use super::{ANSWERS_MARK, EnvelopeError, MAX_TEXT, TASK_MARK, is_letter, length, open};

/// Whether a link stands in a text, be it cut off or altered; a word behind its mark is none.
#[must_use]
pub fn holds(text: &str) -> bool {
    let is = |f: Found| open(&f.envelope) != Err(EnvelopeError::NoEnvelope);
    find(text).into_iter().any(is)
}

/// A link found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The envelope's letters.
    pub envelope: String,
    /// The rater's number, from 0.
    pub slot: Option<u16>,
    /// Whether it stood behind the mark of answers.
    pub answers: bool,
}

/// All links in a text, whatever stands around and between them. An envelope that a mail program has
/// broken into lines is put together again.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut rest = text;
    loop {
        let marks = [(TASK_MARK, false), (ANSWERS_MARK, true)];
        let first = marks
            .into_iter()
            .filter_map(|(mark, answers)| Some((rest.find(mark)?, mark, answers)))
            .min_by_key(|(at, ..)| *at);
        let Some((at, mark, answers)) = first else {
            return found;
        };
        rest = &rest[at + mark.len()..];
        let (envelope, behind) = gather(rest);
        rest = behind;
        let slot = rest.strip_prefix('~').and_then(|number| {
            let end = number.find(|c: char| !c.is_ascii_digit());
            let slot: u16 = number[..end.unwrap_or(number.len())].parse().ok()?;
            slot.checked_sub(1)
        });
        let link = Found {
            envelope,
            slot,
            answers,
        };
        if !link.envelope.is_empty() && !found.contains(&link) {
            found.push(link);
        }
    }
}

/// The envelope at the beginning of a text, and what stands behind it. Line breaks, quotation marks of
/// mails and soft breaks are passed over while letters are missing.
fn gather(text: &str) -> (String, &str) {
    let (mut envelope, mut end) = (String::new(), 0);
    let mut whole = None;
    // Whether the line is broken behind the last letter.
    let mut broken = false;
    for (at, c) in text.char_indices() {
        let ends_paragraph = text[at..].starts_with("\n\n") || text[at..].starts_with("\r\n\r\n");
        match c {
            c if c.is_ascii() && is_letter(c as u8) => {
                envelope.push(c);
                (end, broken) = (at + 1, false);
                if envelope.len() == 8 {
                    whole = length(&envelope).filter(|n| *n <= MAX_TEXT);
                }
                if whole == Some(envelope.len()) {
                    break;
                }
            }
            // Whatever it lacks, a link goes no further than its paragraph.
            _ if whole.is_none() || ends_paragraph => break,
            '\r' | '\n' | '=' => broken = true,
            ' ' | '\t' | '>' if broken => {}
            _ => break,
        }
    }
    (envelope, &text[end..])
}
