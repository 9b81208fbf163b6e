//! Columns of promptfoo's CSV: named `[provider] prompt`, and in each cell a verdict before the output, `[PASS] text`.
//! The output becomes the provider's, and the verdict a column of its own.

use super::column::TextColumn;
use super::import::Imported;
use super::table::Table;

const VERDICTS: [&str; 3] = ["PASS", "FAIL", "ERROR"];

/// The file with verdicts and outputs apart; others stay as they are.
#[must_use]
pub fn apart(mut file: Imported) -> Imported {
    if file.roles.is_some() || !file.table.names().iter().any(|n| provider(n).is_some()) {
        return file;
    }
    let mut table = Table::default();
    for (name, column) in std::mem::take(&mut file.table).into_columns() {
        let parts = provider(&name).zip(split(&column));
        let Some((provider, (verdicts, outputs))) = parts else {
            table.add(&name, column);
            continue;
        };
        table.add(provider, outputs);
        table.add(&format!("{provider} verdict"), verdicts);
    }
    file.table = table;
    file
}

/// `openai:gpt-4o` of `[openai:gpt-4o] Answer: {{question}}`.
fn provider(name: &str) -> Option<&str> {
    let (provider, _) = name.strip_prefix('[')?.split_once(']')?;
    (!provider.is_empty()).then_some(provider)
}

/// A column's verdicts and outputs, where every cell has both.
fn split(column: &TextColumn) -> Option<(TextColumn, TextColumn)> {
    let (mut verdicts, mut outputs) = (TextColumn::default(), TextColumn::default());
    for cell in column.iter() {
        let (verdict, output) = match cell {
            None => (None, None),
            Some(cell) => {
                let (verdict, output) = cell.strip_prefix('[')?.split_once(']')?;
                if !VERDICTS.contains(&verdict) {
                    return None;
                }
                let output = output.strip_prefix(' ').unwrap_or(output);
                (Some(verdict), Some(output))
            }
        };
        verdicts.push(verdict);
        outputs.push(output);
    }
    Some((verdicts, outputs))
}

#[cfg(test)]
mod tests {
    use crate::{DataSet, Importer, Role};

    #[test]
    fn a_verdict_before_an_output_is_a_column_of_its_own() {
        let text = "question,__expected,[openai:a] Answer: {{question}},[openai:b] Answer\n\
            Q1,yes,[FAIL] no,[PASS] yes\nQ2,it is,[PASS] it is,[ERROR] \n";
        let mut importer = Importer::new("output.csv");
        importer.push(text.as_bytes()).unwrap();
        let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        let names: Vec<&str> = data.systems().into_iter().map(|s| s.1).collect();
        assert_eq!(names, ["openai:a", "openai:b"]);
        assert_eq!(data.hypothesis(data.systems()[0].0, 0), "no");
        assert_eq!(data.references(1), ["it is"]);
        assert_eq!(data.roles[3], Role::Measure);
        assert_eq!(data.measures()[0].value(&data, 1, 0), Some(1.0));
    }
}
