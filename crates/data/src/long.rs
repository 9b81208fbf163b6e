//! Outputs in long form, a row for each item and system (or, in samples of lm-evaluation-harness, for each item and
//! filter), turned over: a row for each item, a column for each system. Tables of any other form stay as they are.

use super::column::TextColumn;
use super::import::{Imported, MAX_NAME};
use super::roles::{self, Role};
use super::table::Table;
use rustc_hash::{FxHashMap, FxHashSet};

/// Columns whose value says which system wrote a row's output.
const SYSTEM: [&str; 7] = [
    "model",
    "model_name",
    "model_id",
    "system",
    "generator",
    "provider",
    "模型",
];
/// The column of lm-evaluation-harness that says which of its filters took the answer out of the output.
const FILTER: &str = "filter";
/// Systems, or filters, in one file at most; more are no systems.
const MOST: usize = 64;

/// The one system whose outputs a table holds, where a column says so in every row.
#[must_use]
pub fn system_of(table: &Table) -> Option<String> {
    let column = named(table, &SYSTEM)?;
    let mut cells = table.column(column).iter();
    let first = cells.next()??;
    let is_one = !first.trim().is_empty() && cells.all(|cell| cell == Some(first));
    is_one.then(|| first.trim().to_owned())
}

fn named(table: &Table, names: &[&str]) -> Option<usize> {
    let is = |name: &String| names.contains(&name.trim().to_lowercase().as_str());
    table.names().iter().position(is)
}

/// Where a table in long form has what.
struct Long {
    variant: usize,
    output: usize,
    roles: Vec<Role>,
    /// For each row its item's place.
    items: Vec<usize>,
    /// For each item its first row.
    first: Vec<usize>,
    /// The values of the variant, in the order in which they come first.
    variants: Vec<String>,
}

impl Long {
    fn of(table: &Table, variant: usize) -> Option<Self> {
        let roles = roles::guess(table);
        // Without ids the prompt says which item a row is of.
        let of = |wanted: Role| roles.iter().position(|role| *role == wanted);
        let id = of(Role::Id).or_else(|| of(Role::Source))?;
        let mut outputs =
            (0..roles.len()).filter(|&c| roles[c] == Role::Hypothesis && c != variant);
        let output = outputs.next().filter(|_| outputs.next().is_none())?;
        let (mut items, mut first) = (Vec::new(), Vec::new());
        let mut places = FxHashMap::default();
        let mut variants: Vec<String> = Vec::new();
        let mut seen = FxHashSet::default();
        for row in 0..table.rows() {
            let (item, value) = (table.cell(id, row)?, table.cell(variant, row)?);
            let place = *places.entry(item).or_insert_with(|| {
                first.push(row);
                first.len() - 1
            });
            items.push(place);
            // Several outputs of one system to one item are samples, which a cell each can't hold.
            if !seen.insert((place, value)) {
                return None;
            }
            if !variants.iter().any(|known| known == value) {
                // What is longer than a name is a text, and no system.
                if variants.len() == MOST || value.chars().nth(MAX_NAME).is_some() {
                    return None;
                }
                variants.push(value.to_owned());
            }
        }
        let is_long = variants.len() > 1 && first.len() < table.rows();
        is_long.then_some(Self {
            variant,
            output,
            roles,
            items,
            first,
            variants,
        })
    }

    /// Whether a column says the same in all rows of an item.
    fn is_of_item(&self, column: &TextColumn) -> bool {
        let same = |(row, item): (usize, &usize)| column.get(row) == column.get(self.first[*item]);
        self.items.iter().enumerate().all(same)
    }

    /// A column's cells in the items' first rows.
    fn of_items(&self, column: &TextColumn) -> TextColumn {
        let mut cells = TextColumn::default();
        for &row in &self.first {
            cells.push(column.get(row));
        }
        cells
    }

    /// For each item the cell of one variant's row.
    fn of_variant(&self, table: &Table, column: usize, variant: &str) -> TextColumn {
        let mut rows = vec![None; self.first.len()];
        for (row, &item) in self.items.iter().enumerate() {
            if table.cell(self.variant, row) == Some(variant) {
                rows[item] = Some(row);
            }
        }
        let mut cells = TextColumn::default();
        for row in rows {
            cells.push(row.and_then(|row| table.cell(column, row)));
        }
        cells
    }

    fn turned(&self, table: &Table, system: impl Fn(&str) -> String) -> (Table, Vec<Role>) {
        let (mut wide, mut roles) = (Table::default(), Vec::new());
        for (c, name) in table.names().iter().enumerate() {
            let column = table.column(c);
            if c == self.variant {
                continue;
            }
            if c != self.output && self.is_of_item(column) {
                wide.add(name, self.of_items(column));
                roles.push(self.roles[c]);
                continue;
            }
            for variant in &self.variants {
                let (name, role) = match c == self.output {
                    true => (system(variant), Role::Hypothesis),
                    false => (format!("{name} ({})", system(variant)), self.roles[c]),
                };
                wide.add(&name, self.of_variant(table, c, variant));
                roles.push(role);
            }
        }
        (wide, roles)
    }
}

/// The file with a row for each item, where its rows are outputs of several systems or filters. `system` names the
/// file's own system, which tells its filters from those of another file.
#[must_use]
pub fn by_item(mut file: Imported, system: Option<&str>) -> Imported {
    if file.roles.is_some() {
        return file;
    }
    let is_lm_eval = named(&file.table, &["doc_id"]).is_some();
    let filter = named(&file.table, &[FILTER]).filter(|_| is_lm_eval);
    let Some(variant) = filter.or_else(|| named(&file.table, &SYSTEM)) else {
        return file;
    };
    let Some(long) = Long::of(&file.table, variant) else {
        return file;
    };
    let name = |value: &str| match system.filter(|_| filter.is_some()) {
        Some(system) => format!("{system} · {value}"),
        None => value.to_owned(),
    };
    let (table, roles) = long.turned(&file.table, name);
    file.table = table;
    file.roles = Some(roles);
    file
}

#[cfg(test)]
mod tests {
    use crate::DataSet;
    use crate::testing::read;

    fn systems(data: &DataSet) -> Vec<(String, Vec<Option<&str>>)> {
        let cells = |c: usize| {
            (0..data.table.rows())
                .map(|r| data.table.cell(c, r))
                .collect()
        };
        let all = data.systems().into_iter();
        all.map(|(c, name)| (name.to_owned(), cells(c))).collect()
    }

    const LONG: &str = "id,model,question,reference,response\n\
        1,base,Q1,A1,x1\n1,tuned,Q1,A1,y1\n2,base,Q2,A2,x2\n";

    #[test]
    fn a_row_for_each_system_becomes_a_column_for_each() {
        let data = DataSet::join(vec![read("all.csv", LONG)]).unwrap();
        assert_eq!(
            data.table.names(),
            ["id", "question", "reference", "base", "tuned"]
        );
        let expected = [
            ("base".to_owned(), vec![Some("x1"), Some("x2")]),
            ("tuned".to_owned(), vec![Some("y1"), None]),
        ];
        assert_eq!(systems(&data), expected);
        assert_eq!(data.references(1), ["A2"]);
    }

    #[test]
    fn samples_of_one_system_stay_rows() {
        let twice = format!("{LONG}1,base,Q1,A1,x3\n");
        let data = DataSet::join(vec![read("all.csv", &twice)]).unwrap();
        assert_eq!(data.table.rows(), 4);
    }

    fn samples(right: [&str; 2]) -> String {
        let line = |doc: usize, filter: &str, answer: &str, score: u8| {
            format!(
                "{{\"doc_id\": {doc}, \"doc\": {{\"question\": \"Q{doc}\"}}, \"target\": \"{doc}\", \
                 \"resps\": [[\"it is {doc}\"]], \"filtered_resps\": [\"{answer}\"], \
                 \"filter\": \"{filter}\", \"exact_match\": {score}}}\n"
            )
        };
        let all = [
            line(0, "strict-match", right[0], 0),
            line(0, "flexible-extract", "0", 1),
            line(1, "strict-match", right[1], 1),
            line(1, "flexible-extract", "1", 1),
        ];
        all.concat()
    }

    #[test]
    fn filters_of_lm_eval_are_told_apart_and_models_too() {
        let one = DataSet::join(vec![read("samples_a.jsonl", &samples(["[invalid]", "1"]))]);
        let one = one.unwrap();
        let names: Vec<String> = systems(&one).into_iter().map(|s| s.0).collect();
        assert_eq!(names, ["strict-match", "flexible-extract"]);
        assert_eq!(one.table.rows(), 2);
        assert_eq!(one.references(1), ["1"]);
        let measures = one.measures();
        assert_eq!(measures[0].name, "exact_match");
        let scores = [0, 1].map(|system| measures[0].value(&one, system, 0));
        assert_eq!(scores, [Some(0.0), Some(1.0)]);
        let two = DataSet::join(vec![
            read("samples_a.jsonl", &samples(["[invalid]", "1"])),
            read("tuned/samples_a.jsonl", &samples(["0", "1"])),
        ]);
        let two = two.unwrap();
        let names: Vec<String> = systems(&two).into_iter().map(|s| s.0).collect();
        let expected = [
            "samples_a · strict-match",
            "samples_a · flexible-extract",
            "tuned · strict-match",
            "tuned · flexible-extract",
        ];
        assert_eq!(names, expected);
        assert_eq!(systems(&two)[2].1, [Some("0"), Some("1")]);
    }
}
