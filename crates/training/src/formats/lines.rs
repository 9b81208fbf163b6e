//! Logs that are printed, a record a line, among bars and anything else: the parts that such lines are made of, and
//! the run that they give.

use super::format::{LineFormat, Record};
use crate::Run;
use crate::axis::{When, is_progress, seconds, take, when};
use crate::names::{is_loss, key};
use crate::source::Source;

/// The lines of a text, those that a carriage return overwrote on a screen too, without the colours of terminals.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
    text.split(['\n', '\r']).map(without_colours)
}

/// A line without ANSI escape sequences.
fn without_colours(line: &str) -> std::borrow::Cow<'_, str> {
    const START: &str = "\u{1b}[";
    if !line.contains(START) {
        return line.into();
    }
    let mut parts = line.split(START);
    let mut plain = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let end = part
            .find(|c: char| c.is_ascii_alphabetic())
            .map_or(part.len(), |at| at + 1);
        plain.push_str(&part[end..]);
    }
    plain.into()
}

/// A line that can't hold a loss is not looked at closer.
fn may_hold_loss(line: &str) -> bool {
    ["loss", "Loss", "LOSS"]
        .iter()
        .any(|word| line.contains(word))
}

/// The format in which a file prints most losses; nothing where it prints none, where there is only one step, which is
/// no log, or where what is printed would be quoted.
pub(crate) fn best(source: &Source, formats: &[LineFormat]) -> Option<LineFormat> {
    if !source.may_be_printed() {
        return None;
    }
    let counted = formats
        .iter()
        .map(|format| (losses(source.text(), *format), *format));
    let found = counted.filter(|(count, _)| *count > 0);
    // Of equals the first.
    found
        .rev()
        .max_by_key(|(count, _)| *count)
        .map(|(_, format)| format)
}

/// How many losses a text prints in a format; none where all are of one step.
fn losses(text: &str, format: LineFormat) -> usize {
    let mut steps = Vec::new();
    for line in lines(text).filter(|line| may_hold_loss(line)) {
        let record = (format.record)(&line).unwrap_or_default();
        if record.iter().any(|(name, _)| is_loss(&key(name))) {
            steps.extend(
                record
                    .iter()
                    .find(|(name, _)| name == "step")
                    .map(|(_, step)| *step),
            );
        }
    }
    match steps.iter().any(|step| *step != steps[0]) {
        true => steps.len(),
        false => 0,
    }
}

/// The run in a file that is printed so.
pub(crate) fn read(source: &Source, format: LineFormat) -> Run {
    let mut run = Run::default();
    for line in lines(source.text()).filter(|line| may_hold_loss(line)) {
        let Some(record) = (format.record)(&line) else {
            continue;
        };
        let fields = record.iter().map(|(name, value)| (name.as_str(), *value));
        let time = time_of(&line).map(|seconds| ("time", seconds));
        take(&mut run, &fields.chain(time).collect::<Vec<_>>());
    }
    run.settle();
    run
}

/// The date and time in front of a line, in seconds since 1970.
pub(crate) fn time_of(line: &str) -> Option<f64> {
    const LENGTH: usize = "2026-01-31 10:00:00".len();
    const FRONT: usize = 80;
    let starts = line.match_indices("20").take_while(|(at, _)| *at < FRONT);
    starts
        .filter_map(|(at, _)| seconds(line.get(at..at + LENGTH)?))
        .next()
}

/// A record at a step. What a line calls a time is that of one step, and its other counts of steps are the same one.
pub(crate) fn record<'a>(step: f64, pairs: impl Iterator<Item = (&'a str, f64)>) -> Option<Record> {
    let pairs = pairs.filter(|(name, _)| {
        let key = key(name);
        let is_axis = matches!(when(&key), Some((When::Step | When::Time, _)));
        !is_axis && !is_progress(&key)
    });
    let mut record: Record = pairs
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    if record.is_empty() {
        return None;
    }
    record.push(("step".to_owned(), step));
    Some(record)
}

/// The count after one of these words, which stand in lower case, and what follows it; a total (`10/ 300`) is passed
/// over.
pub(crate) fn count_after<'a>(line: &'a str, words: &[&str]) -> Option<(f64, &'a str)> {
    let lower = line.to_ascii_lowercase();
    let places = words.iter().flat_map(|word| lower.match_indices(word));
    places
        .filter(|(at, _)| {
            let before = lower[..*at].chars().next_back();
            before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '/')
        })
        .find_map(|(at, word)| {
            let rest = &line[at + word.len()..];
            let rest = rest.trim_start_matches([' ', ':', '=']);
            let (done, rest) = count(rest)?;
            let total = rest
                .trim_start()
                .strip_prefix('/')
                .and_then(|total| count(total.trim_start()));
            Some((done, total.map_or(rest, |(_, rest)| rest)))
        })
}

/// A count at the beginning of a text, and what follows it.
pub(crate) fn count(text: &str) -> Option<(f64, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse::<u32>().ok()?.into(), rest))
}

/// A number at the beginning of a text, as Python and C print it, and what follows it.
pub(crate) fn number(text: &str) -> Option<(f64, &str)> {
    let bytes = text.as_bytes();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    for (word, value) in [
        ("nan", f64::NAN),
        ("infinity", f64::INFINITY),
        ("inf", f64::INFINITY),
    ] {
        let end = sign + word.len();
        let found = text
            .get(sign..end)
            .is_some_and(|w| w.eq_ignore_ascii_case(word));
        let goes_on = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
        if found && !goes_on {
            let value = if bytes[0] == b'-' { -value } else { value };
            return Some((value, &text[end..]));
        }
    }
    let digits_from = |at: usize| {
        at + bytes[at..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let mut end = digits_from(sign);
    if bytes.get(end) == Some(&b'.') {
        end = digits_from(end + 1);
    }
    if !bytes[sign..end].iter().any(u8::is_ascii_digit) {
        return None;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let digits = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits_from(digits);
        if exponent > digits {
            end = exponent;
        }
    }
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// The name and the number in `name: value`, `name=value` or `name value`; a unit may follow.
pub(crate) fn labelled(part: &str) -> Option<(&str, f64)> {
    let part = part.trim();
    let (name, value) = match part.split_once([':', '=']) {
        Some((name, value)) => (name, value_alone(value.trim_start())?),
        None => {
            let mut words = part.split_inclusive(' ').scan(0, |at, word| {
                *at += word.len();
                Some((*at - word.len(), word))
            });
            words.find_map(|(at, word)| Some((&part[..at], value_alone(word)?)))?
        }
    };
    let name = name.trim();
    name.contains(char::is_alphabetic).then_some((name, value))
}

/// A number that is not the beginning of something else, such as a date or a version.
fn value_alone(text: &str) -> Option<f64> {
    let (value, rest) = number(text)?;
    let next = rest.chars().next();
    next.is_none_or(|c| c.is_whitespace() || c.is_alphabetic() || "%,;|)".contains(c))
        .then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_of_lines_are_names_and_numbers() {
        for (part, wanted) in [
            ("lm loss: 2.240000E+00", Some(("lm loss", 2.24))),
            (" Learning Rate 1.000e-05", Some(("Learning Rate", 1e-5))),
            ("Val took 3.1s", Some(("Val took", 3.1))),
            ("it/sec=-.5", Some(("it/sec", -0.5))),
            ("Peak mem 4.1 GB", Some(("Peak mem", 4.1))),
            ("mfu 12.5%", Some(("mfu", 12.5))),
            ("eta: 2:46:39", None),
            ("saved 2026-01-01", None),
            ("3.5", None),
            ("no number", None),
            ("", None),
        ] {
            assert_eq!(labelled(part), wanted, "{part}");
        }
        assert!(labelled("loss: nan").is_some_and(|(_, x)| x.is_nan()));
        assert_eq!(labelled("loss: -inf"), Some(("loss", f64::NEG_INFINITY)));
        assert_eq!(labelled("loss: nano"), None);
    }

    #[test]
    fn a_count_follows_a_whole_word() {
        let words = ["iter", "iteration"];
        assert_eq!(
            count_after("[x] Iteration   10/  300 | a", &words),
            Some((10.0, " | a"))
        );
        assert_eq!(count_after("Iter 7: b", &words), Some((7.0, ": b")));
        assert_eq!(count_after("criterion 7, max_iter 9", &words), None);
    }

    #[test]
    fn a_date_in_front_of_a_line_is_its_time() {
        assert_eq!(
            time_of(" 3: [1970-01-02 00:00:01] iteration"),
            None,
            "before there were trainers"
        );
        assert_eq!(
            time_of(" 20: [2026-01-01 10:01:00.5] iteration"),
            Some(1_767_261_660.0)
        );
        assert_eq!(time_of("iteration 2026"), None);
    }

    #[test]
    fn colours_of_a_terminal_are_left_out() {
        assert_eq!(without_colours("\u{1b}[32mIter\u{1b}[0m 1"), "Iter 1");
        assert_eq!(without_colours("\u{1b}[32"), "");
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,60}|[a-z0-9 :=.,|/e+-]{0,40}") {
            std::hint::black_box(labelled(&text));
            std::hint::black_box(count_after(&text, &["a", "step"]));
            std::hint::black_box(time_of(&text));
            std::hint::black_box(lines(&text).count());
        }
    }
}
