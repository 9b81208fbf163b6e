//! A table: long (a column for the dimension, one for the value), wide (a column for each dimension), or
//! a column for each rater. Preferences stand as `winner` between two models, or as 0, 1 and 2.

use super::super::answers::Preference;
use super::builder::{About, Builder, Reasoned};
use super::columns::{
    ALL, Columns, DIMENSION, FIRST, Kind, RATER, SECOND, SYSTEM, VALUE, WINNER, WON, by_name, tells,
};
use super::rationale::{RATIONALE, column_of, is_column};
use super::unused::{Skipped, Unused};
use super::values::{Given, given_in, number_in};
use assay_data::Table;

/// Whether the names of a table's columns are those of judgements: who won between two systems, or who judges and, beside
/// numbers, which system.
pub(super) fn is_of_judgements(table: &Table) -> bool {
    let columns = Columns::of(table);
    let has = |names: &[&str]| columns.named(names).is_some();
    let mut numbers = (0..table.names().len()).filter(|c| {
        let mut cells = table.column(*c).iter().flatten().peekable();
        cells.peek().is_some() && cells.all(|cell| cell.trim().parse::<f64>().is_ok())
    });
    let is_battle = has(FIRST) && has(SECOND) && (has(WINNER) || has(&WON[..1]));
    is_battle || (has(RATER) && has(SYSTEM) && numbers.next().is_some())
}

/// Reads a table.
pub(super) fn read(table: &Table, builder: &mut Builder) {
    let columns = Columns::of(table);
    let raters = columns.rater_columns();
    let pair = columns.named(FIRST).zip(columns.named(SECOND));
    let winner = columns.named(WINNER).map(Winner::Named);
    let winner = winner.or_else(|| {
        let [first, second, tie] = WON.map(|name| columns.named(&[name]));
        Some(Winner::Marked([first?, second?], tie))
    });
    if let (Some((first, second)), Some(winner)) = (pair, winner) {
        battles(&columns, [first, second], winner, builder);
    } else if !raters.is_empty() {
        by_rater(&columns, &raters, builder);
    } else {
        rows(&columns, builder);
    }
}

/// Where a table says who won.
#[derive(Debug, Clone, Copy)]
enum Winner {
    /// A column names the winner.
    Named(usize),
    /// A column of 1 and 0 for each, and one for ties.
    Marked([usize; 2], Option<usize>),
}

/// Two models and who won, as in the Arena's logs.
fn battles(columns: &Columns<'_>, pair: [usize; 2], winner: Winner, builder: &mut Builder) {
    let (rater, reasons) = (columns.named(RATER), columns.named(RATIONALE));
    let dimension = match winner {
        Winner::Named(column) => columns.table.names()[column].as_str(),
        Winner::Marked(..) => "winner",
    };
    for row in 0..columns.table.rows() {
        let [Some(a), Some(b)] = pair.map(|c| columns.cell(Some(c), row)) else {
            builder.skip(Skipped::NoWinner);
            continue;
        };
        let preference = match winner {
            Winner::Named(column) => columns
                .cell(Some(column), row)
                .and_then(|won| named(won.trim(), [a, b])),
            Winner::Marked(each, tie) => marked(columns, row, each, tie),
        };
        let Some(preference) = preference else {
            builder.skip(Skipped::NoWinner);
            continue;
        };
        let unit = columns.unit(row);
        let who = columns.rater(rater, row);
        if let Some(kind) = columns.rater_kind(row, &who) {
            builder.declare(&who, kind);
        }
        let about = About {
            rater: &who,
            unit: &unit,
            dimension,
        };
        builder.prefer(about, [a, b], preference);
        let words = columns.cell(reasons, row).map(str::to_owned);
        let reasoned = match columns.is_swapped(row) {
            Some(true) => Reasoned::Pair([b, a], preference.turned()),
            _ => Reasoned::Pair([a, b], preference),
        };
        builder.explain(about, reasoned, words);
        match columns.is_swapped(row) {
            Some(true) => builder.play(about, [b, a], preference.turned()),
            Some(false) => builder.play(about, [a, b], preference),
            None => {}
        }
    }
}

fn named(won: &str, [a, b]: [&str; 2]) -> Option<Preference> {
    Some(match won.to_lowercase().as_str() {
        "model_a" | "model_1" | "a" | "1" | "first" | "left" => Preference::First,
        "model_b" | "model_2" | "b" | "2" | "second" | "right" => Preference::Second,
        "tie" | "tie (inconsistent)" | "0" | "=" => Preference::Tie,
        "tie (bothbad)" | "both_bad" | "bothbad" => Preference::BothBad,
        _ if won == a => Preference::First,
        _ if won == b => Preference::Second,
        _ => return None,
    })
}

fn marked(
    columns: &Columns<'_>,
    row: usize,
    each: [usize; 2],
    tie: Option<usize>,
) -> Option<Preference> {
    let holds = |column: Option<usize>| columns.cell(column, row).and_then(number_in) == Some(1.0);
    match (each.map(|c| holds(Some(c))), holds(tie)) {
        ([true, false], false) => Some(Preference::First),
        ([false, true], false) => Some(Preference::Second),
        ([false, false], true) => Some(Preference::Tie),
        _ => None,
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
            match (given_in(cell), compares) {
                (Given::Number(value), false) => {
                    let system = columns.cell(system, row).unwrap_or(ALL);
                    builder.rate(about, system, value);
                }
                (Given::Number(value), true) if [0.0, 1.0, 2.0].contains(&value) => {
                    let preference = match value as u8 {
                        1 => Preference::First,
                        2 => Preference::Second,
                        _ => Preference::Tie,
                    };
                    let [a, b] = &systems;
                    builder.prefer(about, [a, b], preference);
                }
                (_, false) => builder.skip(Skipped::NotANumber),
                (_, true) => builder.skip(Skipped::NoWinner),
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

/// Which columns of a table with a rater a row hold what.
struct Layout {
    /// The dimension and the value, where each value has a row.
    long: Option<(usize, usize)>,
    /// Columns of values, where each dimension has one, with the columns of the reasons for them.
    wide: Vec<(usize, Option<usize>)>,
    /// The reason for all that is said in a row.
    reasons: Option<usize>,
}

impl Layout {
    fn of(columns: &Columns<'_>, builder: &mut Builder) -> Self {
        // Langfuse calls its scores' names so; of other tables it may be anything's name.
        let scores = columns.named(&["traceid", "trace_id"]).is_some();
        let dimension = columns
            .named(DIMENSION)
            .filter(|&column| columns.names_dimensions(column))
            .or_else(|| columns.named(&["name"]).filter(|_| scores));
        let long = dimension.zip(columns.named(VALUE));
        let reasons = columns.named(RATIONALE);
        let wide = match long {
            Some(_) => Vec::new(),
            None => qualities(columns, columns.named(RATER).is_some(), builder),
        };
        // The only reason in a row is that of its only value.
        let only = reasons.filter(|_| wide.len() == 1);
        let reason = |column: usize| column_of(&columns.names, &columns.names[column]).or(only);
        Self {
            long,
            reasons,
            wide: wide.into_iter().map(|c| (c, reason(c))).collect(),
        }
    }

    /// The cells of values in a row, with the names of their dimensions and the reasons.
    fn cells<'t>(&self, columns: &'t Columns<'_>, row: usize) -> Vec<(&'t str, [&'t str; 2])> {
        let cell = |column: Option<usize>| columns.cell(column, row);
        let words = |column: Option<usize>| cell(column).unwrap_or_default();
        let long = self.long.and_then(|(dimension, value)| {
            let name = cell(Some(dimension))?;
            Some((name, [cell(Some(value))?, words(self.reasons)]))
        });
        let wide = self.wide.iter().filter_map(|(column, reason)| {
            let value = cell(Some(*column))?;
            Some((columns.dimension(*column), [value, words(*reason)]))
        });
        long.into_iter().chain(wide).collect()
    }

    /// The reason for several values in a row, with the name of its column.
    fn of_several<'t>(&self, columns: &'t Columns<'_>, row: usize) -> Option<[&'t str; 2]> {
        let column = self.reasons.filter(|_| self.wide.len() > 1)?;
        let words = columns.cell(Some(column), row)?;
        Some([columns.table.names()[column].trim(), words])
    }
}

/// A rater a row, long or wide.
fn rows(columns: &Columns<'_>, builder: &mut Builder) {
    let (rater, system) = (columns.named(RATER), columns.named(SYSTEM));
    let layout = Layout::of(columns, builder);
    for row in 0..columns.table.rows() {
        let unit = columns.unit(row);
        let who = columns.rater(rater, row);
        if let Some(kind) = columns.rater_kind(row, &who) {
            builder.declare(&who, kind);
        }
        let about = |dimension| About {
            rater: &who,
            unit: &unit,
            dimension,
        };
        let system = columns.cell(system, row).unwrap_or(ALL);
        for (dimension, cells) in layout.cells(columns, row) {
            take(about(dimension), system, cells, builder);
        }
        if let Some([name, words]) = layout.of_several(columns, row) {
            let several = Reasoned::Several(Some(system));
            builder.explain(about(name), several, Some(words.to_owned()));
        }
    }
}

/// Takes a cell and the reason for it.
fn take(about: About<'_>, system: &str, [cell, words]: [&str; 2], builder: &mut Builder) {
    let words = Some(words.to_owned());
    match given_in(cell) {
        Given::Number(value) => {
            builder.rate(about, system, value);
            builder.explain(about, Reasoned::Output(system, value), words);
        }
        Given::Preference(preference) => {
            builder.prefer(about, ["left", "right"], preference);
            let reasoned = Reasoned::Pair(["left", "right"], preference);
            builder.explain(about, reasoned, words);
        }
        Given::Other => builder.skip(Skipped::NotANumber),
    }
}

/// The columns of a wide table that are rated; why the others are not, is noted.
fn qualities(columns: &Columns<'_>, has_rater: bool, builder: &mut Builder) -> Vec<usize> {
    let kinds: Vec<Kind> = (0..columns.names.len()).map(|c| columns.kind(c)).collect();
    let wrapped = kinds.contains(&Kind::Wrapped);
    let judge = |column: usize| match (kinds[column], by_name(&columns.names[column])) {
        (Kind::Wrapped, _) => Ok(()),
        (_, Some(reason)) => Err(reason),
        (Kind::Words | Kind::Empty, None) => Err(Unused::Words),
        // Without a rater's column a table of numbers may be anything: only what says so is a rating.
        (Kind::Numbers | Kind::Points, None) if !has_rater && !columns.is_marked(column) => {
            Err(Unused::TaskData)
        }
        // Where a tool has marked its judgements, other numbers came with the task.
        (Kind::Numbers, None) if wrapped => Err(Unused::TaskData),
        (Kind::Numbers | Kind::Points, None) => Ok(()),
    };
    let mut found = Vec::new();
    for column in (0..columns.names.len()).filter(|&c| !tells(&columns.names[c])) {
        match judge(column) {
            Ok(()) => found.push(column),
            Err(_) if kinds[column] == Kind::Empty => {}
            Err(Unused::Words) if is_column(&columns.names[column]) => {}
            Err(reason) => builder.leave_out(&columns.table.names()[column], reason),
        }
    }
    found
}
