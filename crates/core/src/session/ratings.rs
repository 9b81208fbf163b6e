//! The session's part in people's judgements: the metrics that stand beside them.

use super::Session;
use crate::projects;
use crate::projects::OpenProject;
use assay_protocol::projects::PlanView;
use assay_protocol::ratings::{FoundReasons, RatingsView};
use assay_protocol::views::ExportKind;
use assay_rating::Project;
use assay_rating::analysis::follow::MetricScores;
use assay_rating::analysis::reasons::{self, Grouping, ReasonQuery};
use assay_rating::analysis::stopping::{RatingLook, looks};
use assay_rating::draft::{Draft, Scores, Secrets};
use assay_rating::exchange;
use assay_rating::exchange::ForeignError;
use assay_rating::judgements::{Judgements, RaterKind};
use assay_rating::pool::RaterKey;
use assay_rating::project::Event;
use assay_rating::task::TaskError;
use assay_report as report;
use assay_results::metric_info::Origin;
use assay_results::scores::MetricResult;

impl Session {
    /// Takes a file of judgements.
    ///
    /// # Errors
    /// When it holds none; what was there stays.
    pub fn load_ratings(&mut self, file: &str, bytes: &[u8]) -> Result<(), ForeignError> {
        let foreign = exchange::read(file, bytes)?;
        self.ratings.load(file.to_owned(), foreign);
        Ok(())
    }

    /// Adds a file of judgements to those that are there.
    ///
    /// # Errors
    /// When it holds none; what was there stays.
    pub fn add_ratings(&mut self, file: &str, bytes: &[u8]) -> Result<(), ForeignError> {
        let foreign = exchange::read(file, bytes)?;
        self.ratings.add(file.to_owned(), foreign);
        Ok(())
    }

    /// Takes a rater of a file for a person or a model.
    pub fn set_rater_kind(&mut self, rater: RaterKey, kind: RaterKind) {
        self.ratings.set_kind(rater, kind);
    }

    /// Goes back to the judgements before the last file.
    pub fn undo_ratings(&mut self) {
        self.ratings.undo();
    }

    /// Leaves a rater out, or puts one back; of a project the event to be kept.
    #[must_use]
    pub fn leave_out(&mut self, rater: RaterKey, out: bool) -> Option<Event> {
        self.ratings.leave_out(rater, out)
    }

    /// Opens a project, or the same one anew.
    pub fn open_project(&mut self, project: OpenProject) {
        self.ratings.open(project);
    }

    /// The open project.
    #[must_use]
    pub fn project(&self) -> Option<&OpenProject> {
        self.ratings.project()
    }

    /// Closes a project.
    pub fn close_project(&mut self, id: &str) {
        self.ratings.close(id);
    }

    /// The task that a draft gives, in numbers, before it is made.
    ///
    /// # Errors
    /// [`TaskError`] when the draft gives no task.
    pub fn plan_task(&self, draft: &Draft) -> Result<(PlanView, Option<Vec<u8>>), TaskError> {
        projects::plan(draft, &self.data, &self.draft_scores(draft))
    }

    /// Makes a draft a project without an envelope, at a time in milliseconds since 1970.
    ///
    /// # Errors
    /// [`TaskError`] when the draft gives no task.
    pub fn make_task(
        &self,
        draft: &Draft,
        secrets: Secrets,
        made: f64,
    ) -> Result<Project, TaskError> {
        let scores = self.draft_scores(draft);
        projects::make(draft, &self.data, &scores, secrets, made)
    }

    /// Segment scores of the draft's systems, the higher the better, where the draft asks for them.
    fn draft_scores(&self, draft: &Draft) -> Scores {
        if !draft.rows.needs_scores() {
            return Vec::new();
        }
        let results = self.text_results();
        let of = |result: &MetricResult| {
            let sign = if result.lower_is_better { -1.0 } else { 1.0 };
            let systems = draft.systems.iter();
            let systems = systems.filter_map(|&s| result.systems.get(s));
            systems
                .map(|s| s.segments.iter().map(|x| sign * x).collect())
                .collect()
        };
        results.map(of).collect()
    }

    /// What the judgements mean, against the system of this name.
    #[must_use]
    pub fn ratings_view(&self, baseline: Option<&str>) -> Option<RatingsView> {
        let metrics = |table: &Judgements| self.metrics_for(table);
        self.ratings.view(&self.data, baseline, metrics)
    }

    /// What raters give as reasons, in groups whose phrases are still to be found; nothing without judgements.
    #[must_use]
    pub fn reason_groups(&self) -> Option<Grouping> {
        let table = self.ratings.table(&self.data)?;
        Some(Grouping::of(&table))
    }

    /// The reasons that a query finds, and how many there are.
    #[must_use]
    pub fn find_reasons(&self, query: &ReasonQuery, most: usize) -> FoundReasons {
        let table = self.ratings.table(&self.data).unwrap_or_default();
        let (count, first) = reasons::find(&table, query, most);
        FoundReasons { count, first }
    }

    /// People's ratings as they stand to somebody who looks whenever answers come in, against the data's baseline.
    #[must_use]
    pub fn rating_looks(&self) -> Vec<RatingLook> {
        let Some(table) = self.ratings.table(&self.data) else {
            return Vec::new();
        };
        let systems = self.data.systems();
        let baseline = systems.get(self.settings().0);
        looks(&table, baseline.map(|(_, name)| *name))
    }

    /// The results but those that are people's own.
    fn text_results(&self) -> impl Iterator<Item = &MetricResult> {
        let results = self.schedule.results();
        results.filter(|r| r.info.origin != Origin::People)
    }

    /// The metrics' scores for the systems of a table; a system that the data has not has none.
    fn metrics_for(&self, table: &Judgements) -> Vec<MetricScores> {
        let results = self.text_results();
        results
            .map(|result| {
                let of = |name: &String| result.systems.iter().find(|s| s.name == *name);
                let each = || table.systems.iter().map(of);
                MetricScores {
                    name: result.name.clone(),
                    lower_is_better: result.lower_is_better,
                    segments: each()
                        .map(|s| s.map_or(Vec::new(), |s| s.segments.clone()))
                        .collect(),
                    corpus: each()
                        .map(|s| s.map_or(f64::NAN, |s| s.score.value))
                        .collect(),
                }
            })
            .collect()
    }

    /// The judgements as a file: name, media type and text.
    pub(super) fn ratings_file(&self, kind: ExportKind) -> (&'static str, &'static str, String) {
        let table = self.ratings.table(&self.data).unwrap_or_default();
        match kind {
            ExportKind::RatingsWide => (
                "assay-ratings-wide.csv",
                "text/csv",
                report::ratings::wide_csv(&table),
            ),
            ExportKind::RatingsJson => {
                let view = self.ratings.view(&self.data, None, |t| self.metrics_for(t));
                let analysis = view.map(|v| v.analysis).unwrap_or_default();
                let value = report::ratings::json(&table, &analysis);
                (
                    "assay-ratings.json",
                    "application/json",
                    format!("{value:#}"),
                )
            }
            _ => (
                "assay-ratings-long.csv",
                "text/csv",
                report::ratings::long_csv(&table),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_data::{DataSet, Importer};
    use assay_stats::PairedTest;

    fn session() -> Session {
        let mut importer = Importer::new("d.csv");
        let text = "id,reference,base,tuned\n1,the cat sat down,dog,the cat sat down\n2,a good day,a bad day,a good day\n3,we go home,we stay,we go home\n";
        importer.push(text.as_bytes()).unwrap();
        let mut session = Session::default();
        session.load(DataSet::join(vec![importer.finish().unwrap()]).unwrap());
        session.evaluate(0, PairedTest::default());
        while let Some((job, task, parcel)) = session.next_job() {
            session.accept(&job, task.run(&parcel).unwrap());
        }
        session
    }

    const RATINGS: &[u8] = b"rater,item,system,fluency\nann,1,base,2\nann,1,tuned,5\nann,2,base,3\nann,2,tuned,5\nbob,1,base,1\nbob,1,tuned,4\nbob,3,base,2\nbob,3,tuned,4\n";

    fn view(session: &Session, baseline: Option<&str>) -> Option<RatingsView> {
        session.ratings_view(baseline)
    }

    #[test]
    fn judgements_stand_beside_the_metrics_of_their_rows() {
        let mut session = session();
        assert_eq!(view(&session, None), None);
        session.load_ratings("people.csv", RATINGS).unwrap();
        let found = view(&session, None).unwrap();
        assert_eq!((found.linked, found.analysis.units.len()), (3, 3));
        assert_eq!(
            found.analysis.follows.len(),
            8,
            "every metric beside fluency"
        );
        let chrf = &found.analysis.follows[1];
        assert!(chrf.spearman.unwrap().value > 0.8);
        let change = found.analysis.dimensions[0].systems[1].change.unwrap();
        assert_eq!(change.value, 2.5);
        let turned = view(&session, Some("tuned")).unwrap().analysis;
        assert_eq!(turned.dimensions[0].systems[0].change.unwrap().value, -2.5);
    }

    #[test]
    fn a_rater_can_be_left_out_and_a_bad_file_changes_nothing() {
        let mut session = session();
        session.load_ratings("people.csv", RATINGS).unwrap();
        let bob = || RaterKey::Named(None, "bob".into());
        assert_eq!(session.leave_out(bob(), true), None);
        let found = view(&session, None).unwrap().analysis;
        assert!(found.raters[1].info.left_out);
        assert_eq!(found.dimensions[0].systems[0].ratings, 2);
        assert_eq!(session.leave_out(bob(), false), None);
        assert!(session.load_ratings("x.csv", b"a,b\n1,2\n").is_err());
        let found = view(&session, None).unwrap();
        assert_eq!(found.analysis.dimensions[0].systems[0].ratings, 4);
        session.load_ratings("other.csv", RATINGS).unwrap();
        session.undo_ratings();
        assert_eq!(view(&session, None).unwrap().file, "people.csv");
    }

    #[test]
    fn reasons_that_are_exported_are_read_back() {
        for text in [
            "judge,item,model_a,model_b,winner,reason\ngpt-4,1,base,tuned,tuned,\"It is right, for once\"\n",
            "judge,item,system,fluency,fluency_reason\ngpt-4,1,base,2,It reads badly throughout\n",
        ] {
            let mut session = session();
            session.load_ratings("judge.csv", text.as_bytes()).unwrap();
            let before = session.ratings.table(&session.data).unwrap().remarks;
            assert_eq!(before.len(), 1);
            let (_, _, long) = session.ratings_file(ExportKind::RatingsLong);
            session.load_ratings("again.csv", long.as_bytes()).unwrap();
            let after = session.ratings.table(&session.data).unwrap().remarks;
            let said = |r: &assay_rating::judgements::Remark| (r.text.clone(), r.judged);
            assert_eq!(said(&after[0]), said(&before[0]), "{long}");
        }
    }

    fn groups(session: &Session) -> Vec<reasons::ReasonGroup> {
        let mut grouping = session.reason_groups().unwrap();
        while grouping.step(2) {}
        grouping.finish()
    }

    #[test]
    fn reasons_are_grouped_and_found_with_their_rows_and_without_raters_who_are_left_out() {
        let mut session = session();
        assert!(session.reason_groups().is_none());
        let judged = "judge,item,model_a,model_b,winner,reason\n\
            gpt-4,1,base,tuned,tuned,It is more accurate\n\
            gpt-4,2,base,tuned,tuned,This is more accurate\n\
            gpt-4,3,base,tuned,tie,None is more accurate\n\
            bob,3,base,tuned,base,I like it more\n";
        session
            .load_ratings("judge.csv", judged.as_bytes())
            .unwrap();
        let groups = groups(&session);
        assert_eq!(groups.len(), 2, "the judge's and people's");
        let phrase = &groups[0].phrases[0];
        assert_eq!((phrase.text.as_str(), phrase.count), ("more accurate", 3));
        assert_eq!(phrase.by_side, [2, 1]);
        let query = ReasonQuery {
            source: groups[0].source.clone(),
            dimension: groups[0].dimension.clone(),
            words: "none".into(),
            side: None,
        };
        let found = session.find_reasons(&query, 5);
        assert_eq!((found.count, found.first[0].unit.row), (1, Some(2)));
        let analysis = view(&session, None).unwrap().analysis;
        assert_eq!(analysis.remarks.len(), 1, "a judge's stand under the judge");
        let bob = RaterKey::Named(None, "bob".into());
        assert_eq!(session.leave_out(bob, true), None);
        assert_eq!(self::groups(&session).len(), 1);
    }

    #[test]
    fn ratings_are_a_metric_of_the_rows_that_were_rated() {
        let mut session = session();
        session.give();
        assert_eq!(session.scores_view().metrics.len(), 8);
        session.load_ratings("people.csv", RATINGS).unwrap();
        session.give();
        while let Some((job, task, parcel)) = session.next_job() {
            session.accept(&job, task.run(&parcel).unwrap());
        }
        let result = session.schedule.results().last().unwrap();
        assert_eq!(result.name, "fluency (people)");
        let [base, tuned] = &result.systems[..] else {
            panic!("two systems");
        };
        assert_eq!((base.score.value, tuned.score.value), (2.0, 4.5));
        assert_eq!(base.segments[..2], [1.5, 3.0]);
        let comparison = tuned.comparison.unwrap();
        assert_eq!((comparison.wins, comparison.ties), (3, 0));
        assert!(comparison.difference.p_value.is_some());
        // They say which metric follows them, not that they follow themselves.
        assert_eq!(view(&session, None).unwrap().analysis.follows.len(), 8);
        let other = b"rater,item,system,fluency\nann,1,base,2\nann,1,tuned,5\n";
        session.load_ratings("fewer.csv", other).unwrap();
        session.give();
        assert!(session.take_scores_changed());
        while let Some((job, task, parcel)) = session.next_job() {
            session.accept(&job, task.run(&parcel).unwrap());
        }
        let result = session.schedule.results().last().unwrap();
        let base = &result.systems[0];
        assert!(base.segments[1].is_nan(), "nobody rated it");
        assert!(base.interval.is_none_or(|i| i.low == 2.0 && i.high == 2.0));
        let json = serde_json::to_string(&super::super::scoring::without_segments(result)).unwrap();
        assert!(serde_json::from_str::<MetricResult>(&json).is_ok());
        let detail = session.detail(1, None).unwrap();
        let mut people = detail.measures.iter();
        let people = people.position(|m| m.name.contains("people")).unwrap();
        assert_eq!(detail.outputs[0].scores[people], None);
    }

    #[test]
    fn what_is_exported_long_is_read_back() {
        let mut session = session();
        session.load_ratings("people.csv", RATINGS).unwrap();
        let (_, _, long) = session.ratings_file(ExportKind::RatingsLong);
        let before = view(&session, None).unwrap().analysis;
        session.load_ratings("again.csv", long.as_bytes()).unwrap();
        assert_eq!(view(&session, None).unwrap().analysis, before);
        let (_, _, wide) = session.ratings_file(ExportKind::RatingsWide);
        assert_eq!(
            wide.lines().next().unwrap(),
            "item,row,system,fluency,fluency n,fluency ann,fluency bob"
        );
        assert!(wide.contains("\n1,1,base,1.5,2,2,1\n"), "{wide}");
    }
}
