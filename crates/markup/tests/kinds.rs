//! Each kind of text becomes the tree that shows it.

use assay_markup::parse;
use assay_protocol::markup::{
    Block, Inline, Json, Math, MathTag, Parsed, Piece, Speaker, Style, TextToParse,
};

fn parsed(text: &str) -> Parsed {
    parse(&TextToParse {
        text: text.to_owned(),
        is_whole: false,
    })
}

fn blocks(text: &str) -> Vec<Block> {
    parsed(text).blocks
}

fn words(text: &str) -> Inline {
    Inline::Text {
        text: text.to_owned(),
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph {
        content: vec![words(text)],
    }
}

/// The formulas of a text, in order: source, whether displayed, whether it could be read.
fn formulas(text: &str) -> Vec<(String, bool, bool)> {
    fn in_words(content: &[Inline], found: &mut Vec<(String, bool, bool)>) {
        for word in content {
            match word {
                Inline::Formula {
                    source,
                    is_display,
                    math,
                } => found.push((source.clone(), *is_display, !math.is_empty())),
                Inline::Styled { content, .. } | Inline::Link { content, .. } => {
                    in_words(content, found);
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    for block in blocks(text) {
        if let Block::Paragraph { content } | Block::Heading { content, .. } = &block {
            in_words(content, &mut found);
        }
    }
    found
}

#[test]
fn plain_paragraphs_are_not_marked_and_keep_their_lines() {
    let plain = parsed("One line\nand another.\n\nA second paragraph, 3 * 4.");
    assert!(!plain.is_marked);
    let first = Block::Paragraph {
        content: vec![words("One line"), Inline::Break, words("and another.")],
    };
    assert_eq!(plain.blocks[0], first);
    assert_eq!(plain.blocks.len(), 2);
}

#[test]
fn markdown_is_read() {
    let text =
        "## Head\n\n1. one\n2. **two**\n\n> said\n\n| a | b |\n|---|---|\n| 1 | `x` |\n\n---\n";
    let found = parsed(text);
    assert!(found.is_marked);
    let strong = Inline::Styled {
        style: Style::Strong,
        content: vec![words("two")],
    };
    let expected = [
        Block::Heading {
            level: 2,
            content: vec![words("Head")],
        },
        Block::List {
            start: Some(1),
            items: vec![
                vec![paragraph("one")],
                vec![Block::Paragraph {
                    content: vec![strong],
                }],
            ],
        },
        Block::Quote {
            blocks: vec![paragraph("said")],
        },
        Block::Table {
            head: vec![vec![words("a")], vec![words("b")]],
            rows: vec![vec![
                vec![words("1")],
                vec![Inline::Code { text: "x".into() }],
            ]],
        },
        Block::Rule,
    ];
    assert_eq!(found.blocks, expected);
}

#[test]
fn html_is_text_and_only_safe_addresses_are_links() {
    let text = "<script>alert(1)</script>\n\n<b>x</b> [a](javascript:alert) [b](https://b.example/) ![c](https://c.example/)";
    let shown = format!("{:?}", blocks(text));
    assert!(shown.contains("<script>alert(1)</script>"), "{shown}");
    assert!(shown.contains("<b>"), "{shown}");
    assert!(!shown.contains("javascript"), "{shown}");
    assert!(shown.contains("https://b.example/"), "{shown}");
    assert!(!shown.contains("c.example"), "{shown}");
}

#[test]
fn code_blocks_have_their_language_and_pieces() {
    let found = blocks("```python\nreturn 1 # $x$\n```");
    let pieces = [
        (Piece::Keyword, "return"),
        (Piece::Other, " "),
        (Piece::Number, "1"),
        (Piece::Other, " "),
        (Piece::Comment, "# $x$"),
    ];
    let expected = Block::Code {
        language: "python".into(),
        pieces: pieces.map(|(p, t)| (p, t.to_owned())).to_vec(),
    };
    assert_eq!(found, [expected]);
}

#[test]
fn formulas_are_found_in_all_their_signs() {
    let text = "So \\(a_1 = \\frac{1}{2}\\), $x^2$ and\n\\[\\sum_{i=1}^n i\\]\n$$\\boxed{42}$$\n\\begin{align}a &= b \\\\ c &= d\\end{align}";
    let found = formulas(text);
    let shown: Vec<(&str, bool)> = found.iter().map(|(s, d, _)| (s.as_str(), *d)).collect();
    let align = "\\begin{align}a &= b \\\\ c &= d\\end{align}";
    let expected = [
        ("a_1 = \\frac{1}{2}", false),
        ("x^2", false),
        ("\\sum_{i=1}^n i", true),
        ("\\boxed{42}", true),
        (align, true),
    ];
    assert_eq!(shown, expected);
    assert!(found.iter().all(|(.., is_read)| *is_read), "{found:?}");
}

#[test]
fn amounts_of_money_code_and_escapes_are_no_formulas() {
    for text in [
        "It costs $5, or $10 with $2 off.",
        "from $5-$10 a piece",
        "`$x^2$` and `\\(y\\)`",
        "a \\$x^2\\$ b",
        "$HOME/bin:$PATH",
    ] {
        assert_eq!(formulas(text), [], "{text}");
    }
    assert!(format!("{:?}", blocks("`$x^2$`")).contains("$x^2$"));
}

#[test]
fn a_formula_that_cannot_be_read_keeps_its_source() {
    let found = formulas("$\\unknowncommand{x}$");
    assert_eq!(found, [("\\unknowncommand{x}".to_owned(), false, false)]);
}

#[test]
fn a_frame_is_an_attribute_and_colours_are_left_out() {
    fn classes(math: &[Math]) -> Vec<String> {
        let one = |part: &Math| match part {
            Math::Text { .. } => Vec::new(),
            Math::Element {
                attributes,
                children,
                ..
            } => {
                let own = attributes.iter().map(|(_, value)| value.clone());
                own.chain(classes(children)).collect()
            }
        };
        math.iter().flat_map(one).collect()
    }
    let found = blocks("$\\boxed{4}$ $\\textcolor{red}{x}$");
    let Block::Paragraph { content } = &found[0] else {
        panic!("{found:?}");
    };
    let math = content.iter().filter_map(|word| match word {
        Inline::Formula { math, .. } => Some(classes(math)),
        _ => None,
    });
    let math: Vec<_> = math.collect();
    assert!(math[0].contains(&"framed".to_owned()), "{math:?}");
    assert!(!format!("{:?}", math[1]).contains("rgb"), "{math:?}");
    assert_eq!(MathTag::named("script"), None);
}

#[test]
fn json_is_a_tree() {
    let found = parsed("{\"a\": [1, null], \"b\": \"x\"}");
    assert!(found.is_marked);
    let scalar = |piece, text: &str| Json::Scalar {
        piece,
        text: text.to_owned(),
    };
    let list = Json::List {
        items: vec![scalar(Piece::Number, "1"), scalar(Piece::Keyword, "null")],
    };
    let entries = vec![
        ("a".to_owned(), list),
        ("b".to_owned(), scalar(Piece::Text, "\"x\"")),
    ];
    let value = Json::Object { entries };
    assert_eq!(found.blocks, [Block::Json { value }]);
    assert!(!parsed("42").is_marked);
    assert!(!parsed("[see above]").is_marked);
}

fn turns(text: &str) -> Vec<(Speaker, Vec<Block>)> {
    let turn = |block| match block {
        Block::Turn {
            speaker, blocks, ..
        } => (speaker, blocks),
        other => panic!("no turn: {other:?}"),
    };
    blocks(text).into_iter().map(turn).collect()
}

#[test]
fn conversations_are_found_in_json_with_calls_of_tools() {
    let text = r#"[{"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "Weather?"}]},
        {"role": "assistant", "content": null, "tool_calls": [
            {"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Bern\"}"}}]},
        {"role": "tool", "name": "weather", "content": "{\"c\": 5}"},
        {"role": "assistant", "content": "5 °C"}]"#;
    let found = turns(text);
    let speakers: Vec<Speaker> = found.iter().map(|(speaker, _)| *speaker).collect();
    let expected = [
        Speaker::System,
        Speaker::User,
        Speaker::Assistant,
        Speaker::Tool,
        Speaker::Assistant,
    ];
    assert_eq!(speakers, expected);
    let Block::ToolCall { name, blocks } = &found[2].1[0] else {
        panic!("{found:?}");
    };
    assert_eq!(name, "weather");
    assert!(matches!(blocks[0], Block::Json { .. }));
    assert!(matches!(&found[3].1[0], Block::ToolResult { name, .. } if name == "weather"));
}

#[test]
fn conversations_are_found_in_templates_and_transcripts() {
    let chatml = "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n";
    assert_eq!(turns(chatml).len(), 3);
    let llama = "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nWhy?<|eot_id|>";
    assert_eq!(turns(llama), [(Speaker::User, vec![paragraph("Why?")])]);
    let transcript = "system: Be brief.\n\nuser: Why?\nTell me: now.";
    let found = turns(transcript);
    assert_eq!(found[0], (Speaker::System, vec![paragraph("Be brief.")]));
    assert_eq!(found.len(), 2);
    let anthropic = "\n\nHuman: Why?\n\nAssistant: Because.";
    assert_eq!(turns(anthropic).len(), 2);
    for sentence in ["User: press the button.", "Note: a\n\nuser: b", "Why: a"] {
        assert!(!parsed(sentence).is_marked, "{sentence}");
    }
}

#[test]
fn reasoning_and_calls_stand_apart_from_the_answer() {
    let text = "<think>\nHmm, **6 × 7**.\n</think>\n\n42\n<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": 1}}\n</tool_call>";
    let found = blocks(text);
    assert!(
        matches!(
            &found[0],
            Block::Reasoning {
                characters: 15,
                is_cut: false,
                ..
            }
        ),
        "{found:?}"
    );
    assert_eq!(found[1], paragraph("42"));
    assert!(matches!(&found[2], Block::ToolCall { name, .. } if name == "add"));
    let cut = blocks("<think>\nnot done");
    assert!(matches!(&cut[..], [Block::Reasoning { is_cut: true, .. }]));
}

#[test]
fn scripts_from_right_to_left_pass_unchanged() {
    assert_eq!(blocks("مرحبا (ABC-123)."), [paragraph("مرحبا (ABC-123).")]);
}

#[test]
fn long_texts_are_cut_until_all_is_asked_for() {
    let text = "Ein Satz.\n\n".repeat(3_000);
    let short = parsed(&text);
    assert!(short.left_out > 20_000, "{}", short.left_out);
    let whole = parse(&TextToParse {
        text,
        is_whole: true,
    });
    assert_eq!(whole.left_out, 0);
    assert_eq!(whole.blocks.len(), 3_000);
}
