//! People's judgements written out: a line for each, a line for each output, and everything as JSON.

use super::{push_exact_row, spreadsheet_row};
use assay_rating::Preference;
use assay_rating::analysis::Analysis;
use assay_rating::judgements::{Comparison, JudgedAs, Judgements, RaterInfo};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Dimension, rater and value.
type Given = (usize, usize, f64);

fn row_of(table: &Judgements, unit: usize) -> String {
    let row = table.units[unit].row;
    row.map_or(String::new(), |r| (r + 1).to_string())
}

/// A line for each judgement. A preference names both systems and who won; a row is counted from 1.
#[must_use]
pub fn long_csv(table: &Judgements) -> String {
    csv(table, spreadsheet_row)
}

/// The same with every cell as it is: for a saved evaluation, which spreadsheets don't open.
#[must_use]
pub fn exact_long_csv(table: &Judgements) -> String {
    csv(table, push_exact_row)
}

fn csv(table: &Judgements, push: fn(&mut String, &[String])) -> String {
    if !table.comparisons.is_empty() && table.ratings.is_empty() {
        return comparisons_csv(table, push);
    }
    let last = LastColumns::of(table);
    let mut out = last.head("rater,item,row,system,dimension,value");
    for r in &table.ratings {
        let line = [
            table.raters[r.rater].name.clone(),
            table.units[r.unit].name.clone(),
            row_of(table, r.unit),
            table.systems[r.system].clone(),
            table.dimensions[r.dimension].name.clone(),
            r.value.to_string(),
        ];
        let systems = [r.system, r.system];
        let key = (r.rater, r.unit, r.dimension, systems);
        push(&mut out, &last.line(line, key));
    }
    for c in &table.comparisons {
        let [a, b] = c.systems.map(|s| table.systems[s].clone());
        let line = [
            table.raters[c.rater].name.clone(),
            table.units[c.unit].name.clone(),
            row_of(table, c.unit),
            format!("{a} / {b}"),
            table.dimensions[c.dimension].name.clone(),
            won(c.preference, a, b),
        ];
        push(&mut out, &last.line(line, of_comparison(c)));
    }
    out
}

/// A judgement: rater, unit, dimension, and the systems in the table's order.
type Key = (usize, usize, usize, [usize; 2]);

fn of_comparison(c: &Comparison) -> Key {
    (c.rater, c.unit, c.dimension, in_order(c.systems))
}

fn in_order([a, b]: [usize; 2]) -> [usize; 2] {
    [a.min(b), a.max(b)]
}

/// Columns at the end of a table that only some have: what raters are, where there are models, and the reasons for
/// judgements, where there are some.
struct LastColumns<'t> {
    table: &'t Judgements,
    has_models: bool,
    reasons: BTreeMap<Key, Vec<&'t str>>,
}

impl<'t> LastColumns<'t> {
    fn of(table: &'t Judgements) -> Self {
        let mut reasons: BTreeMap<Key, Vec<&str>> = BTreeMap::new();
        let place = |name: &str| table.dimensions.iter().position(|d| d.name == name);
        for remark in &table.remarks {
            let systems = match remark.judged {
                Some(JudgedAs::Compared { systems, .. }) => in_order(systems),
                Some(JudgedAs::Rated { system, .. }) => [system, system],
                None => continue,
            };
            if let Some(dimension) = place(&remark.dimension) {
                let key = (remark.rater, remark.unit, dimension, systems);
                reasons.entry(key).or_default().push(&remark.text);
            }
        }
        Self {
            table,
            has_models: table.raters.iter().any(RaterInfo::is_model),
            reasons,
        }
    }

    fn head(&self, first: &str) -> String {
        let kind = if self.has_models { ",rater_kind" } else { "" };
        let reason = if self.reasons.is_empty() {
            ""
        } else {
            ",reason"
        };
        format!("{first}{kind}{reason}\n")
    }

    /// A line; several reasons for one judgement stand one below the other.
    fn line<const N: usize>(&self, line: [String; N], key: Key) -> Vec<String> {
        let kind = self.has_models.then(|| kind(self.table, key.0));
        let own = || self.reasons.get(&key).map(|all| all.join("\n\n"));
        let reason = (!self.reasons.is_empty()).then(|| own().unwrap_or_default());
        line.into_iter().chain(kind).chain(reason).collect()
    }
}

fn won(preference: Preference, first: String, second: String) -> String {
    match preference {
        Preference::First => first,
        Preference::Second => second,
        Preference::Tie => "tie".to_owned(),
        Preference::BothBad => "tie (bothbad)".to_owned(),
    }
}

/// Whether a rater is a person or a model, as a column `rater_kind` says it.
fn kind(table: &Judgements, rater: usize) -> String {
    let is_model = table.raters[rater].is_model();
    if is_model { "model" } else { "person" }.to_owned()
}

fn comparisons_csv(table: &Judgements, push: fn(&mut String, &[String])) -> String {
    let last = LastColumns::of(table);
    let mut out = last.head("rater,item,row,model_a,model_b,winner");
    for c in &table.comparisons {
        let [a, b] = c.systems.map(|s| table.systems[s].clone());
        let line = [
            table.raters[c.rater].name.clone(),
            table.units[c.unit].name.clone(),
            row_of(table, c.unit),
            a.clone(),
            b.clone(),
            won(c.preference, a, b),
        ];
        push(&mut out, &last.line(line, of_comparison(c)));
    }
    out
}

/// A line for each output that was rated: for each dimension the mean, how many rated it, and what each
/// rater gave.
#[must_use]
pub fn wide_csv(table: &Judgements) -> String {
    let mut out = String::new();
    let mut head = ["item", "row", "system"].map(str::to_owned).to_vec();
    for d in &table.dimensions {
        head.push(d.name.clone());
        head.push(format!("{} n", d.name));
        head.extend(
            table
                .raters
                .iter()
                .map(|r| format!("{} {}", d.name, r.name)),
        );
    }
    spreadsheet_row(&mut out, &head);
    let mut cells: BTreeMap<(usize, usize), Vec<Given>> = BTreeMap::new();
    for r in &table.ratings {
        let list = cells.entry((r.unit, r.system)).or_default();
        list.push((r.dimension, r.rater, r.value));
    }
    for ((unit, system), list) in cells {
        let mut line = vec![
            table.units[unit].name.clone(),
            row_of(table, unit),
            table.systems[system].clone(),
        ];
        for d in 0..table.dimensions.len() {
            let own: Vec<f64> = list.iter().filter(|c| c.0 == d).map(|c| c.2).collect();
            let mean = own.iter().sum::<f64>() / own.len() as f64;
            line.push(if own.is_empty() {
                String::new()
            } else {
                mean.to_string()
            });
            line.push(own.len().to_string());
            for rater in 0..table.raters.len() {
                let given = list.iter().find(|c| (c.0, c.1) == (d, rater));
                line.push(given.map_or(String::new(), |c| c.2.to_string()));
            }
        }
        spreadsheet_row(&mut out, &line);
    }
    out
}

/// The judgements and what they mean.
#[must_use]
pub fn json(table: &Judgements, analysis: &Analysis) -> Value {
    let (mut table, mut analysis) = (json!(table), json!(analysis));
    for dimension in table["dimensions"].as_array_mut().into_iter().flatten() {
        flatten_scale(&mut dimension["scale"]);
    }
    for result in analysis["dimensions"].as_array_mut().into_iter().flatten() {
        flatten_scale(&mut result["dimension"]["scale"]);
    }
    json!({
        "tool": "assay",
        "version": env!("CARGO_PKG_VERSION"),
        "judgements": table,
        "analysis": analysis,
    })
}

/// Writes a scale as an object that names its kind in `scale`, whatever else it has beside it.
fn flatten_scale(scale: &mut Value) {
    let (kind, fields) = match scale.take() {
        Value::Object(variant) => match variant.into_iter().next() {
            Some((kind, fields)) => (Value::String(kind), fields),
            None => return,
        },
        kind => (kind, json!({})),
    };
    *scale = fields;
    scale["scale"] = kind;
}
