//! Which metrics and tokenisers suit a data set, and why: what the page offers at first.

use super::glance::{cells, rows};
use super::kind::kind;
use assay_data::{DataSet, Role};
use assay_metrics::answer::Indices;
use assay_metrics::registry::{ALL, MetricSpec};
use assay_metrics::{
    Bleu, Chrf, Cmrc, PassAtK, PassRate, QaKind, Repetition, Rouge, RougeKind, SquadQa,
};
use assay_results::task_kind::TaskKind;
use assay_text::BleuTokenizer;
use assay_text::outcome::outcome;
use assay_text::rouge::RougeTokenizer;
use assay_text::script::{Script, dominant};

/// Rows in a hundred that make a writing system count although most rows are in another.
const MIXED_PERCENT: usize = 10;

/// The writing system that the metrics have to cope with: that of the references (of the outputs
/// when there are none). In mixed data the one without spaces decides, because its tokenisers
/// leave the other's words whole.
pub fn script(data: &DataSet) -> Script {
    let mut columns = data.columns_with(Role::Reference);
    if columns.is_empty() {
        columns = data.columns_with(Role::Hypothesis);
    }
    let (mut looked, mut counts) = (0, [0usize; 3]);
    let kinds = [Script::Chinese, Script::Japanese, Script::Korean];
    for row in rows(data) {
        looked += 1;
        let found = dominant(columns.iter().filter_map(|&c| data.table.cell(c, row)));
        if let Some(kind) = kinds.iter().position(|&k| k == found) {
            counts[kind] += 1;
        }
    }
    // A short Japanese row without kana passes for Chinese; among Japanese rows it is not.
    let commonest = if counts[1] * 4 > counts[0] && counts[1] > counts[2] {
        1
    } else {
        usize::from(counts[2] > counts[0]) * 2
    };
    let found = counts.iter().sum::<usize>();
    if found * 100 >= looked * MIXED_PERCENT && found > 0 {
        kinds[commonest]
    } else {
        Script::SpaceSeparated
    }
}

/// The metrics to begin with. Where words are not apart by spaces BLEU takes a tokeniser that
/// splits characters, and ROUGE the zh-char variant.
pub fn metrics(script: Script) -> Vec<MetricSpec> {
    let tokenize = match script {
        Script::Chinese => BleuTokenizer::Zh,
        Script::Japanese | Script::Korean => BleuTokenizer::Char,
        Script::SpaceSeparated => BleuTokenizer::V13a,
    };
    let tokenizer = match script {
        Script::SpaceSeparated | Script::Korean => RougeTokenizer::Default,
        _ => RougeTokenizer::ZhChar,
    };
    // SQuAD's normalisation takes Chinese without spaces for one word.
    let answers: [MetricSpec; 2] = match script {
        Script::Chinese | Script::Japanese => {
            [QaKind::ExactMatch, QaKind::TokenF1].map(|kind| MetricSpec::Cmrc(Cmrc { kind }))
        }
        _ => [SquadQa::exact_match(), SquadQa::token_f1()].map(MetricSpec::SquadQa),
    };
    let rouge = |kind| {
        MetricSpec::Rouge(Rouge {
            kind,
            use_stemmer: false,
            tokenizer,
        })
    };
    let mut specs = vec![
        MetricSpec::Bleu(Bleu {
            tokenize,
            ..Bleu::default()
        }),
        MetricSpec::Chrf(Chrf::default()),
        MetricSpec::Chrf(Chrf::plus_plus()),
        rouge(RougeKind::N(1)),
        rouge(RougeKind::N(2)),
        rouge(RougeKind::L),
    ];
    specs.extend(answers);
    specs
}

/// The metrics to begin with where there is no reference to compare with.
pub fn without_reference(script: Script) -> Vec<MetricSpec> {
    let names = [
        Repetition::distinct(1),
        Repetition::distinct(2),
        Repetition::repeated(4),
    ];
    let specs = names.map(|metric| suited(MetricSpec::Repetition(metric), script));
    specs.to_vec()
}

/// The metrics that suit a data set at first: those of its kind of task.
pub fn usual(data: &DataSet) -> Vec<MetricSpec> {
    let script = script(data);
    // Where nothing was written, as in logs of likelihoods, there is nothing to score but what the file measures.
    let is_blank = |(column, _): &(usize, &str)| data.blank_outputs(*column) == data.table.rows();
    if data.systems().iter().all(is_blank) {
        return Vec::new();
    }
    let named = |names: &[&str]| -> Vec<MetricSpec> {
        let specs = names.iter().filter_map(|n| MetricSpec::named(n).ok());
        specs.map(|spec| suited(spec, script)).collect()
    };
    let answers: [&str; 2] = match script {
        Script::Chinese | Script::Japanese => ["cmrc_em", "cmrc_f1"],
        _ => ["em", "f1"],
    };
    let kind = kind(data);
    match kind {
        TaskKind::Text => metrics(script),
        TaskKind::Open => without_reference(script),
        TaskKind::Choice => named(&["choice", "em"]),
        TaskKind::ChoiceFromZero | TaskKind::ChoiceFromOne => {
            let specs = named(&["choice"]).into_iter();
            specs.map(|spec| counted(spec, kind)).collect()
        }
        TaskKind::Number => named(&["number", "em"]),
        TaskKind::Degree => named(&["mae", "rmse"]),
        TaskKind::Math => named(&["math", "em"]),
        TaskKind::Json => named(&["json", "em", "levenshtein", "chrf"]),
        TaskKind::Answer => {
            let mut specs = named(&answers);
            specs.extend(named(&["contains", "chrf", "rougeL", "bleu"]));
            specs
        }
        TaskKind::Outcome => outcomes(data),
    }
}

/// A metric of chosen letters with the option that says for which letters numbers stand.
fn counted(mut spec: MetricSpec, kind: TaskKind) -> MetricSpec {
    if let MetricSpec::Choice(choice) = &mut spec {
        choice.index = match kind {
            TaskKind::ChoiceFromZero => Indices::FromZero,
            TaskKind::ChoiceFromOne => Indices::FromOne,
            _ => Indices::None,
        };
    }
    spec
}

/// Pass@k for the usual k that there are samples for.
fn outcomes(data: &DataSet) -> Vec<MetricSpec> {
    let outcomes = cells(data, Role::Hypothesis).into_iter();
    let least = outcomes.filter_map(|t| Some(outcome(t)?.samples)).min();
    let k = [1, 5, 10, 100]
        .into_iter()
        .filter(|k| least.is_some_and(|n| *k <= n));
    let all = k.map(|k| MetricSpec::PassAtK(PassAtK { k }));
    std::iter::once(MetricSpec::PassRate(PassRate))
        .chain(all)
        .collect()
}

/// The metrics of which a data set has what they need, in options that suit it, by their names in the
/// registry.
pub fn possible(data: &DataSet) -> Vec<(&'static str, MetricSpec)> {
    let (script, kind) = (script(data), kind(data));
    let referenced = data.column_with(Role::Reference).is_some();
    let prompted = data.column_with(Role::Source).is_some();
    let named = |name: &&'static str| {
        let spec = counted(suited(MetricSpec::named(name).ok()?, script), kind);
        let metric = spec.scoring();
        let has_all = (referenced || !metric.properties().needs_reference)
            && (prompted || !metric.properties().against_source);
        (has_all && !metric.properties().needs_encoder).then_some((*name, spec))
    };
    ALL.iter().filter_map(named).collect()
}

/// A metric with options that suit a writing system, where its usual ones see no words.
pub fn suited(mut spec: MetricSpec, script: Script) -> MetricSpec {
    for (option, value) in options(&spec, script) {
        // All of these are options and values that the metrics have; a test holds them to it.
        let _ = spec.set(option, value);
    }
    spec
}

/// The options that suit a writing system better than a metric's usual ones.
fn options(spec: &MetricSpec, script: Script) -> &'static [(&'static str, &'static str)] {
    match (spec, script) {
        (_, Script::SpaceSeparated) => &[],
        (MetricSpec::Ter(_), _) => &[("normalized", "true"), ("asian_support", "true")],
        (MetricSpec::Meteor(_), Script::Chinese) => &[("tokens", "zh")],
        (MetricSpec::Meteor(_), Script::Japanese) => &[("tokens", "char")],
        (MetricSpec::Bleu(_), Script::Chinese) => &[("tokenize", "zh")],
        (MetricSpec::Bleu(_), Script::Japanese | Script::Korean) => &[("tokenize", "char")],
        (MetricSpec::Rouge(_), Script::Chinese | Script::Japanese) => &[("tokenizer", "zh-char")],
        (MetricSpec::BleuNltk(_), Script::Chinese) => &[("tokenize", "zh")],
        (MetricSpec::BleuNltk(_), Script::Japanese) => &[("tokenize", "char")],
        (MetricSpec::TfIdf(_), Script::Chinese) => &[("terms", "zh")],
        (MetricSpec::TfIdf(_), Script::Japanese) => &[("terms", "char")],
        (MetricSpec::Repetition(_), Script::Chinese) => &[("tokenize", "zh")],
        (MetricSpec::Repetition(_), Script::Japanese) => &[("tokenize", "char")],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_data::Importer;

    fn script_of(text: &str) -> Script {
        let mut importer = Importer::new("a.csv");
        importer.push(text.as_bytes()).unwrap();
        script(&DataSet::join(vec![importer.finish().unwrap()]).unwrap())
    }

    #[test]
    fn advised_options_can_be_set_for_every_script() {
        let scripts = [
            Script::Chinese,
            Script::Japanese,
            Script::Korean,
            Script::SpaceSeparated,
        ];
        let mut set = 0;
        for (name, script) in ALL.iter().flat_map(|n| scripts.map(|s| (n, s))) {
            let mut spec = MetricSpec::named(name).unwrap();
            for (option, value) in options(&spec.clone(), script) {
                spec.set(option, value).unwrap();
                set += 1;
            }
            assert_eq!(spec, suited(MetricSpec::named(name).unwrap(), script));
        }
        assert!(set > 0);
    }

    #[test]
    fn chinese_answers_are_scored_as_in_cmrc_and_english_ones_as_in_squad() {
        let topics = |script| -> Vec<&str> {
            let specs = metrics(script);
            specs
                .iter()
                .map(|s| s.scoring().properties().topic)
                .collect()
        };
        assert!(
            topics(Script::Chinese).contains(&"cmrc")
                && !topics(Script::Chinese).contains(&"squad")
        );
        assert!(topics(Script::SpaceSeparated).contains(&"squad"));
        assert!(!topics(Script::SpaceSeparated).contains(&"cmrc"));
    }

    #[test]
    fn one_chinese_row_in_two_decides_and_one_in_thirty_does_not() {
        assert_eq!(
            script_of("reference,a\nplain words here,x y\n今天天气很好,z\n"),
            Script::Chinese
        );
        let many = "plain words here,x\n".repeat(30);
        assert_eq!(
            script_of(&format!("reference,a\n{many}今天天气很好,z\n")),
            Script::SpaceSeparated
        );
        assert_eq!(
            script_of("reference,a\n今日はいい天気です,x y\n東京,z\n"),
            Script::Japanese
        );
    }
}
