//! A JSON document that is one array, or objects one after the other over several lines each, read as it comes: the text is cut into its elements without
//! parsing them, so that memory holds one element at a time and a damaged one costs only itself.

use super::error::{ImportError, Reason, line_within};
use super::imported::Imported;
use super::json::read_element;

/// Cuts an array into elements and hands each to the parser.
#[derive(Default)]
pub struct JsonArray {
    state: State,
    element: String,
    /// Brackets open inside the element.
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// Whether elements follow each other without brackets around all and commas between.
    is_stream: bool,
    place: Place,
    start: Place,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Before,
    Inside,
    /// Behind a comma: an element has to follow.
    AfterComma,
    Behind,
    /// Behind it stands something that was complained of.
    Ignored,
}

/// A place in the text, both from 0.
#[derive(Default, Clone, Copy)]
struct Place {
    line: u64,
    column: usize,
}

impl JsonArray {
    /// A reader of objects that follow each other, such as JSON Lines that were pretty-printed.
    pub fn stream() -> Self {
        Self {
            state: State::Inside,
            is_stream: true,
            ..Self::default()
        }
    }

    /// Takes the next piece of text.
    pub fn push(
        &mut self,
        text: &str,
        bad: Option<&'static str>,
        out: &mut Imported,
    ) -> Result<(), ImportError> {
        // What belongs to the element goes over in one piece, not byte by byte.
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let ends = self.step(byte);
            match byte {
                b'\n' => {
                    self.place.line += 1;
                    self.place.column = 0;
                }
                // A character's later bytes are no columns of their own.
                _ if byte & 0xC0 != 0x80 => self.place.column += 1,
                _ => {}
            }
            match ends {
                Step::Opens => {
                    from = at + 1;
                    self.start = self.place;
                }
                Step::Ends => {
                    self.element.push_str(&text[from..at]);
                    from = at + 1;
                    self.give(byte == b']', bad, out)?;
                }
                Step::EndsWith => {
                    self.element.push_str(&text[from..=at]);
                    from = at + 1;
                    self.give(false, bad, out)?;
                }
                Step::Inside => {}
                Step::Stray => {
                    out.set_aside(self.place.line + 1, stray(self.place.column));
                    // One complaint is enough.
                    self.state = State::Ignored;
                }
            }
        }
        if matches!(self.state, State::Inside | State::AfterComma) {
            self.element.push_str(&text[from..]);
        }
        line_within(&out.file, self.start.line + 1, self.element.len())
    }

    fn step(&mut self, byte: u8) -> Step {
        match self.state {
            State::Before if byte == b'[' => {
                self.state = State::Inside;
                return Step::Opens;
            }
            State::Behind if !byte.is_ascii_whitespace() => return Step::Stray,
            State::Before | State::Behind | State::Ignored => return Step::Inside,
            State::Inside | State::AfterComma => {}
        }
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return Step::Inside;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b',' | b']' if self.depth == 0 && !self.is_stream => return Step::Ends,
            b'}' if self.depth == 1 && self.is_stream => {
                self.depth = 0;
                return Step::EndsWith;
            }
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Step::Inside
    }

    /// An element is complete.
    fn give(
        &mut self,
        last: bool,
        bad: Option<&'static str>,
        out: &mut Imported,
    ) -> Result<(), ImportError> {
        let element = std::mem::take(&mut self.element);
        let blank = element.trim().is_empty();
        // `[]` has no element at all.
        if !(blank && last && self.state == State::Inside) {
            self.parse(&element, bad, out)?;
        }
        self.element = element;
        self.element.clear();
        self.start = self.place;
        self.state = if last {
            State::Behind
        } else {
            State::AfterComma
        };
        Ok(())
    }

    fn parse(
        &self,
        element: &str,
        bad: Option<&'static str>,
        out: &mut Imported,
    ) -> Result<(), ImportError> {
        let body = element.trim_start();
        let before = &element[..element.len() - body.len()];
        let lines = before.matches('\n').count();
        let column = match before.rsplit_once('\n') {
            Some((_, rest)) => rest.chars().count(),
            None => self.start.column + before.chars().count(),
        };
        let line = self.start.line + lines as u64 + 1;
        read_element(body.trim_end(), (line, column), bad, out)
    }

    /// Ends the file; an element that is cut off is set aside.
    pub fn finish(
        mut self,
        bad: Option<&'static str>,
        out: &mut Imported,
    ) -> Result<(), ImportError> {
        match self.state {
            State::Before | State::Behind | State::Ignored => Ok(()),
            State::Inside | State::AfterComma => {
                let element = std::mem::take(&mut self.element);
                let is_complete = self.is_stream && element.trim().is_empty();
                match is_complete {
                    true => Ok(()),
                    false => self.parse(&element, bad, out),
                }
            }
        }
    }
}

/// What a byte means.
enum Step {
    /// The array begins after it.
    Opens,
    /// Part of what is there.
    Inside,
    /// An element ends before it.
    Ends,
    /// An element ends with it.
    EndsWith,
    /// Text after the array.
    Stray,
}

fn stray(column: usize) -> Reason {
    Reason::Json {
        column,
        detail: "text behind the end of the array".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, slice: usize) -> Imported {
        read_by(JsonArray::default(), text, slice)
    }

    fn read_by(mut reader: JsonArray, text: &str, slice: usize) -> Imported {
        let mut out = Imported::default();
        let mut rest = text;
        while !rest.is_empty() {
            let mut cut = slice.min(rest.len());
            while !rest.is_char_boundary(cut) {
                cut += 1;
            }
            reader.push(&rest[..cut], None, &mut out).unwrap();
            rest = &rest[cut..];
        }
        reader.finish(None, &mut out).unwrap();
        out
    }

    #[test]
    fn a_damaged_element_costs_only_itself() {
        let text = "[{\"a\": \"x]},\\\"\"},\n {\"a\": tru},\n 7, {\"a\": \"中\"}\n]\n";
        for slice in [1, 2, 5, 100] {
            let out = read(text, slice);
            assert_eq!(out.table.rows(), 2, "in slices of {slice}");
            assert_eq!(out.table.cell(0, 0), Some("x]},\""));
            assert_eq!(out.table.cell(0, 1), Some("中"));
            let lines: Vec<u64> = out.problems.iter().map(|p| p.line).collect();
            assert_eq!(lines, [2, 3]);
            assert!(matches!(out.problems[1].reason, Reason::NotAnObject { .. }));
            let Reason::Json { column, .. } = out.problems[0].reason else {
                panic!("{:?}", out.problems[0])
            };
            assert_eq!(column, 11, "where the word stops being true");
        }
    }

    #[test]
    fn objects_over_several_lines_follow_each_other() {
        let text = "{\n \"a\": \"}{\"\n}\n{\n \"a\": {\"b\": [1]}\n}\n\n{\n \"a\": tru\n}\n{ \"a\"";
        for slice in [1, 3, 100] {
            let out = read_by(JsonArray::stream(), text, slice);
            assert_eq!(out.table.rows(), 2, "in slices of {slice}");
            assert_eq!(out.table.cell(0, 0), Some("}{"));
            let lines: Vec<u64> = out.problems.iter().map(|p| p.line).collect();
            assert_eq!(lines, [8, 11]);
        }
    }

    #[test]
    fn an_array_that_is_cut_off_or_followed_by_more_keeps_its_rows() {
        let out = read("[{\"a\":1},{\"a\":", 4);
        assert_eq!((out.table.rows(), out.problem_count), (1, 1));
        let out = read("[{\"a\":1}] x y", 4);
        assert_eq!((out.table.rows(), out.problem_count), (1, 1));
        let out = read("[]", 1);
        assert_eq!((out.table.rows(), out.problem_count), (0, 0));
        let out = read("[{\"a\":1},]", 3);
        assert_eq!((out.table.rows(), out.problem_count), (1, 1));
    }
}
