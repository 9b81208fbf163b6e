//! Numbers in a file that measure a system's outputs: `judge_base` and `judge_tuned` are the measure `judge` of the
//! systems `base` and `tuned`.

use crate::cell_content::number;
use crate::column_names::{is_generic, is_measure};
use crate::data_set::DataSet;
use crate::names::LOWER_IS_BETTER;
use crate::roles::Role;

/// A measure with its columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its name, without a system's.
    pub name: String,
    /// For each system, in order, the column that holds its numbers.
    pub columns: Vec<Option<usize>>,
    /// Whether a lower value is the better one: as a person said, else by its name.
    pub lower: bool,
    /// The least value there can be and the greatest, where a person said so.
    pub range: Option<[f64; 2]>,
}

impl Measure {
    /// The value in a row of a system's column: a number, or yes and no as 1 and 0.
    #[must_use]
    pub fn value(&self, data: &DataSet, system: usize, row: usize) -> Option<f64> {
        let column = (*self.columns.get(system)?)?;
        value_of(data.table.cell(column, row)?)
    }
}

/// A cell as a number. What is not finite is no number that could be averaged.
pub(crate) fn value_of(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    match cell.to_ascii_lowercase().as_str() {
        "true" | "yes" | "pass" | "passed" | "correct" | "是" | "通过" | "正确" => {
            return Some(1.0);
        }
        "false" | "no" | "fail" | "failed" | "incorrect" | "否" | "未通过" | "错误" => {
            return Some(0.0);
        }
        _ => {}
    }
    number(cell).filter(|x| x.is_finite())
}

impl DataSet {
    /// The measures that the file holds: columns of that role, by name and system.
    #[must_use]
    pub fn measures(&self) -> Vec<Measure> {
        let all = self.all_systems();
        let names = self.names_in_file();
        let shown = self.systems();
        let place_of = |column: usize| shown.iter().position(|s| s.0 == column);
        let mut measures: Vec<Measure> = Vec::new();
        for column in self.columns_with(Role::Measure) {
            let Some((name, system)) = self.measured_by(column, &names) else {
                continue;
            };
            // Of a hidden system nothing is shown.
            let Some(system) = place_of(all[system].column) else {
                continue;
            };
            let said = self.measure_settings.get(&column);
            let known = measures.iter().position(|m| m.name == name);
            let place = known.unwrap_or_else(|| {
                measures.push(Measure {
                    lower: is_lower_better(&name),
                    range: None,
                    name,
                    columns: vec![None; shown.len()],
                });
                measures.len() - 1
            });
            let measure = &mut measures[place];
            measure.lower = said.and_then(|s| s.lower).unwrap_or(measure.lower);
            measure.range = said.and_then(|s| s.range).or(measure.range);
            // Of two columns of one system and measure the first counts.
            measures[place].columns[system].get_or_insert(column);
        }
        measures
    }

    /// What a column measures, and of which of all systems: as a person said, else as its name says. `names` are
    /// those that systems have in the file.
    fn measured_by(&self, column: usize, names: &[&str]) -> Option<(String, usize)> {
        let said = self.measure_settings.get(&column).and_then(|s| s.system);
        let systems = self.all_systems();
        let place = |wanted| systems.iter().position(|s| s.column == wanted);
        let named = self.measure_of(column, names);
        match said.and_then(place) {
            Some(system) => {
                let name = named.map(|(name, _)| name);
                let own = || self.table.names()[column].trim().to_owned();
                Some((name.unwrap_or_else(own), system))
            }
            None => named,
        }
    }

    /// What a column measures, and of which of the systems that are shown.
    pub(crate) fn measured_and_shown(&self, column: usize) -> Option<(String, usize)> {
        let (name, system) = self.measured_by(column, &self.names_in_file())?;
        let column = self.all_systems()[system].column;
        let shown = self.systems();
        Some((name, shown.iter().position(|s| s.0 == column)?))
    }

    /// The names of all systems as the file has them, which its other columns refer to.
    fn names_in_file(&self) -> Vec<&str> {
        let systems = self.all_systems().into_iter();
        let names = systems.map(|system| self.table.names()[system.column].as_str());
        names.collect()
    }

    /// What a column measures, and of which system.
    fn measure_of(&self, column: usize, systems: &[&str]) -> Option<(String, usize)> {
        let name = self.table.names()[column].trim();
        match systems {
            [] => None,
            [only] => {
                // `answer_relevancy` is no measure of a system called `answer`.
                let own = (!is_generic(only)).then(|| without(name, only)).flatten();
                Some((own.unwrap_or_else(|| name.to_owned()), 0))
            }
            _ => named_after(name, systems),
        }
    }

    /// Gives numbers that measure a system the role of a measure.
    pub(crate) fn find_measures(&mut self) {
        let systems = self.names_in_file().into_iter().map(str::to_owned);
        let systems: Vec<String> = systems.collect();
        let systems: Vec<&str> = systems.iter().map(String::as_str).collect();
        for column in 0..self.roles.len() {
            let is_number = self.roles[column] == Role::Number;
            let is_verdict = self.roles[column] == Role::Slice && self.is_yes_or_no(column);
            let measures = match systems[..] {
                [] => false,
                [_] => says_measure(&self.table.names()[column]),
                _ => named_after(&self.table.names()[column], &systems).is_some(),
            };
            if measures && (is_number || is_verdict) {
                self.roles[column] = Role::Measure;
            }
        }
    }

    /// Whether a column says yes or no in every row, or that the check itself failed.
    fn is_yes_or_no(&self, column: usize) -> bool {
        let mut cells = self.table.column(column).iter().flatten().peekable();
        let is_number = |cell: &str| cell.trim().parse::<f64>().is_ok();
        let is_error = |cell: &str| cell.trim().eq_ignore_ascii_case("error");
        let is_answer = |cell: &str| value_of(cell).is_some() && !is_number(cell);
        cells.peek().is_some() && cells.all(|c| is_answer(c) || is_error(c))
    }
}

/// Whether a column's name says that it measures: it has a word for that.
pub(crate) fn says_measure(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    is_measure(&lower) && !words.any(|word| POSITIONS.contains(&word))
}

/// Words that say where in a file or a training a row stands, and not how good an output is.
const POSITIONS: [&str; 4] = ["step", "epoch", "index", "rank"];

fn is_lower_better(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| LOWER_IS_BETTER.contains(&word))
        || LOWER_IS_BETTER
            .iter()
            .any(|word| !word.is_ascii() && lower.contains(word))
}

const SEPARATORS: [char; 12] = ['_', '.', '-', ' ', '/', ':', '(', ')', '（', '）', '[', ']'];

/// The name without a system's, which has to stand at either end and apart; nothing where it does not, or where
/// nothing is left.
fn without(name: &str, system: &str) -> Option<String> {
    let system = system.trim();
    let (lower, wanted) = (name.to_lowercase(), system.to_lowercase());
    // Lower case may have another length in bytes, where places would be wrong.
    if lower.len() != name.len() || wanted.is_empty() {
        return None;
    }
    let cleaned = |rest: &str| {
        let rest = rest.trim_matches(SEPARATORS);
        (!rest.is_empty()).then(|| rest.to_owned())
    };
    // Chinese words are not set apart: 微调前评分.
    let is_apart = |rest: &str| {
        let next = rest.chars().next();
        rest.starts_with(SEPARATORS) || (!wanted.is_ascii() && next.is_some_and(|c| !c.is_ascii()))
    };
    if let Some(rest) = lower.strip_prefix(&wanted)
        && is_apart(rest)
    {
        return cleaned(name.get(name.len() - rest.len()..)?);
    }
    let body = lower.trim_end_matches([')', '）', ']', ' ']);
    let rest = body.strip_suffix(&wanted)?;
    rest.ends_with(SEPARATORS)
        .then(|| cleaned(name.get(..rest.len())?))?
}

/// What tells systems apart in their names: `base` and `tuned` of `output_base` and `output_tuned`.
fn distinct_parts<'a>(systems: &[&'a str]) -> Vec<&'a str> {
    let Some(first) = systems.first() else {
        return Vec::new();
    };
    let is_shared_start = |n: usize| systems.iter().all(|s| s.get(..n) == first.get(..n));
    let starts = first
        .char_indices()
        .filter(|(_, c)| SEPARATORS.contains(c))
        .map(|(at, c)| at + c.len_utf8());
    let start = starts.filter(|&n| is_shared_start(n)).max().unwrap_or(0);
    systems.iter().map(|s| &s[start..]).collect()
}

/// What a column measures, and the place of the system in its name. The longest name that fits counts. Of two columns
/// of one name the second has a number, as the second system of one name has: `judge (base) (2)` is of `base (2)`.
fn named_after(name: &str, systems: &[&str]) -> Option<(String, usize)> {
    let twin = name.rsplit_once(" (").and_then(|(first, number)| {
        let number = number.strip_suffix(')')?;
        number.parse::<usize>().ok()?;
        let of_first = without(first, systems.iter().find(|s| without(first, s).is_some())?)?;
        let system = systems.iter().position(|system| {
            let own = system.strip_suffix(&format!(" ({number})"));
            own.is_some_and(|own| without(first, own).is_some())
        })?;
        Some((of_first, system))
    });
    if twin.is_some() {
        return twin;
    }
    let parts = distinct_parts(systems);
    let full = systems.iter().enumerate();
    let found = full.chain(parts.iter().enumerate()).filter_map(|(i, s)| {
        let rest = without(name, s)?;
        Some((s.len(), rest, i))
    });
    let (_, rest, system) = found.max_by_key(|(length, ..)| *length)?;
    Some((rest, system))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::data;

    fn found(csv: &str) -> Vec<(String, Vec<bool>, bool)> {
        let measures = data(csv).measures().into_iter();
        let columns = |m: &Measure| m.columns.iter().map(Option::is_some).collect();
        measures
            .map(|m| (m.name.clone(), columns(&m), m.lower))
            .collect()
    }

    #[test]
    fn numbers_that_are_named_after_systems_are_measures() {
        let csv = "question,reference,base,tuned,judge_base,judge_tuned,latency_ms tuned,step\n\
            Why so?,because it is so,it is so,because,3,5,120.5,1\nHow so?,so it is,so,so it is,4,4,99.5,2\n";
        assert_eq!(
            found(csv),
            [
                ("judge".to_owned(), vec![true, true], false),
                ("latency_ms".to_owned(), vec![false, true], true),
            ]
        );
        let data = data(csv);
        let judge = &data.measures()[0];
        assert_eq!(judge.value(&data, 1, 0), Some(5.0));
    }

    #[test]
    fn less_memory_and_less_time_are_better() {
        let csv = "reference,base,tuned,显存 base,显存 tuned,peak_memory_gb base,peak_memory_gb tuned,时延 base,时延 tuned\n\
            a b c,a b c d,x y z,900,600,9,6,20,10\nd e f,d e,d e f,901,601,9.5,6.5,21,11\n";
        let found = found(csv);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|(.., lower)| *lower), "{found:?}");
    }

    #[test]
    fn what_systems_names_share_is_not_needed() {
        let csv = "reference,output_base,output_tuned,score_base,score_tuned,passed (output_tuned)\n\
            a b c,a b c d,x y z,0.5,0.25,true\nd e f,d e,d e f,1,0.75,false\n";
        let names: Vec<String> = found(csv).into_iter().map(|m| m.0).collect();
        assert_eq!(names, ["score", "passed"]);
        let data = data(csv);
        let passed = &data.measures()[1];
        assert_eq!(passed.columns[0], None);
        assert_eq!(passed.value(&data, 1, 0), Some(1.0));
        assert_eq!(passed.value(&data, 1, 1), Some(0.0));
    }

    #[test]
    fn chinese_names_of_measures_need_no_separator() {
        let csv = "参考答案,微调前,微调后,微调前评分,微调后评分\n因为下雨了,下雨吧,因为下雨了,2,5\n因为天黑了,天黑吧,因为天黑了,1,4\n";
        assert_eq!(found(csv), [("评分".to_owned(), vec![true, true], false)]);
    }

    #[test]
    fn with_one_system_a_word_for_a_measure_is_enough() {
        let csv = "reference,output,judge_score,pages\na b c,a b,0.5,3\nd e,d e f,0.7,4\n";
        let names: Vec<String> = found(csv).into_iter().map(|m| m.0).collect();
        assert_eq!(names, ["judge_score"]);
    }

    #[test]
    fn cells_that_are_no_finite_numbers_have_no_value() {
        assert_eq!(value_of("1e999"), None);
        assert_eq!(value_of("NaN"), None);
        assert_eq!(value_of(" 通过 "), Some(1.0));
        assert_eq!(value_of("-2.5"), Some(-2.5));
    }
}
