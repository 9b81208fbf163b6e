//! A table: long (a column for the dimension, one for the value), wide (a column for each dimension), or
//! a column for each rater. Preferences stand as `winner` between two models, or as 0, 1 and 2.

use super::super::answers::Preference;
use super::builder::{About, Builder};
use super::values::number_in;
use assay_data::Table;

const RATER: &[&str] = &[
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
    "评分人",
    "标注员",
    "评分员",
    "标注者",
];
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
const SYSTEM: &[&str] = &[
    "system",
    "model",
    "system_id",
    "model_id",
    "system_name",
    "model_name",
    "系统",
    "模型",
];
const DIMENSION: &[&str] = &[
    "dimension",
    "question",
    "criterion",
    "aspect",
    "metric",
    "维度",
    "指标",
];
const VALUE: &[&str] = &["value", "rating", "score", "评分", "得分", "分数"];
const FIRST: &[&str] = &[
    "model_a", "model1", "model_1", "system_a", "system1", "system_1",
];
const SECOND: &[&str] = &[
    "model_b", "model2", "model_2", "system_b", "system2", "system_2",
];
const WINNER: &[&str] = &["winner", "preference", "preferred", "chosen"];
/// The one who judges where no column tells.
const ALL: &str = "all";

struct Columns<'a> {
    table: &'a Table,
    names: Vec<String>,
}

impl Columns<'_> {
    fn named(&self, list: &[&str]) -> Option<usize> {
        list.iter()
            .find_map(|name| self.names.iter().position(|n| n == name))
    }

    fn cell(&self, column: Option<usize>, row: usize) -> Option<&str> {
        self.table
            .cell(column?, row)
            .filter(|c| !c.trim().is_empty())
    }

    /// What is judged in a row, by all columns that tell it.
    fn unit(&self, row: usize) -> String {
        // A column of this name says it alone; what else there is says where it comes from.
        if let Some(item) = self.cell(self.named(&["item", "item_id"]), row) {
            return item.to_owned();
        }
        let columns = (0..self.names.len()).filter(|&c| UNIT.contains(&self.names[c].as_str()));
        let cells: Vec<&str> = columns.filter_map(|c| self.table.cell(c, row)).collect();
        if cells.is_empty() {
            (row + 1).to_string()
        } else {
            cells.join(" · ")
        }
    }

    /// `annotator1`, `rater_2`: a rater's name where the column is one's own.
    fn rater_columns(&self) -> Vec<usize> {
        let is = |name: &String| {
            RATER.iter().any(|r| {
                let rest = name
                    .strip_prefix(r)
                    .map(|n| n.trim_start_matches(['_', ' ', '-']));
                rest.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
            })
        };
        (0..self.names.len())
            .filter(|&c| is(&self.names[c]))
            .collect()
    }

    /// Whether nearly all cells of a column are numbers.
    fn is_numeric(&self, column: usize) -> bool {
        let cells = self.table.column(column).iter().flatten();
        let (mut numbers, mut all) = (0, 0);
        for cell in cells.filter(|c| !c.trim().is_empty()).take(500) {
            numbers += usize::from(cell.trim().parse::<f64>().is_ok());
            all += 1;
        }
        all > 0 && numbers * 10 >= all * 9
    }
}

/// Reads a table.
pub(super) fn read(table: &Table, builder: &mut Builder) {
    let names = table
        .names()
        .iter()
        .map(|n| n.trim().to_lowercase())
        .collect();
    let columns = Columns { table, names };
    let raters = columns.rater_columns();
    let pair = (columns.named(FIRST), columns.named(SECOND));
    let winner = columns.named(WINNER);
    if let ((Some(first), Some(second)), Some(winner)) = (pair, winner) {
        battles(&columns, [first, second, winner], builder);
    } else if !raters.is_empty() {
        by_rater(&columns, &raters, builder);
    } else {
        rows(&columns, builder);
    }
}

/// Two models and who won, as in the Arena's logs.
fn battles(columns: &Columns<'_>, [first, second, winner]: [usize; 3], builder: &mut Builder) {
    let rater = columns.named(RATER);
    for row in 0..columns.table.rows() {
        let systems = [first, second].map(|c| columns.cell(Some(c), row));
        let ([Some(a), Some(b)], Some(won)) = (systems, columns.cell(Some(winner), row)) else {
            builder.pass_over();
            continue;
        };
        let won = won.trim();
        let preference = match won.to_lowercase().as_str() {
            "model_a" | "a" | "1" | "first" | "left" => Preference::First,
            "model_b" | "b" | "2" | "second" | "right" => Preference::Second,
            "tie" | "0" | "=" => Preference::Tie,
            "tie (bothbad)" | "both_bad" | "bothbad" => Preference::BothBad,
            _ if won == a => Preference::First,
            _ if won == b => Preference::Second,
            _ => {
                builder.pass_over();
                continue;
            }
        };
        let unit = columns.unit(row);
        let about = About {
            rater: columns.cell(rater, row).unwrap_or(ALL),
            unit: &unit,
            dimension: &columns.table.names()[winner],
        };
        builder.prefer(about, [a, b], preference);
    }
}

/// A column for each rater: values, or preferences between `response1` and `response2`.
fn by_rater(columns: &Columns<'_>, raters: &[usize], builder: &mut Builder) {
    let has = |name: &str| columns.names.iter().any(|n| n == name);
    let compares = has("response1") && has("response2") || columns.named(FIRST).is_some();
    let system = columns.named(SYSTEM);
    for row in 0..columns.table.rows() {
        let unit = columns.unit(row);
        let systems = pair_of(columns, row);
        for &column in raters {
            let Some(cell) = columns.cell(Some(column), row) else {
                continue;
            };
            let about = About {
                rater: &columns.table.names()[column],
                unit: &unit,
                dimension: if compares { "preference" } else { "rating" },
            };
            match (number_in(cell), compares) {
                (Some(value), false) => {
                    let system = columns.cell(system, row).unwrap_or(ALL);
                    builder.rate(about, system, value);
                }
                (Some(value), true) if [0.0, 1.0, 2.0].contains(&value) => {
                    let preference = match value as u8 {
                        1 => Preference::First,
                        2 => Preference::Second,
                        _ => Preference::Tie,
                    };
                    let [a, b] = &systems;
                    builder.prefer(about, [a, b], preference);
                }
                _ => builder.pass_over(),
            }
        }
    }
}

/// The two systems of a row: by their columns, by a key such as PandaLM's `cmp_key`, or by place.
fn pair_of(columns: &Columns<'_>, row: usize) -> [String; 2] {
    let named = [FIRST, SECOND].map(|list| columns.cell(columns.named(list), row));
    if let [Some(a), Some(b)] = named {
        return [a.to_owned(), b.to_owned()];
    }
    let key = columns.cell(columns.named(&["cmp_key"]), row);
    match key.and_then(|k| k.split_once('_')) {
        Some((a, b)) => [a.to_owned(), b.to_owned()],
        None => ["response1".to_owned(), "response2".to_owned()],
    }
}

/// A rater a row, long or wide.
fn rows(columns: &Columns<'_>, builder: &mut Builder) {
    let (rater, system) = (columns.named(RATER), columns.named(SYSTEM));
    let (dimension, value) = (columns.named(DIMENSION), columns.named(VALUE));
    let taken = |c: usize| {
        Some(c) == rater || Some(c) == system || UNIT.contains(&columns.names[c].as_str())
    };
    let wide: Vec<usize> = match (dimension, value) {
        (Some(_), Some(_)) => Vec::new(),
        // Without a rater's column a table of numbers may be anything: only what says so is a rating.
        _ => (0..columns.names.len())
            .filter(|&c| !taken(c) && columns.is_numeric(c))
            .filter(|&c| rater.is_some() || columns.names[c].starts_with("scores."))
            .collect(),
    };
    for row in 0..columns.table.rows() {
        let unit = columns.unit(row);
        let who = columns.cell(rater, row).unwrap_or(ALL);
        let about = |dimension| About {
            rater: who,
            unit: &unit,
            dimension,
        };
        let system = columns.cell(system, row).unwrap_or(ALL);
        if let (Some(name), Some(cell)) = (columns.cell(dimension, row), columns.cell(value, row)) {
            match number_in(cell) {
                Some(value) => builder.rate(about(name), system, value),
                None => builder.pass_over(),
            }
        }
        for &column in &wide {
            let name = &columns.table.names()[column];
            let name = name.strip_prefix("scores.").unwrap_or(name);
            match columns.cell(Some(column), row).map(number_in) {
                Some(Some(value)) => builder.rate(about(name), system, value),
                Some(None) => builder.pass_over(),
                None => {}
            }
        }
    }
}
