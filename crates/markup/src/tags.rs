//! Parts of a text that models and their templates set apart with tags: reasoning, calls of tools, results of tools.

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// What stands between tags.
    Text(&'a str),
    /// Reasoning; `is_cut` where its end is missing.
    Reasoning { text: &'a str, is_cut: bool },
    /// A call of a tool.
    ToolCall(&'a str),
    /// What a tool gave back.
    ToolResult(&'a str),
}

/// Tags around reasoning.
const REASONING: [(&str, &str); 5] = [
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("[THINK]", "[/THINK]"),
];
/// Tags around calls of tools.
const CALLS: [(&str, &str); 2] = [
    ("<tool_call>", "</tool_call>"),
    ("<function_call>", "</function_call>"),
];
/// Tags around what tools gave back.
const RESULTS: [(&str, &str); 2] = [
    ("<tool_response>", "</tool_response>"),
    ("<tool_result>", "</tool_result>"),
];

#[derive(Clone, Copy)]
enum Kind {
    Reasoning,
    Call,
    Result,
}

/// The parts of a text, in order; parts that are blank are left out.
pub(crate) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    // Many templates put the opening tag into the prompt, so that an output begins within its reasoning.
    if let Some((before, after)) = opened_in_the_prompt(text) {
        found.push(Part::Reasoning {
            text: before,
            is_cut: false,
        });
        rest = after;
    }
    while let Some((at, kind, open, close)) = next_tag(rest) {
        push_text(&mut found, &rest[..at]);
        let inside = &rest[at + open.len()..];
        let end = inside.find(close);
        let text = &inside[..end.unwrap_or(inside.len())];
        match kind {
            _ if text.trim().is_empty() => {}
            Kind::Reasoning => found.push(Part::Reasoning {
                text,
                is_cut: end.is_none(),
            }),
            Kind::Call => found.push(Part::ToolCall(text)),
            Kind::Result => found.push(Part::ToolResult(text)),
        }
        rest = end.map_or("", |end| &inside[end + close.len()..]);
    }
    push_text(&mut found, rest);
    found
}

fn push_text<'a>(found: &mut Vec<Part<'a>>, text: &'a str) {
    if !text.trim().is_empty() {
        found.push(Part::Text(text));
    }
}

fn opened_in_the_prompt(text: &str) -> Option<(&str, &str)> {
    let first = |(open, close): &(&'static str, &'static str)| {
        let end = text.find(close)?;
        let is_open = text[..end].contains(open);
        (!is_open).then_some((end, *close))
    };
    let (end, close) = REASONING.iter().filter_map(first).min()?;
    let before = &text[..end];
    (!before.trim().is_empty()).then(|| (before, &text[end + close.len()..]))
}

/// The next opening tag: where it is, its kind, and it with its closing one. It has to begin a line, as templates write
/// it: within a line it is spoken of.
fn next_tag(text: &str) -> Option<(usize, Kind, &'static str, &'static str)> {
    let kinds = [
        (Kind::Reasoning, &REASONING[..]),
        (Kind::Call, &CALLS[..]),
        (Kind::Result, &RESULTS[..]),
    ];
    let all = kinds
        .iter()
        .flat_map(|(kind, tags)| tags.iter().map(move |(open, close)| (*kind, *open, *close)));
    let found = all.filter_map(|(kind, open, close)| {
        let mut places = text.match_indices(open).map(|(at, _)| at);
        let at = places.find(|at| begins_a_line(text, *at))?;
        Some((at, kind, open, close))
    });
    found.min_by_key(|(at, ..)| *at)
}

fn begins_a_line(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    // One tag may follow another, on the same line.
    line.trim().is_empty() || line.trim_end().ends_with('>')
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    fn thought(text: &str, is_cut: bool) -> Part<'_> {
        Part::Reasoning { text, is_cut }
    }

    #[test]
    fn reasoning_is_found_open_closed_and_begun_in_the_prompt() {
        let whole = parts("<think>a\nb</think>\n42");
        assert_eq!(whole, [thought("a\nb", false), Part::Text("\n42")]);
        assert_eq!(parts("<think>a"), [thought("a", true)]);
        let begun = parts("so it is 42</think>42");
        assert_eq!(begun, [thought("so it is 42", false), Part::Text("42")]);
        assert_eq!(parts("<think>\n\n</think>\n\n42"), [Part::Text("\n\n42")]);
    }

    #[test]
    fn a_tag_within_a_line_is_spoken_of() {
        let text = "Write `<think>` before the answer.";
        assert_eq!(parts(text), [Part::Text(text)]);
    }

    #[test]
    fn calls_of_tools_and_results_are_found_among_text() {
        let text = "Let me look.\n<tool_call>\n{}\n</tool_call>\n<tool_response>5</tool_response>";
        let found = parts(text);
        let expected = [
            Part::Text("Let me look.\n"),
            Part::ToolCall("\n{}\n"),
            Part::ToolResult("5"),
        ];
        assert_eq!(found, expected);
    }
}
