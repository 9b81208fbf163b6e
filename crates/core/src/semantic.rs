//! Outputs compared with references by an encoder: what is still to be compared, the rows as they come out
//! of the model worker, and the metrics that they become once all are there.

use assay_data::{DataSet, Role};
use assay_lm::encoder::compare::{Compared, Segment};
use assay_metrics::registry::MetricSpec;
use assay_metrics::semantic::{BertScore, SentenceCosine, floor, recommended_layer};
use assay_results::encoder::Plan;
use assay_text::script::Script;
use serde::{Deserialize, Serialize};

/// What an encoder's files say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncoderInfo {
    /// Its fingerprint.
    pub id: String,
    /// Its folder's name.
    pub name: String,
    /// The name of the model that it was made from; empty where none is given.
    pub base_name: String,
    /// Layers.
    pub layers: usize,
    /// Bytes of its weights.
    pub bytes: u64,
}

impl EncoderInfo {
    /// The layer that a plan means: where none is named, the one that is recommended for a known model, or
    /// the last.
    #[must_use]
    pub fn layer(&self, plan: &Plan) -> usize {
        let known = [&self.name, &self.base_name];
        let known = known.iter().find_map(|name| recommended_layer(name));
        match plan.layers {
            0 => known.unwrap_or(self.layers),
            n => n.min(self.layers),
        }
    }
}

/// All segments of a plan under an encoder.
#[derive(Debug, Clone)]
pub struct Semantic {
    plan: Plan,
    encoder: EncoderInfo,
    /// The columns of the systems that are compared.
    columns: Vec<usize>,
    rows: Vec<Option<Vec<Compared>>>,
}

impl Semantic {
    /// Nothing compared yet. The plan's layer is settled.
    #[must_use]
    pub fn new(plan: Plan, encoder: EncoderInfo, data: &DataSet) -> Self {
        let layers = encoder.layer(&plan);
        Self {
            plan: Plan { layers, ..plan },
            encoder,
            columns: data.systems().iter().map(|s| s.0).collect(),
            rows: vec![None; data.table.rows()],
        }
    }

    /// Whether it is the same work, so that what is done stays.
    #[must_use]
    pub fn is(&self, plan: &Plan, encoder: &EncoderInfo) -> bool {
        let layers = encoder.layer(plan);
        self.encoder.id == encoder.id && self.plan.idf == plan.idf && self.plan.layers == layers
    }

    /// What is computed.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Segments that are compared, and segments in all.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.rows.iter().flatten().count(), self.rows.len())
    }

    /// The next segments to compare, at most `count`, each with its row.
    #[must_use]
    pub fn next(&self, data: &DataSet, count: usize) -> Vec<(usize, Segment)> {
        let missing = self.rows.iter().enumerate().filter(|(_, r)| r.is_none());
        let segment = |row: usize| {
            let columns = self.columns.iter();
            let hypotheses = columns.map(|c| data.hypothesis(*c, row).to_owned());
            let references = data.references(row).into_iter().map(str::to_owned);
            Segment {
                hypotheses: hypotheses.collect(),
                references: references.collect(),
            }
        };
        let rows = missing.map(|(row, _)| row).take(count);
        rows.map(|row| (row, segment(row))).collect()
    }

    /// Takes a segment's rows, one for each system.
    pub fn take(&mut self, row: usize, compared: Vec<Compared>) {
        if let Some(place) = self.rows.get_mut(row) {
            *place = Some(compared);
        }
    }

    /// The metrics once all segments are through, if there is a reference.
    #[must_use]
    pub fn metrics(&self, data: &DataSet, script: Script) -> Vec<(MetricSpec, Vec<Vec<f64>>)> {
        let (done, total) = self.progress();
        let systems = data.systems();
        let is_compared = |s: &(usize, &str)| self.columns.contains(&s.0);
        let all = done == total && systems.iter().all(is_compared);
        match all && data.column_with(Role::Reference).is_some() {
            true => self.matrices(data, script),
            false => Vec::new(),
        }
    }

    /// The metrics with a matrix for each system, of the segments that are through.
    #[must_use]
    pub fn matrices(&self, data: &DataSet, script: Script) -> Vec<(MetricSpec, Vec<Vec<f64>>)> {
        let systems = data.systems().into_iter();
        let place = |(column, _)| self.columns.iter().position(|c| *c == column);
        let places: Vec<usize> = systems.filter_map(place).collect();
        let language = match script {
            Script::SpaceSeparated => "en",
            Script::Chinese => "zh",
            _ => "",
        };
        let EncoderInfo { id, name, .. } = &self.encoder;
        let floors = [name, &self.encoder.base_name];
        let floor = floors
            .iter()
            .find_map(|n| floor(language, n, self.plan.layers));
        let model = format!("{name}@{id:.12}");
        let rows = || self.rows.iter().flatten();
        let matrices = |of: &dyn Fn(&Compared) -> Vec<f64>| -> Vec<Vec<f64>> {
            let system = |s: usize| {
                rows()
                    .flat_map(|r| r.get(s).map_or(Vec::new(), of))
                    .collect()
            };
            places.iter().copied().map(system).collect()
        };
        let bert_score = BertScore {
            model: model.clone(),
            layers: self.plan.layers,
            idf: self.plan.idf,
            floor,
        };
        vec![
            (
                MetricSpec::BertScore(bert_score),
                matrices(&|c| c.bert_score.into()),
            ),
            (
                MetricSpec::SentenceCosine(SentenceCosine { model }),
                matrices(&|c| c.cosine.into()),
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_data::Importer;

    #[test]
    fn metrics_are_there_once_all_segments_are_and_the_layer_is_settled() {
        let mut importer = Importer::new("a.csv");
        importer.push(b"reference,x,y\na b,a b,c\nd,e,d\n").unwrap();
        let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        let encoder = EncoderInfo {
            id: "0123456789abcdef".into(),
            name: "roberta-large".into(),
            base_name: String::new(),
            layers: 24,
            bytes: 1,
        };
        let plan = Plan {
            layers: 0,
            idf: false,
        };
        let mut work = Semantic::new(plan.clone(), encoder.clone(), &data);
        assert!(work.plan().layers == 17 && work.is(&plan, &encoder));
        let next = work.next(&data, 9);
        assert_eq!(next[1].1.hypotheses, ["e", "d"]);
        let of = |f: f64| Compared {
            bert_score: [f, f, f, 1.0],
            cosine: [f, 1.0],
        };
        work.take(0, vec![of(1.0), of(0.8)]);
        assert!(work.metrics(&data, Script::SpaceSeparated).is_empty());
        work.take(1, vec![of(0.5), of(1.0)]);
        let found = work.metrics(&data, Script::SpaceSeparated);
        assert_eq!(found[0].1[0], [1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 1.0]);
        assert_eq!(found[1].1[1], [0.8, 1.0, 1.0, 1.0]);
        let sum = [1.5, 1.5, 1.5, 2.0];
        assert_eq!(
            found[0].0.scoring().score(&sum).details.len(),
            6,
            "rescaled"
        );
        assert!(!work.is(&Plan { layers: 3, ..plan }, &encoder));
    }
}
