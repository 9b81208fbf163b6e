//! The columns of a table of judgements: what their names say, in English and Chinese, and what their cells hold.

use super::literal::opened;
use super::unused::Unused;
use super::values::{Given, given_in, person, plain_number};
use crate::judgements::RaterKind;
use assay_data::Table;

/// Names of the column that says who judges.
pub(super) const RATER: &[&str] = &[
    "rater",
    "annotator",
    "user",
    "user_id",
    "worker",
    "worker_id",
    "judge",
    "evaluator",
    "coder",
    "completed_by",
    "rater_id",
    "rater_name",
    "annotator_id",
    "annotator_name",
    "annotator_index",
    "reviewer",
    "labeler",
    "labeller",
    "authorusername",
    "author_user_name",
    "authoruserid",
    "评分人",
    "标注员",
    "评分员",
    "标注者",
    "标注人",
    "评审",
    "评委",
];
/// The one who judges, and the system that is judged, where no column tells.
pub(super) const ALL: &str = "all";
/// Names of columns that say what is judged.
const UNIT: &[&str] = &[
    "item",
    "id",
    "idx",
    "row",
    "segment",
    "seg",
    "seg_id",
    "segment_id",
    "unit",
    "doc",
    "doc_id",
    "document",
    "question_id",
    "example_id",
    "item_id",
    "task_id",
    "编号",
    "题号",
    "序号",
];
/// Of these, names that say it alone; other ids beside them are those of the judgement.
const ITEM: &[&str] = &["item", "item_id", "example_id", "traceid", "trace_id"];
/// Names of the column of the turn that is judged in a conversation.
const TURN: &[&str] = &["turn", "轮次"];
/// Names of the column that says whose output is judged.
pub(super) const SYSTEM: &[&str] = &[
    "system",
    "model",
    "system_id",
    "model_id",
    "system_name",
    "model_name",
    "generator",
    "系统",
    "模型",
    "系统名称",
    "模型名称",
];
/// Names of the column that names the dimension of a value in its row.
pub(super) const DIMENSION: &[&str] = &[
    "dimension",
    "question",
    "criterion",
    "aspect",
    "metric",
    "维度",
    "指标",
];
/// Names of the column of values.
pub(super) const VALUE: &[&str] = &["value", "rating", "score", "评分", "得分", "分数"];
/// Names of the column of the first of two systems.
pub(super) const FIRST: &[&str] = &[
    "model_a", "model1", "model_1", "system_a", "system1", "system_1",
];
/// Names of the column of the second.
pub(super) const SECOND: &[&str] = &[
    "model_b", "model2", "model_2", "system_b", "system2", "system_2",
];
/// Names of the column that says which of the two is better.
pub(super) const WINNER: &[&str] = &["winner", "preference", "preferred", "chosen"];
/// The columns of the Arena's releases that say so with 1 and 0.
pub(super) const WON: [&str; 3] = ["winner_model_a", "winner_model_b", "winner_tie"];
/// Names of the column that says whether the second system was shown first.
pub(super) const SWAPPED: &[&str] = &[
    "is_flipped",
    "flipped",
    "swapped",
    "is_swapped",
    "order_swapped",
    "顺序交换",
];
/// Names of the column that says whether a person or a model judges.
pub(super) const RATER_KIND: &[&str] = &[
    "rater_kind",
    "rater_type",
    "annotator_type",
    "judge_type",
    "标注员类型",
];
/// What the names of ratings begin with where no column names a rater: UniEval, Braintrust, LangSmith.
const PREFIXES: [&str; 4] = ["scores.", "feedback.", "feedback_stats.", "ratings."];
/// What they end with where more is said of each.
const SUFFIXES: [&str; 3] = [".score", ".value", ".avg"];
/// Cells of a column that are looked at.
const SAMPLE: usize = 500;
/// The greatest number that is taken for points beside values that a tool has marked as judgements.
const MOST_POINTS: f64 = 10.0;

/// Most dimensions of a table.
const MAX_DIMENSIONS: usize = 50;
/// Bytes of a dimension's name; what is longer is a text.
const LONGEST: usize = 60;

/// A table, with its columns' names in lower case and `_` between words.
pub(super) struct Columns<'a> {
    pub table: &'a Table,
    pub names: Vec<String>,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nearly all are numbers, or words for yes and no.
    Numbers,
    /// The same, and they are whole and from 0 to 10.
    Points,
    /// Nearly all are judgements in JSON.
    Wrapped,
    /// Something else.
    Words,
    /// There are none.
    Empty,
}

/// A name in lower case with `_` between words; the first of a list stands for the list.
fn normalised(name: &str) -> String {
    let name = name.trim();
    let name = name.strip_suffix("[0]").unwrap_or(name);
    name.to_lowercase().replace([' ', '-'], "_")
}

impl<'a> Columns<'a> {
    pub(super) fn of(table: &'a Table) -> Self {
        let names = table.names().iter().map(|name| normalised(name)).collect();
        Self { table, names }
    }

    /// The first column with one of these names.
    pub(super) fn named(&self, list: &[&str]) -> Option<usize> {
        list.iter()
            .find_map(|name| self.names.iter().position(|n| n == name))
    }

    /// A cell that is there and not blank.
    pub(super) fn cell(&self, column: Option<usize>, row: usize) -> Option<&str> {
        self.table
            .cell(column?, row)
            .filter(|c| !c.trim().is_empty())
    }

    /// What is judged in a row, by all columns that tell it.
    pub(super) fn unit(&self, row: usize) -> String {
        let item = self.cell(self.named(ITEM), row).map(str::to_owned);
        let named = item.or_else(|| {
            let columns = (0..self.names.len()).filter(|&c| UNIT.contains(&self.names[c].as_str()));
            let cells: Vec<&str> = columns.filter_map(|c| self.table.cell(c, row)).collect();
            (!cells.is_empty()).then(|| cells.join(" · "))
        });
        let named = named.unwrap_or_else(|| (row + 1).to_string());
        match self.cell(self.named(TURN), row) {
            Some(turn) => format!("{named} · {turn}"),
            None => named,
        }
    }

    /// Who judges in a row: what the cell says, or who the object in it is.
    pub(super) fn rater(&self, column: Option<usize>, row: usize) -> String {
        // Where some rows have a list, its first is a column beside that of the others.
        let same = |c: &usize| column.is_some_and(|own| self.names[own] == self.names[*c]);
        let alike = (0..self.names.len()).filter(same);
        let mut cells = alike.filter_map(|c| self.cell(Some(c), row));
        let Some(cell) = cells.next() else {
            return ALL.to_owned();
        };
        let opened = opened(cell).as_ref().and_then(person);
        opened.unwrap_or_else(|| cell.to_owned())
    }

    /// Who a rater is, where a column says so.
    pub(super) fn rater_kind(&self, row: usize, rater: &str) -> Option<RaterKind> {
        let cell = self.cell(self.named(RATER_KIND), row)?;
        let name = || rater.to_owned();
        match cell.trim().to_lowercase().as_str() {
            "model" | "llm" | "ai" | "machine" | "模型" => {
                Some(RaterKind::Model { name: name() })
            }
            "person" | "human" | "people" | "人" | "人工" => Some(RaterKind::Person),
            _ => None,
        }
    }

    /// Whether the second system was shown first; nothing where no column says so.
    pub(super) fn is_swapped(&self, row: usize) -> Option<bool> {
        match self
            .cell(self.named(SWAPPED), row)?
            .trim()
            .to_lowercase()
            .as_str()
        {
            "true" | "1" | "yes" | "是" => Some(true),
            "false" | "0" | "no" | "否" => Some(false),
            _ => None,
        }
    }

    /// `annotator1`, `rater_2`: a rater's name where the column is one's own.
    pub(super) fn rater_columns(&self) -> Vec<usize> {
        let is = |name: &String| {
            RATER.iter().any(|r| {
                let rest = name.strip_prefix(r).map(|n| n.trim_start_matches('_'));
                rest.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
            })
        };
        (0..self.names.len())
            .filter(|&c| is(&self.names[c]))
            .collect()
    }

    /// What the cells of a column are.
    pub(super) fn kind(&self, column: usize) -> Kind {
        let cells = self.table.column(column).iter().flatten();
        let (mut numbers, mut wrapped, mut all) = (0, 0, 0);
        let mut points = true;
        for cell in cells.filter(|c| !c.trim().is_empty()).take(SAMPLE) {
            all += 1;
            if let Some(number) = plain_number(cell) {
                numbers += 1;
                points &= number.fract() == 0.0 && (0.0..=MOST_POINTS).contains(&number);
            } else if opened(cell).is_some() && given_in(cell) != Given::Other {
                wrapped += 1;
            }
        }
        let nearly = |count: usize| count * 10 >= all * 9;
        if all == 0 {
            Kind::Empty
        } else if wrapped > 0 && (nearly(wrapped + numbers) || wrapped * 2 >= all) {
            // Choices in words stand beside those that are numbers.
            Kind::Wrapped
        } else if nearly(numbers) {
            if points { Kind::Points } else { Kind::Numbers }
        } else {
            Kind::Words
        }
    }

    /// Whether the cells of a column under one of [`DIMENSION`]'s names are dimensions: a question may also be the
    /// one that the systems answered.
    pub(super) fn names_dimensions(&self, column: usize) -> bool {
        if self.names[column] != "question" {
            return true;
        }
        let cells = self.table.column(column).iter().flatten().take(SAMPLE);
        let mut distinct: Vec<&str> = cells.collect();
        distinct.sort_unstable();
        distinct.dedup();
        let asks = |cell: &&&str| cell.trim_end().ends_with(['?', '？']) || cell.len() > LONGEST;
        distinct.len() <= MAX_DIMENSIONS
            && distinct.iter().filter(asks).count() * 2 < distinct.len()
    }

    /// Whether a column's name alone says that it is of ratings.
    pub(super) fn is_marked(&self, column: usize) -> bool {
        let name = self.names[column].as_str();
        PREFIXES.iter().any(|prefix| name.starts_with(prefix))
    }

    /// The dimension that a column of ratings is of.
    pub(super) fn dimension(&self, column: usize) -> &str {
        let name = self.table.names()[column].trim();
        if !self.is_marked(column) {
            return name;
        }
        let (_, name) = name.split_once('.').unwrap_or(("", name));
        let mut ends = SUFFIXES.iter();
        ends.find_map(|end| name.strip_suffix(end)).unwrap_or(name)
    }
}

/// Whether a column of this name says what is judged, by whom or of which system.
pub(super) fn tells(name: &str) -> bool {
    let name = normalised(name);
    let lists = [RATER, UNIT, ITEM, TURN, SYSTEM, RATER_KIND, SWAPPED];
    lists.iter().any(|list| list.contains(&name.as_str()))
}

/// Why a column of this name holds no ratings, where the name says so.
pub(super) fn by_name(name: &str) -> Option<Unused> {
    const IDS: [&str; 9] = [
        "uuid", "guid", "index", "hash", "inner_id", "key", "编号", "题号", "序号",
    ];
    const TIMES: [&str; 14] = [
        "time",
        "timestamp",
        "date",
        "datetime",
        "ts",
        "tstamp",
        "duration",
        "seconds",
        "elapsed",
        "createdat",
        "updatedat",
        "时间",
        "日期",
        "耗时",
    ];
    const TIME_ENDS: [&str; 7] = [
        "_at",
        "_time",
        "_date",
        "_timestamp",
        "_seconds",
        "_secs",
        "_ms",
    ];
    const MEASURED: [&str; 18] = [
        "length",
        "len",
        "tokens",
        "cost",
        "price",
        "latency",
        "seed",
        "temperature",
        "top_p",
        "top_k",
        "year",
        "age",
        "count",
        "agreement",
        "长度",
        "字数",
        "费用",
        "成本",
    ];
    const MEASURED_ENDS: [&str; 9] = [
        "_tokens", "_count", "_length", "_len", "_chars", "_words", "_cost", "_price", "_latency",
    ];
    const MEASURED_STARTS: [&str; 4] = ["num_", "n_", "price_", "total_"];
    let name = normalised(name);
    let is = |list: &[&str]| list.contains(&name.as_str());
    let ends = |list: &[&str]| list.iter().any(|end| name.ends_with(end));
    if is(&IDS) || name == "id" || ends(&["_id", "_hash", "_uuid"]) || name.starts_with("unnamed:")
    {
        Some(Unused::Identifier)
    } else if is(&TIMES) || ends(&TIME_ENDS) || name.starts_with("time_") {
        Some(Unused::Time)
    } else if is(&MEASURED)
        || ends(&MEASURED_ENDS)
        || MEASURED_STARTS.iter().any(|start| name.starts_with(start))
    {
        Some(Unused::Measurement)
    } else {
        None
    }
}
