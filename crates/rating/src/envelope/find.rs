//! Links in any text: in mails that break their lines, between words, several in a row.

use super::{ANSWERS_MARK, EnvelopeError, MAX_TEXT, TASK_MARK, is_letter, length, open};
use crate::owner::INVITATION_CHARACTERS;

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
    /// The letters of the secret of the rater's invitation; empty where the link holds none, too few where it is cut off.
    pub invitation: String,
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
        let (slot, invitation) = match suffix(rest) {
            Some((slot, invitation, behind)) => {
                rest = behind;
                (Some(slot), invitation)
            }
            None => (None, String::new()),
        };
        let link = Found {
            envelope,
            slot,
            invitation,
            answers,
        };
        if !link.envelope.is_empty() && !found.contains(&link) {
            found.push(link);
        }
    }
}

/// What stands behind an envelope: a rater's number, from 0, the letters of the invitation's secret, and the text behind.
/// Line breaks are passed over where a secret follows, which tells that the number is whole.
fn suffix(text: &str) -> Option<(u16, String, &str)> {
    let mut letters = Letters { text };
    if letters.next()? != '~' {
        return None;
    }
    let mut number = String::new();
    let mut last = letters.next();
    while let Some(digit) = last.filter(char::is_ascii_digit) {
        number.push(digit);
        last = letters.next();
    }
    let mut invitation = String::new();
    let behind = if last == Some('~') {
        let mut behind = letters.text;
        while invitation.len() < INVITATION_CHARACTERS {
            let letter = letters
                .next()
                .filter(|c| c.is_ascii() && is_letter(*c as u8));
            let Some(letter) = letter else {
                break;
            };
            invitation.push(letter);
            behind = letters.text;
        }
        behind
    } else {
        // Without a secret nothing tells whether the digits of the next line belong to the number.
        let line = text.strip_prefix('~')?;
        let end = line.find(|c: char| !c.is_ascii_digit());
        let (digits, behind) = line.split_at(end.unwrap_or(line.len()));
        number = digits.to_owned();
        behind
    };
    let slot = number.parse::<u16>().ok()?.checked_sub(1)?;
    Some((slot, invitation, behind))
}

/// The characters of a text without the line breaks and quotation marks that mail programs put between them. It ends
/// with the paragraph.
struct Letters<'a> {
    text: &'a str,
}

impl Iterator for Letters<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let mut broken = false;
        loop {
            let ends = self.text.starts_with("\n\n") || self.text.starts_with("\r\n\r\n");
            let c = self.text.chars().next().filter(|_| !ends)?;
            self.text = &self.text[c.len_utf8()..];
            match c {
                '\r' | '\n' | '=' => broken = true,
                ' ' | '\t' | '>' if broken => {}
                _ => return Some(c),
            }
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
