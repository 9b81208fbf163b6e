//! Whatever a text holds, reading it ends, and the tree is bounded in its parts and its depth.

use assay_markup::parse;
use assay_protocol::markup::{Block, Inline, Json, Math, TextToParse};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Parts of the largest tree: those of the limit, and what some of them bring along.
const MOST_PARTS: usize = 100_000;
/// The deepest tree.
const MOST_DEEP: usize = 120;

/// Parts and depth.
#[derive(Clone, Copy, Default)]
struct Size {
    parts: usize,
    depth: usize,
}

fn around(inner: impl IntoIterator<Item = Size>) -> Size {
    let one = Size { parts: 1, depth: 1 };
    inner.into_iter().fold(one, |size, part| Size {
        parts: size.parts + part.parts,
        depth: size.depth.max(part.depth + 1),
    })
}

fn of_math(math: &Math) -> Size {
    match math {
        Math::Text { .. } => around([]),
        Math::Element { children, .. } => around(children.iter().map(of_math)),
    }
}

fn of_json(json: &Json) -> Size {
    match json {
        Json::Scalar { .. } => around([]),
        Json::List { items } => around(items.iter().map(of_json)),
        Json::Object { entries } => around(entries.iter().map(|(_, value)| of_json(value))),
    }
}

fn of_word(word: &Inline) -> Size {
    match word {
        Inline::Text { .. } | Inline::Break | Inline::Code { .. } => around([]),
        Inline::Styled { content, .. } | Inline::Link { content, .. } => {
            around(content.iter().map(of_word))
        }
        Inline::Formula { math, .. } => around(math.iter().map(of_math)),
    }
}

fn of_block(block: &Block) -> Size {
    match block {
        Block::Paragraph { content } | Block::Heading { content, .. } => {
            around(content.iter().map(of_word))
        }
        Block::Quote { blocks }
        | Block::Reasoning { blocks, .. }
        | Block::Turn { blocks, .. }
        | Block::ToolCall { blocks, .. }
        | Block::ToolResult { blocks, .. } => around(blocks.iter().map(of_block)),
        Block::List { items, .. } => around(items.iter().flatten().map(of_block)),
        Block::Table { head, rows } => {
            let cells = head.iter().chain(rows.iter().flatten());
            around(cells.flatten().map(of_word))
        }
        Block::Code { pieces, .. } => around(pieces.iter().map(|_| Size { parts: 1, depth: 1 })),
        Block::Json { value } => around([of_json(value)]),
        Block::Rule | Block::Plain { .. } => around([]),
    }
}

fn check(text: &str) {
    for is_whole in [false, true] {
        let begun = Instant::now();
        let parsed = parse(&TextToParse {
            text: text.to_owned(),
            is_whole,
        });
        let size = around(parsed.blocks.iter().map(of_block));
        assert!(size.parts <= MOST_PARTS, "{} parts", size.parts);
        assert!(size.depth <= MOST_DEEP, "{} deep", size.depth);
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn what_is_repeated_without_end_is_bounded() {
    let pieces = [
        "> ",
        "- ",
        "* ",
        "**",
        "_a",
        "[",
        "![",
        "`",
        "```\n",
        "$",
        "$$",
        "\\(",
        "\\[a",
        "<think>",
        "</think>",
        "{",
        "[[",
        "{\"a\":",
        "\\begin{align}",
        "| a ",
        "|-",
        "<|im_start|>",
        "user: ",
        "\n\nuser: a",
        "<tool_call>",
        "$a_",
        "1. ",
        "#",
        "~",
        "&",
        "\\",
        "a\n\n",
        "$\\frac{1}{2}$ ",
        "[a](https://a.example) ",
        "*a* ",
        "\u{F0000}0\u{F0000}",
    ];
    for piece in pieces {
        check(&piece.repeat(60_000 / piece.len()));
    }
}

/// As much stack as a worker in a browser has, or less.
const STACK: usize = 1 << 20;

#[test]
fn formulas_are_bounded() {
    let all = || {
        let pieces = [
            "{",
            "{a",
            "\\sqrt",
            "\\sqrt{",
            "^{a",
            "\\left(",
            "\\left(a",
            "\\frac",
            "\\frac a",
            "\\frac{1}",
            "\\frac{1}\\sqrt ",
            "\\begin{matrix}",
            "\\begin{matrix}a",
            "\\text{$",
            "\\text{$a",
            "a\\\\",
            "&",
            "\\not",
            "\\relax",
            "[",
            "_a",
            "a'",
            "%\n",
            "\\sqrt[a]",
            "\\overset a",
            "\\mathbf",
            "\\limits",
            "\\,",
        ];
        for inner in pieces {
            check(&format!("${}a$", inner.repeat(3_900 / inner.len())));
            check(&format!("${}a$", inner.repeat(38)));
        }
        let pairs = [
            ("\\begin{matrix}a", "\\end{matrix}"),
            ("\\left(a", "\\right)"),
            ("{a", "}"),
            ("\\text{$a", "$}"),
        ];
        for (open, close) in pairs {
            for times in [30, 100] {
                check(&format!(
                    "$$x={}b{}$$",
                    open.repeat(times),
                    close.repeat(times)
                ));
            }
        }
        // Definitions that would grow with each other.
        let mut bomb = String::from("\\def\\a{xxxxxxxxxx}");
        for (outer, inner) in "bcdefghij".chars().zip("abcdefghi".chars()) {
            let ten = format!("\\{inner}").repeat(10);
            bomb.push_str(&format!("\\def\\{outer}{{{ten}}}"));
        }
        check(&format!("$${bomb}\\j$$"));
        check("$$\\def\\a{\\a\\a}\\a$$");
    };
    let thread = std::thread::Builder::new().stack_size(STACK);
    thread.spawn(all).unwrap().join().unwrap();
}

#[test]
fn json_is_bounded() {
    check(&format!("{}1{}", "[".repeat(120), "]".repeat(120)));
    check(&format!("[{}1]", "1,".repeat(150_000)));
    let message = "{\"role\":\"user\",\"content\":\"**a**\"},";
    check(&format!(
        "[{}{{\"role\":\"user\",\"content\":\"\"}}]",
        message.repeat(8_000)
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_makes_reading_panic(
        pieces in prop::collection::vec(
            prop_oneof![
                Just("\n".to_owned()), Just("\n\n".to_owned()), Just("# ".to_owned()), Just("- ".to_owned()),
                Just("> ".to_owned()), Just("**".to_owned()), Just("`".to_owned()), Just("```py\n".to_owned()),
                Just("$".to_owned()), Just("$$".to_owned()), Just("\\(".to_owned()), Just("\\)".to_owned()),
                Just("\\frac".to_owned()), Just("{".to_owned()), Just("}".to_owned()), Just("\\begin{array}{c|c}".to_owned()),
                Just("\\end{array}".to_owned()), Just("&".to_owned()), Just("\\\\".to_owned()), Just("^".to_owned()),
                Just("_".to_owned()), Just("\\text".to_owned()), Just("\\left".to_owned()), Just("\\right".to_owned()),
                Just("<think>".to_owned()), Just("</think>".to_owned()), Just("| a |\n|--|\n".to_owned()),
                Just("user: ".to_owned()), Just("[a](".to_owned()), Just("{\"role\":\"user\",\"content\":".to_owned()),
                Just("数".to_owned()), Just("\\u".to_owned()), "\\PC{0,6}",
            ],
            0..40,
        )
    ) {
        check(&pieces.concat());
    }
}
