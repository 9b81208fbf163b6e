//! Markdown as blocks. HTML in it is the text that it is, pictures are their words, and links lead only to the web or to
//! mail.

use super::code::pieces;
use super::formula::{Formulas, set_aside};
use super::limits::{Limits, MOST_DEEP};
use assay_protocol::markup::{Block, Inline, Style};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};

/// The blocks of a text, and whether there is more in it than paragraphs.
pub(crate) fn blocks(text: &str, limits: &mut Limits) -> (Vec<Block>, bool) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let (text, formulas) = set_aside(text);
    let mut tree = Tree::new(&formulas);
    for (event, place) in Parser::new_ext(&text, options).into_offset_iter() {
        if !limits.take(1) {
            tree.end_with(&text[place.start..]);
            break;
        }
        tree.take(event, limits);
    }
    tree.finish()
}

/// An element that is open, with what is in it so far.
#[derive(Default)]
struct Open<'a> {
    tag: Option<Tag<'a>>,
    blocks: Vec<Block>,
    words: Vec<Inline>,
    items: Vec<Vec<Block>>,
    cells: Vec<Vec<Inline>>,
    head: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
}

impl Open<'_> {
    /// Its blocks; words that stand in it directly are a paragraph.
    fn into_blocks(mut self) -> Vec<Block> {
        self.close_words();
        self.blocks
    }

    fn close_words(&mut self) {
        if !self.words.is_empty() {
            let content = std::mem::take(&mut self.words);
            self.blocks.push(Block::Paragraph { content });
        }
    }

    fn push(&mut self, block: Block) {
        self.close_words();
        self.blocks.push(block);
    }

    /// The words as they are in the text.
    fn into_text(self) -> String {
        let text = |word| match word {
            Inline::Text { text } | Inline::Code { text } => text,
            Inline::Break => "\n".to_owned(),
            _ => String::new(),
        };
        self.words.into_iter().map(text).collect()
    }
}

struct Tree<'a, 'f> {
    formulas: &'f Formulas,
    root: Open<'a>,
    open: Vec<Open<'a>>,
    /// How many elements are open that stand flat in the innermost one.
    flat: usize,
    is_marked: bool,
}

impl<'a, 'f> Tree<'a, 'f> {
    fn new(formulas: &'f Formulas) -> Self {
        Self {
            formulas,
            root: Open::default(),
            open: Vec::new(),
            flat: 0,
            is_marked: false,
        }
    }

    fn innermost(&mut self) -> &mut Open<'a> {
        self.open.last_mut().unwrap_or(&mut self.root)
    }

    fn take(&mut self, event: Event<'a>, limits: &mut Limits) {
        match event {
            Event::Start(_) if self.open.len() > MOST_DEEP => self.flat += 1,
            Event::End(_) if self.flat > 0 => self.flat -= 1,
            Event::Start(tag) => {
                let open = Open {
                    tag: Some(tag),
                    ..Open::default()
                };
                self.open.push(open);
            }
            Event::End(_) => {
                if let Some(closed) = self.open.pop() {
                    self.close(closed, limits);
                }
            }
            Event::Text(text) if self.is_in_code() => self.word(Inline::Text {
                text: self.formulas.restored(&text),
            }),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.text(&text, limits),
            Event::Code(text) => {
                self.is_marked = true;
                let text = self.formulas.restored(&text);
                self.word(Inline::Code { text });
            }
            // Models end lines where they mean to.
            Event::SoftBreak | Event::HardBreak => self.word(Inline::Break),
            Event::Rule => {
                self.is_marked = true;
                self.innermost().push(Block::Rule);
            }
            Event::TaskListMarker(is_done) => {
                let text = if is_done { "☑ " } else { "☐ " }.to_owned();
                self.word(Inline::Text { text });
            }
        }
    }

    fn is_in_code(&self) -> bool {
        let tag = self.open.last().and_then(|open| open.tag.as_ref());
        matches!(tag, Some(Tag::CodeBlock(_)))
    }

    fn word(&mut self, word: Inline) {
        self.innermost().words.push(word);
    }

    fn text(&mut self, text: &str, limits: &mut Limits) {
        for word in self.formulas.words(text, limits) {
            self.is_marked |= matches!(word, Inline::Formula { .. });
            match (self.innermost().words.last_mut(), word) {
                // A text comes in pieces where a sign might have begun something.
                (Some(Inline::Text { text }), Inline::Text { text: more }) => text.push_str(&more),
                (_, word) => self.word(word),
            }
        }
    }

    fn close(&mut self, mut closed: Open<'a>, limits: &mut Limits) {
        let Some(tag) = closed.tag.take() else { return };
        self.is_marked |= !matches!(tag, Tag::Paragraph | Tag::HtmlBlock | Tag::Item);
        let styled = |style, closed: Open| Inline::Styled {
            style,
            content: closed.words,
        };
        match tag {
            Tag::Heading { level, .. } => {
                let content = closed.words;
                let level = level_number(level);
                self.innermost().push(Block::Heading { level, content });
            }
            Tag::BlockQuote(_) => {
                let blocks = closed.into_blocks();
                self.innermost().push(Block::Quote { blocks });
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => first_word(&self.formulas.restored(&info)),
                    CodeBlockKind::Indented => String::new(),
                };
                let text = closed.into_text();
                let pieces = pieces(text.trim_end_matches('\n'), &language, limits);
                self.innermost().push(Block::Code { language, pieces });
            }
            Tag::List(start) => {
                let items = closed.items;
                self.innermost().push(Block::List { start, items });
            }
            Tag::Item => {
                let blocks = closed.into_blocks();
                self.innermost().items.push(blocks);
            }
            Tag::Table(_) => {
                let (head, rows) = (closed.head, closed.rows);
                self.innermost().push(Block::Table { head, rows });
            }
            Tag::TableHead => self.innermost().head = closed.cells,
            Tag::TableRow => self.innermost().rows.push(closed.cells),
            Tag::TableCell => self.innermost().cells.push(closed.words),
            Tag::Emphasis => self.word(styled(Style::Emphasis, closed)),
            Tag::Strong => self.word(styled(Style::Strong, closed)),
            Tag::Strikethrough => self.word(styled(Style::Struck, closed)),
            Tag::Link { dest_url, .. } => {
                let address = self.formulas.restored(&dest_url);
                let content = closed.words;
                match leads_out(&address) {
                    true => self.word(Inline::Link { address, content }),
                    false => self.innermost().words.extend(content),
                }
            }
            Tag::Image { .. } => self.innermost().words.extend(closed.words),
            // Paragraphs, and what is not asked for.
            _ => {
                let blocks = closed.into_blocks();
                blocks.into_iter().for_each(|b| self.innermost().push(b));
            }
        }
    }

    /// What is open is closed, and the rest of the text follows as it is.
    fn end_with(&mut self, rest: &str) {
        while let Some(open) = self.open.pop() {
            let blocks = open.into_blocks();
            blocks.into_iter().for_each(|b| self.innermost().push(b));
        }
        let text = self.formulas.restored(rest);
        self.root.push(Block::Plain { text });
        self.is_marked = true;
    }

    fn finish(self) -> (Vec<Block>, bool) {
        (self.root.into_blocks(), self.is_marked)
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn first_word(info: &str) -> String {
    let word = info.split([' ', ',', '{', ':']).next();
    word.unwrap_or_default().chars().take(24).collect()
}

/// Whether an address is one that a link may lead to; `javascript:` and the like are none.
fn leads_out(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
}
