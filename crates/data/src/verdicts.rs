//! Columns of promptfoo's CSV: named `[provider] prompt`, and in each cell a verdict before the output, `[PASS] text`.
//! The output becomes the provider's, and the verdict a column of its own. Newer versions write the verdict and the scores
//! in columns after the output (`Status`, `Score`, `Metric: NAME`), which become the provider's too.

use super::column::TextColumn;
use super::import::Imported;
use super::table::Table;

const VERDICTS: [&str; 3] = ["PASS", "FAIL", "ERROR"];
/// What newer versions write after an output and is no score.
const SAID: [&str; 3] = ["Named Scores", "Grader Reason", "Comment"];
/// Characters of a prompt that tell two of one provider apart.
const PROMPT: usize = 40;

/// The file with verdicts and outputs apart; others stay as they are.
#[must_use]
pub fn apart(mut file: Imported) -> Imported {
    if file.roles.is_some() || !file.table.names().iter().any(|n| provider(n).is_some()) {
        return file;
    }
    let systems = systems(file.table.names());
    let mut table = Table::default();
    let mut last = None;
    let columns = std::mem::take(&mut file.table).into_columns();
    for ((name, column), system) in columns.zip(systems) {
        last = system.or(last);
        let Some(own) = &last else {
            table.add(&name, column);
            continue;
        };
        if provider(&name).is_some() {
            match split(&column) {
                Some((verdicts, outputs)) => {
                    table.add(own, outputs);
                    table.add(&format!("{own} verdict"), verdicts);
                }
                None => {
                    table.add(own, column);
                }
            }
            continue;
        }
        match plain(&name) {
            "Status" => table.add(&format!("{own} verdict"), column),
            "Score" => table.add(&format!("score ({own})"), column),
            said if SAID.contains(&said) => {
                file.left_out.insert(said.to_owned());
                continue;
            }
            other => match other.strip_prefix("Metric: ") {
                Some(metric) => table.add(&format!("{metric} ({own})"), column),
                None => table.add(&name, column),
            },
        };
    }
    file.table = table;
    file
}

/// For each column the system whose outputs it holds: its provider, with the beginning of the prompt where several
/// prompts are of one provider.
fn systems(names: &[String]) -> Vec<Option<String>> {
    let providers: Vec<Option<&str>> = names.iter().map(|name| provider(name)).collect();
    let each = names.iter().zip(&providers);
    let named = each.map(|(name, provider)| {
        let own = (*provider)?;
        let is_one = providers
            .iter()
            .filter(|other| **other == Some(own))
            .count()
            == 1;
        let prompt = name.split_once(']').map_or("", |(_, prompt)| prompt.trim());
        Some(match is_one {
            true => own.to_owned(),
            false => with_prompt(own, prompt),
        })
    });
    named.collect()
}

/// A provider with the beginning of one of its prompts.
pub(crate) fn with_prompt(provider: &str, prompt: &str) -> String {
    let words: Vec<&str> = prompt.split_whitespace().collect();
    let beginning: String = words.join(" ").chars().take(PROMPT).collect();
    format!("{provider} · {}", beginning.trim())
}

/// A column's name without the number that tells it from others of that name.
fn plain(name: &str) -> &str {
    match name.rsplit_once(" (") {
        Some((plain, number)) if number.trim_end_matches(')').parse::<usize>().is_ok() => plain,
        _ => name,
    }
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

    #[test]
    fn verdicts_and_scores_in_columns_of_their_own_are_the_providers() {
        let text = "question,[openai:a] Answer,Status,Score,Named Scores,Metric: tone,Grader Reason,Comment,\
            [openai:b] Answer,Status,Score,Named Scores,Metric: tone,Grader Reason,Comment\n\
            Q1,it is not so,FAIL,0.25,{},0.5,so said,,it is so,PASS,1.00,{},0.75,fine,\n\
            Q2,that way,PASS,1.00,{},0.5,so said,,this way,PASS,1.00,{},1.00,fine,\n";
        let mut importer = Importer::new("output.csv");
        importer.push(text.as_bytes()).unwrap();
        let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        let names: Vec<&str> = data.systems().into_iter().map(|s| s.1).collect();
        assert_eq!(names, ["openai:a", "openai:b"]);
        let measures = data.measures();
        let named: Vec<&str> = measures.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(named, ["verdict", "score", "tone"]);
        assert_eq!(measures[0].value(&data, 0, 0), Some(0.0));
        assert_eq!(measures[1].value(&data, 1, 0), Some(1.0));
        assert_eq!(measures[2].value(&data, 1, 1), Some(1.0));
    }

    #[test]
    fn prompts_of_one_provider_are_systems_of_their_own() {
        let text = "question,[openai:a] Be brief: {{question}},[openai:a] Think: {{question}}\n\
            Q1,[PASS] yes it is,[FAIL] no it is not\nQ2,[PASS] it is so,[PASS] it is so then\n";
        let mut importer = Importer::new("output.csv");
        importer.push(text.as_bytes()).unwrap();
        let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        let names: Vec<&str> = data.systems().into_iter().map(|s| s.1).collect();
        let expected = [
            "openai:a · Be brief: {{question}}",
            "openai:a · Think: {{question}}",
        ];
        assert_eq!(names, expected);
    }
}
