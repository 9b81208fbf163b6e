//! Numbers that say how much: how alike two texts are, how good one is. Which of a table's numbers is the right one, and
//! which ones systems predicted.

use super::cell_content::{SAMPLE, number};
use super::column_names::{is_measure, is_prediction, without_said};
use super::names::{PREDICTION, SLICE, TEXT};
use super::role::Role;
use super::text_pairs::VERDICTS;
use super::whole::{Whole, of_role};
use assay_stats::correlation::pearson;

/// Two-sided p-value of a correlation below which it is no chance.
const CERTAIN: f64 = 0.02;
/// Pearson's correlation from which on numbers beside a pair of texts are predictions of its degree. Far below what a
/// poor model reaches, and far above what the length of a text does.
const LEAST: f64 = 0.3;
/// First words of a name that say that people or the data set gave a number.
const GIVEN: [&str; 9] = [
    "gold", "human", "true", "target", "expected", "人工", "真实", "标准", "实际",
];
/// Words for a degree.
const DEGREES: [&str; 12] = [
    "score",
    "scores",
    "similarity",
    "relatedness",
    "rating",
    "label",
    "value",
    "评分",
    "得分",
    "分数",
    "相似度",
    "值",
];

/// Whether a name says that people or the data set gave the degree in the column: `gold_score`, `人工评分`.
pub(crate) fn is_given_degree(name: &str) -> bool {
    GIVEN.iter().any(|first| {
        let rest = name.strip_prefix(first).unwrap_or_default();
        DEGREES.contains(&rest.trim_start_matches(['_', '.', '的']))
    })
}

/// Whether a name says that a system predicted the number in the column: `bert_pred`, `微调预测`.
fn says_predicted(name: &str) -> bool {
    let is_word = |word: &&str| name == *word || (!word.is_ascii() && name.ends_with(*word));
    is_prediction(name) || without_said(name).is_some() || PREDICTION.iter().any(is_word)
}

/// Whether a name measures something that is no degree, such as `latency`.
fn measures_something_else(name: &str) -> bool {
    let is_degree = DEGREES.iter().any(|word| name.ends_with(word));
    is_measure(name) && !is_degree
}

impl Whole<'_> {
    /// Numbers that systems predicted are outputs, and the number that they predict is the reference. Beside a pair of
    /// texts the numbers themselves show what predicts the degree; elsewhere only names do.
    pub(crate) fn take_predicted_degrees_for_outputs(&self, roles: &mut [Role]) {
        let mut written = of_role(roles, Role::Hypothesis);
        written.retain(|column| !self.contents[*column].numeric);
        // What may be what a number is about, where numbers are predicted.
        let has_written = written.iter().any(|c| !TEXT.contains(&self.name(*c)));
        let Some(right) = self.given_degree(roles).filter(|_| !has_written) else {
            return;
        };
        let is_pair = self.judged_pair().is_some();
        let is_predicted = |column: &usize| {
            let column = *column;
            let name = self.name(column);
            let free = [
                Role::Number,
                Role::Measure,
                Role::Hypothesis,
                Role::Prediction,
                Role::Slice,
            ];
            let may_be = column != right
                && free.contains(&roles[column])
                && self.contents[column].numeric
                && !SLICE.contains(&name)
                && !measures_something_else(name);
            let goes_along = || {
                let pairs = self.numbers([column, right]);
                let (own, given): (Vec<f64>, Vec<f64>) = pairs.iter().map(|[x, y]| (x, y)).unzip();
                pearson(&own, &given)
                    .is_some_and(|r| r.value >= LEAST && r.p_value.is_some_and(|p| p < CERTAIN))
            };
            may_be && (says_predicted(name) || (is_pair && goes_along()))
        };
        let predicted: Vec<usize> = (0..roles.len()).filter(is_predicted).collect();
        // Whole numbers may be classes, however they are written: 1 and 1.0 are the same.
        let has_parts = |pair: &[f64; 2]| pair.iter().any(|number| number.fract() != 0.0);
        let are_degrees = predicted
            .iter()
            .any(|column| self.numbers([*column, right]).iter().any(has_parts));
        if !are_degrees {
            return;
        }
        roles[right] = Role::Reference;
        for column in written {
            roles[column] = Role::Source;
        }
        for column in predicted {
            roles[column] = Role::Hypothesis;
        }
    }

    /// The only column of degrees that people or the data set gave: one that says so, else one that is called as such
    /// columns often are.
    fn given_degree(&self, roles: &[Role]) -> Option<usize> {
        let may_be = [Role::Number, Role::Label, Role::Reference, Role::Slice];
        let columns = (0..roles.len())
            .filter(|column| self.contents[*column].numeric && may_be.contains(&roles[*column]));
        let columns: Vec<usize> = columns.collect();
        let only = |is: &dyn Fn(&str) -> bool| {
            let mut found = columns.iter().filter(|column| is(self.name(**column)));
            let first = found.next().copied();
            first.filter(|_| found.next().is_none())
        };
        only(&is_given_degree).or_else(|| only(&|name| VERDICTS.contains(&name)))
    }

    /// The first rows' numbers in two columns, of rows that have both.
    fn numbers(&self, columns: [usize; 2]) -> Vec<[f64; 2]> {
        let rows = 0..self.table.rows().min(SAMPLE);
        let value = |column: usize, row: usize| number(self.table.cell(column, row)?);
        let both = rows.filter_map(|row| Some([value(columns[0], row)?, value(columns[1], row)?]));
        both.collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::Role;
    use crate::roles::guess;
    use crate::testing::{data, read};
    use Role::{Hypothesis, Id, Number, Reference, Source};

    /// Ten rows with a degree, one near to it, one farther off, and a length that has nothing to do with it.
    fn table(head: &str, begin: &str) -> String {
        let rows = (0..10).map(|i| {
            let right = f64::from(i * 7 % 10) / 2.0;
            let [near, far] = [0.3, 1.4].map(|by| right + by * f64::from(i % 3 - 1));
            let length = [31, 12, 25, 40, 18, 22, 35, 9, 16, 28][i as usize];
            format!("{begin} {i},a person plays {i},{right},{near:.2},{far:.2},{length}\n")
        });
        format!("{head}\n{}", rows.collect::<String>())
    }

    fn roles(head: &str) -> Vec<Role> {
        guess(&read("a.csv", &table(head, "A man plays")).table)
    }

    #[test]
    fn numbers_that_go_with_the_degree_of_a_pair_are_predictions_of_it() {
        let expected = [Source, Source, Reference, Hypothesis, Hypothesis, Number];
        for head in [
            "sentence1,sentence2,gold_score,base,tuned,words",
            "sentence1,sentence2,score,bert_pred,tuned_pred,length",
            "sentence1,sentence2,similarity,base_score,tuned_score,length",
            "text_a,text_b,human_rating,base,tuned,tokens",
            "句子1,句子2,人工评分,基线预测,微调预测,长度",
            "句子1,句子2,相似度,基线,微调,长度",
        ] {
            assert_eq!(roles(head), expected, "{head}");
        }
        let data = data(&table(
            "sentence1,sentence2,gold_score,base,tuned,words",
            "A man",
        ));
        let codes: Vec<&str> = data.notices().iter().map(|n| n.code()).collect();
        assert!(codes.contains(&"numbers-as-outputs"), "{codes:?}");
    }

    #[test]
    fn without_a_pair_only_names_say_that_numbers_are_predicted() {
        let found = roles("id,text,human_score,base_pred,tuned_pred,length");
        let expected = [Id, Source, Reference, Hypothesis, Hypothesis, Number];
        assert_eq!(found, expected);
        let found = roles("id,text,score,latency,cost,length");
        assert!(
            !found.contains(&Reference) && !found[2..].contains(&Hypothesis),
            "{found:?}"
        );
    }

    #[test]
    fn a_pair_whose_degree_nothing_predicts_stays_as_it_was() {
        let rows = (0..10).map(|i| format!("A man plays {i},a person plays {i},{}.5\n", i % 5));
        let text = format!("sentence1,sentence2,score\n{}", rows.collect::<String>());
        let found = guess(&read("a.csv", &text).table);
        assert_eq!(found, [Source, Source, Number]);
    }

    #[test]
    fn whole_numbers_are_classes_however_they_are_written() {
        let rows = (0..12).map(|i| format!("a film to see {i},{},{}.0\n", i % 2, (i + i / 5) % 2));
        let text = format!("text,label,pred\n{}", rows.collect::<String>());
        let found = guess(&read("a.csv", &text).table);
        assert_eq!(found, [Source, Role::Label, Role::Prediction]);
    }
}
