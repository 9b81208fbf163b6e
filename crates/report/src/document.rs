//! A report as blocks of plain text, which every format is written from ([`super::markdown`],
//! [`super::html`], [`super::latex`]) and which the page shows.

use serde::{Deserialize, Serialize};

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// Whether it is a number, which stands to the right.
    pub number: bool,
}

/// A curve in a chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChartLine {
    /// Its name.
    pub name: String,
    /// Its place among the colours.
    pub place: usize,
    /// Whether it is drawn with gaps.
    pub dashed: bool,
    /// Its points.
    pub points: Vec<[f64; 2]>,
}

/// A value with its interval in a chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChartDot {
    /// Its name.
    pub name: String,
    /// The value.
    pub value: f64,
    /// The interval.
    pub interval: [f64; 2],
    /// The value as it is written.
    pub written: String,
    /// 1 for better beyond chance, -1 for worse, 0 for neither.
    pub ruling: i8,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chart {
    /// Curves.
    Lines {
        /// What the axes are called.
        axes: [String; 2],
        /// The curves.
        lines: Vec<ChartLine>,
    },
    /// Differences with their intervals, beside a line at zero.
    Dots {
        /// What the axis is called.
        axis: String,
        /// The values.
        dots: Vec<ChartDot>,
    },
}

/// A part of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading; 1 is the report's.
    Heading {
        /// Its level.
        level: u8,
        /// Its text.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: String,
    },
    /// A list.
    List {
        /// Its items.
        items: Vec<String>,
    },
    /// A table.
    Table {
        /// What it shows.
        caption: String,
        /// The head.
        head: Vec<Cell>,
        /// The rows, as long as the head.
        rows: Vec<Vec<Cell>>,
    },
    /// A chart.
    Chart {
        /// What it shows.
        caption: String,
        /// The chart.
        chart: Chart,
    },
}

/// A report in one language.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Document {
    /// The language's tag.
    pub language: String,
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A cell of words.
pub fn words(text: impl Into<String>) -> Cell {
    Cell {
        text: text.into(),
        number: false,
    }
}

/// A cell with a number.
pub fn number(text: impl Into<String>) -> Cell {
    Cell {
        text: text.into(),
        number: true,
    }
}

impl Document {
    /// Adds a heading.
    pub fn heading(&mut self, level: u8, text: String) {
        self.blocks.push(Block::Heading { level, text });
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: String) {
        self.blocks.push(Block::Paragraph { text });
    }

    /// Adds a list; none where there are no items.
    pub fn list(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.blocks.push(Block::List { items });
        }
    }

    /// Adds a table; none without rows.
    pub fn table(&mut self, caption: String, head: Vec<Cell>, rows: Vec<Vec<Cell>>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Table {
                caption,
                head,
                rows,
            });
        }
    }

    /// The report's title.
    pub fn title(&self) -> &str {
        let titles = self.blocks.iter().filter_map(|b| match b {
            Block::Heading { level: 1, text } => Some(text.as_str()),
            _ => None,
        });
        titles.into_iter().next().unwrap_or_default()
    }
}
