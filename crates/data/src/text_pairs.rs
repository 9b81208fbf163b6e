//! Columns of texts that belong to each other: the languages of parallel texts, and the two sentences that a label or a
//! score is about, as in STS and NLI.

use super::column_names::{is_measure, is_remark};
use super::degrees::is_given_degree;
use super::languages::is_language;
use super::names::SLICE;
use super::role::Role;
use super::whole::{Whole, of_role};
use super::words::{shared, words};

/// Rows by which languages are distinguished.
const ROWS: usize = 100;
/// What the first of two texts is called, without its place.
const TEXTS: [&str; 15] = [
    "sentence",
    "sent",
    "text",
    "question",
    "s",
    "q",
    "phrase",
    "query",
    "paragraph",
    "passage",
    "input",
    "premise",
    "句子",
    "文本",
    "问题",
];
/// How the first and the second are distinguished.
const PLACES: [[&str; 2]; 2] = [["1", "2"], ["a", "b"]];
/// Pairs with names of their own.
const PAIRS: [[&str; 2]; 3] = [
    ["premise", "hypothesis"],
    ["anchor", "positive"],
    ["前提", "假设"],
];
/// What says of a pair how alike its texts are, or how one follows from the other.
pub(crate) const VERDICTS: [&str; 18] = [
    "label",
    "labels",
    "gold_label",
    "score",
    "scores",
    "similarity",
    "similarity_score",
    "relatedness",
    "relatedness_score",
    "is_duplicate",
    "duplicate",
    "entailment",
    "entailment_judgment",
    "quality",
    "相似度",
    "得分",
    "分数",
    "标签",
];

impl Whole<'_> {
    /// The two texts that a label or a score is about are what is judged, and no outputs.
    pub(crate) fn take_judged_pairs_for_sources(&self, roles: &mut [Role]) {
        let is_verdict = |column: &usize| {
            let name = self.name(*column);
            VERDICTS.contains(&name) || is_given_degree(name)
        };
        let is_judged = (0..roles.len()).any(|column| is_verdict(&column));
        let mut references = of_role(roles, Role::Reference);
        references.retain(|column| !is_verdict(column));
        if !is_judged || !references.is_empty() {
            return;
        }
        let Some(pair) = self.judged_pair() else {
            return;
        };
        for column in pair {
            roles[column] = Role::Source;
        }
        // How alike texts are is no class, and a class is no text to compare with.
        for column in (0..roles.len()).filter(is_verdict) {
            let is_degree = self.contents[column].numeric && self.contents[column].fractional;
            match roles[column] {
                Role::Label | Role::Reference if is_degree => roles[column] = Role::Number,
                Role::Reference => roles[column] = Role::Label,
                _ => {}
            }
        }
        self.take_their_classes_for_predictions(roles);
    }

    /// What has the classes of the label for its values is a prediction of it.
    fn take_their_classes_for_predictions(&self, roles: &mut [Role]) {
        let labels = of_role(roles, Role::Label);
        let [label] = labels[..] else {
            return;
        };
        let classes = self.classes(label);
        let is_prediction = |column: usize, role: Role| {
            let name = self.name(column);
            let is_free = matches!(role, Role::Hypothesis | Role::Slice | Role::Number);
            let is_other = SLICE.contains(&name) || is_measure(name) || is_remark(name);
            is_free && !is_other && self.holds_only(column, &classes)
        };
        for (column, role) in roles.iter_mut().enumerate() {
            if is_prediction(column, *role) {
                *role = Role::Prediction;
            }
        }
    }

    /// The two texts that a label or a score may be about.
    pub(crate) fn judged_pair(&self) -> Option<[usize; 2]> {
        let found = |first: &str, second: &str| Some([self.place(first)?, self.place(second)?]);
        let numbered = TEXTS.iter().flat_map(|text| {
            let between = ["", "_"].into_iter();
            between.flat_map(move |between| {
                PLACES.map(|places| places.map(|place| format!("{text}{between}{place}")))
            })
        });
        let named = PAIRS
            .iter()
            .find_map(|[first, second]| found(first, second));
        let pair = named.or_else(|| {
            let mut numbered = numbered;
            numbered.find_map(|[first, second]| found(&first, &second))
        })?;
        let is_text = |column: &usize| !self.contents[*column].numeric;
        pair.iter().all(is_text).then_some(pair)
    }

    /// Of parallel texts that are named by their languages, the language that systems write is the reference, and the
    /// other one the source.
    pub(crate) fn take_languages_for_parallel_texts(&self, roles: &mut [Role]) {
        let is_parallel = |column: &usize| {
            let may_be = match roles[*column] {
                Role::Hypothesis => true,
                Role::Ignored => self.name(*column).starts_with("translation."),
                _ => false,
            };
            may_be && is_language(self.name(*column)) && !self.contents[*column].numeric
        };
        let languages: Vec<usize> = (0..roles.len()).filter(is_parallel).collect();
        let mut systems = of_role(roles, Role::Hypothesis);
        systems.retain(|column| !languages.contains(column));
        if roles.contains(&Role::Reference) || roles.contains(&Role::Label) {
            return;
        }
        match (&languages[..], roles.contains(&Role::Source)) {
            ([first, second], false) => {
                let [to_first, to_second] = [first, second].map(|c| self.likeness(&systems, *c));
                let (source, target) = match to_first > to_second {
                    true => (*second, *first),
                    false => (*first, *second),
                };
                (roles[source], roles[target]) = (Role::Source, Role::Reference);
            }
            ([only], true) if !systems.is_empty() => roles[*only] = Role::Reference,
            _ => {}
        }
    }

    /// How many words the outputs of systems share with a column, over the first rows.
    fn likeness(&self, systems: &[usize], column: usize) -> f64 {
        let of = |column: usize, row: usize| words(self.table.cell(column, row).unwrap_or(""));
        let rows = 0..self.table.rows().min(ROWS);
        rows.map(|row| {
            let own = of(column, row);
            let each = systems.iter().map(|system| shared(&own, &of(*system, row)));
            each.sum::<f64>()
        })
        .sum()
    }
}

#[cfg(test)]
mod tests {
    use crate::roles::guess;
    use crate::testing::{data, read};
    use crate::{DataSet, Role};
    use Role::{Hypothesis, Id, Label, Number, Prediction, Reference, Slice, Source};

    fn roles(csv: &str) -> Vec<Role> {
        guess(&read("a.csv", csv).table)
    }

    #[test]
    fn the_language_that_systems_write_is_the_reference() {
        let german = "en,de,nllb\nThe house is red.,Das Haus ist rot.,Das Haus ist rot.\n\
            The dog sleeps now.,Der Hund schläft jetzt.,Jetzt schläft der Hund.\n\
            We go home.,Wir gehen heim.,Wir gehen nach Hause.\n";
        assert_eq!(roles(german), [Source, Reference, Hypothesis]);
        let turned = german
            .replacen("en,de", "de,en", 1)
            .replace("nllb", "opus,nllb");
        let turned = turned.replace(".\n", ".,Das Haus ist rot.\n");
        assert_eq!(
            roles(&turned)[..2],
            [Source, Reference],
            "by what is written, not by names"
        );
        let to_first = "de,en,opus\nDas Haus ist rot.,The house is red.,Das Haus ist rot.\n\
            Der Hund schläft jetzt.,The dog sleeps now.,Jetzt schläft der Hund.\n";
        assert_eq!(roles(to_first), [Reference, Source, Hypothesis]);
    }

    #[test]
    fn a_language_beside_a_source_is_the_reference_and_that_is_told() {
        let chinese = "id,src,zh,opus,qwen\n1,The house is red.,房子是红色的。,房子是红的。,这座房子是红色的。\n\
            2,The dog sleeps.,狗在睡觉。,狗睡觉。,那只狗正在睡觉。\n";
        assert_eq!(
            roles(chinese),
            [Id, Source, Reference, Hypothesis, Hypothesis]
        );
        let codes: Vec<&str> = data(chinese).notices().iter().map(|n| n.code()).collect();
        assert_eq!(codes, ["taken-for-reference"]);
        let nested = "{\"translation\": {\"en\": \"The house is red.\", \"de\": \"Das Haus ist rot.\"}, \"tuned\": \"Das Haus ist rot.\"}\n\
            {\"translation\": {\"en\": \"We go home.\", \"de\": \"Wir gehen heim.\"}, \"tuned\": \"Wir gehen nach Hause.\"}\n";
        let data = DataSet::join(vec![read("a.jsonl", nested)]).unwrap();
        let place = |role: Role| {
            data.column_with(role)
                .map(|c| data.table.names()[c].as_str())
        };
        assert_eq!(place(Reference), Some("translation.de"));
        assert_eq!(place(Source), Some("translation.en"));
    }

    #[test]
    fn columns_that_name_languages_are_properties() {
        let named = "source_lang,target_lang,source,reference,tuned\nen,de,The house.,Das Haus.,Das Haus.\n\
            en,de,We go.,Wir gehen.,Gehen wir.\n";
        assert_eq!(roles(named), [Slice, Slice, Source, Reference, Hypothesis]);
        let chinese = named.replacen("source_lang,target_lang", "源语言,目标语言", 1);
        assert_eq!(roles(&chinese)[..2], [Slice, Slice]);
    }

    #[test]
    fn pairs_of_sentences_with_a_score_are_no_outputs() {
        let similar = "sentence1,sentence2,score\nA man plays a flute.,A man is playing.,3.8\n\
            A cat eats its food.,A dog eats a bone.,1.25\nThe sky is blue today.,Today the sky is blue.,5.0\n";
        assert_eq!(roles(similar), [Source, Source, Number]);
        assert_eq!(
            roles(&similar.replacen("score", "label", 1)),
            [Source, Source, Number]
        );
        let entailed = "premise,hypothesis,label,pred\nA man plays a flute.,A man plays.,0,0\n\
            A cat eats its food.,A dog eats.,2,1\nThe sky is blue today.,It is blue.,0,0\n\
            She reads in the sun.,She is asleep.,2,2\nHe ran home at noon.,He ran.,0,0\n";
        assert_eq!(roles(entailed), [Source, Source, Label, Prediction]);
        let alone = entailed
            .lines()
            .map(|line| line.rsplit_once(',').unwrap().0.to_owned() + "\n");
        let alone: String = alone.collect();
        assert_eq!(roles(&alone), [Source, Source, Label]);
        let models = "premise,hypothesis,label,model_a,model_b\nA man plays.,A man is here.,neutral,neutral,entailment\n\
            A cat eats.,It eats.,entailment,neutral,entailment\nWe go home.,We stay.,contradiction,contradiction,neutral\n";
        assert_eq!(roles(models)[2..], [Label, Prediction, Prediction]);
        let systems = "reference,text_a,text_b,score\nthe sky is blue,it is blue,blue it is,3\n\
            the dog sleeps,a dog sleeps,dogs sleep,4\n";
        assert_eq!(roles(systems)[1..3], [Hypothesis, Hypothesis]);
    }
}
