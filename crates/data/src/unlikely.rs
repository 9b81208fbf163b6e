//! Outputs that may be none: texts that are taken for a system's because nothing says what else they are, and that have
//! hardly a word of the references where the other systems have many.

use super::baseline::is_of_a_system;
use super::column_names::is_generic;
use super::role::Role;
use super::table::Table;
use super::words::{shared, words};

/// Rows that are compared.
const ROWS: usize = 200;
/// Rows from which on words say anything.
const FEWEST: usize = 5;
/// The part of the best system's shared words below which a column is unlikely to be an output.
const UNLIKELY: f64 = 0.2;

/// The columns of such outputs.
pub(crate) fn unlikely_outputs(table: &Table, roles: &[Role]) -> Vec<usize> {
    let of_role = |role: Role| (0..roles.len()).filter(move |c| roles[*c] == role);
    let references: Vec<usize> = of_role(Role::Reference).collect();
    let outputs: Vec<usize> = of_role(Role::Hypothesis).collect();
    if references.is_empty() || outputs.len() < 2 || table.rows() < FEWEST {
        return Vec::new();
    }
    let likeness: Vec<f64> = outputs
        .iter()
        .map(|output| likeness(table, *output, &references))
        .collect();
    let best = likeness.iter().copied().fold(0.0, f64::max);
    let is_unlikely = |(column, likeness): &(&usize, f64)| {
        let name = &table.names()[**column];
        *likeness < best * UNLIKELY && !is_of_a_system(name) && !is_generic(name)
    };
    let each = outputs.iter().zip(likeness).filter(is_unlikely);
    each.map(|(column, _)| *column).collect()
}

/// The mean part of words that an output shares with its references.
fn likeness(table: &Table, output: usize, references: &[usize]) -> f64 {
    let rows = 0..table.rows().min(ROWS);
    let count = rows.len() as f64;
    let of_row = |row: usize| {
        let own = words(table.cell(output, row).unwrap_or(""));
        let each = references.iter();
        let each = each.map(|c| shared(&own, &words(table.cell(*c, row).unwrap_or(""))));
        each.fold(0.0, f64::max)
    };
    rows.map(of_row).sum::<f64>() / count
}

#[cfg(test)]
mod tests {
    use crate::testing::data;

    fn unlikely(names: &str) -> bool {
        let rows = [
            "because it is so,it is so because,checked by hand",
            "the way is that,that is the way,looked at it twice",
            "at noon on Monday,on Monday at noon,see above",
            "with four legs,it has four legs,nothing",
            "under the pot,the pot is over it,ask the porter",
        ];
        let data = data(&format!("{names}\n{}\n", rows.join("\n")));
        let codes = data.notices();
        codes
            .iter()
            .any(|notice| notice.code() == "unlikely-outputs")
    }

    #[test]
    fn texts_without_words_of_the_references_are_asked_about() {
        assert!(unlikely("reference,tuned,remarks of the office"));
        assert!(!unlikely("reference,tuned,base"));
        assert!(!unlikely("reference,tuned,response"));
    }
}
