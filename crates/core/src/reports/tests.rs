use super::*;
use crate::compute::pack;
use crate::platform::fake::FakeClock;
use assay_calls::{Announcer, Jobs};
use assay_data::DataSet;
use assay_data::import::{Imported, Importer};
use assay_protocol::saved::SavedError;
use assay_report::document::Block;
use assay_report::goals::Measure;
use assay_report::goals::Met;
use assay_report::link::of_packed;
use assay_stats::PairedTest;
use assay_training::read::LogFile;
use proptest::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// The letters of a link to a report.
fn link_to(content: Content) -> String {
    of_packed(&pack(&Reports::link_bytes(content).unwrap()))
}

/// What a report is once it went through a link.
fn through_link(content: &Content) -> Content {
    decode(&link_to(content.clone())).unwrap()
}
mod aim;
mod looks;
mod workbook;

/// The services that a report is made of.
struct Parts {
    session: Rc<RefCell<Session>>,
    training: Rc<TrainingService>,
    experiments: Rc<ExperimentService>,
}

impl Parts {
    fn new(session: Session) -> Self {
        let clock = || Rc::new(FakeClock::default());
        let (jobs, announcer) = (Jobs::default, Announcer::default);
        Self {
            session: Rc::new(RefCell::new(session)),
            training: Rc::new(TrainingService::new(jobs(), announcer(), clock())),
            experiments: Rc::new(ExperimentService::new(jobs(), announcer(), clock())),
        }
    }

    fn content(&self, reports: &Reports, day: &str) -> Content {
        reports.content(
            &self.session.borrow(),
            &self.training,
            &self.experiments,
            day,
        )
    }

    fn written(
        &self,
        reports: &Reports,
        format: Format,
        language: &str,
        content: Content,
    ) -> Written {
        let session = self.session.borrow();
        let saved = |results| Saved::of(&session, &self.training, &self.experiments, results);
        let written = reports.written(format, language, content, &session, saved);
        written.unwrap()
    }

    fn file(&self, reports: &Reports, format: Format, language: &str, content: Content) -> String {
        match self.written(reports, format, language, content) {
            Written::File(file) => String::from_utf8(file.bytes.0).unwrap(),
            Written::Workbook(_) => panic!("a workbook is no text"),
        }
    }

    /// Restores a file from what is in it; what is wrong with it.
    fn restored(text: &str) -> Result<(Self, Vec<SavedError>), SavedError> {
        let (saved, problems) = Saved::read("x.json", text)?;
        let parts = Self::new(Session::default());
        saved.restore_runs_and_experiments(&parts.training, &parts.experiments);
        if let Some(data) = &saved.data {
            let mut session = parts.session.borrow_mut();
            session.restore(data);
            session.evaluate(saved.baseline, saved.test);
        }
        Ok((parts, problems))
    }
}

fn import(name: &str, text: &str) -> Imported {
    let mut importer = Importer::new(name);
    importer.push(text.as_bytes()).unwrap();
    importer.finish().unwrap()
}

fn score(session: &mut Session) {
    while let Some((job, task, parcel)) = session.next_job() {
        session.accept(&job, task.run(&parcel).unwrap());
    }
}

/// A session, runs and a trial, whose names are such as break out of formats.
fn all() -> Parts {
    let mut text = String::from("id,reference,\"<b>|_x\",tuned,domain\n");
    // Of each slice as many rows as a decision takes.
    for i in 0..48 {
        text.push_str(&format!("{i},the cat {i} sat on the mat,a dog {i} ran,the cat {i} sat on the mat,\"a|b & <i>{}</i>\"\n", i % 2));
    }
    let mut session = Session::default();
    session.load(DataSet::join(vec![import("<d>.csv", &text)]).unwrap());
    session.evaluate(0, PairedTest::default());
    score(&mut session);
    let parts = Parts::new(session);
    let log: String = (1..=10)
        .map(|i| {
            format!(
                "{{\"step\": {i}, \"loss\": {}, \"eval_loss\": {}}}\n",
                1.0 / f64::from(i),
                0.5 + f64::from(i)
            )
        })
        .collect();
    let log = LogFile {
        path: "run_1.jsonl".into(),
        bytes: log.into_bytes(),
    };
    parts.training.take(vec![log]).unwrap();
    let trial = import("a&b.csv", "arm,users,orders\nold,1000,100\nnew,1000,150\n");
    parts.experiments.take(vec![trial]).unwrap();
    parts
}

#[test]
fn every_format_holds_its_own_against_hostile_names() {
    let parts = all();
    let reports = Reports::default();
    let content = parts.content(&reports, "2026-01-02");
    assert!(content.is_sound());
    for language in ["en", "zh-CN"] {
        let of = |format| parts.file(&reports, format, language, content.clone());
        let page = of(Format::Html);
        assert!(!page.contains("<b>") && !page.contains("<i>") && page.contains("&lt;b&gt;"));
        assert!(!page.contains("<script") && page.matches("<svg").count() >= 2);
        let text = of(Format::Markdown);
        // A cell more in any row would break its table.
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let rows: Vec<&str> = text.lines().filter(|l| l.starts_with('|')).collect();
        let heads = rows.windows(2).filter(|w| w[1].starts_with("| ---"));
        assert!(
            heads.clone().count() >= 4 && heads.into_iter().all(|w| cells(w[0]) == cells(w[1]))
        );
        assert!(text.contains("\\<b\\>\\|\\_x"), "{text}");
        let tables = of(Format::Latex);
        assert!(tables.contains("a\\&b") || tables.contains("\\_x"));
        assert!(of(Format::ModelIndex).contains("- name: \"<b>|_x\""));
    }
}

#[test]
fn every_word_of_a_report_is_there_in_both_languages() {
    let parts = all();
    let reports = Reports::default();
    let content = parts.content(&reports, "2026-01-02");
    for language in ["en", "zh-CN"] {
        let view = reports.view(&content, language);
        for block in &view.document.blocks {
            // A key that is missing stands for itself.
            if let Block::Heading { text, .. } | Block::Paragraph { text } = block {
                let key = !text.contains(' ') && text.contains('-') && text.is_ascii();
                assert!(!key, "{text}");
            }
        }
    }
}

#[test]
fn the_verdict_follows_goals_and_marks_those_that_came_late() {
    let parts = all();
    let mut reports = Reports::default();
    let content = parts.content(&reports, "");
    let goal = |name: &str, system: &str, least: f64| Goal {
        measure: Measure::Outcome {
            trial: "a&b.csv".into(),
            name: name.into(),
        },
        system: system.into(),
        least,
        after_results: false,
    };
    let goals = |list: Vec<Goal>| Goals {
        goals: list,
        ..Goals::default()
    };
    reports.set_goals(
        goals(vec![
            goal("orders", "new", 0.02),
            goal("nothing", "new", 0.0),
        ]),
        &content,
    );
    let view = reports.view(&parts.content(&reports, ""), "en");
    let met: Vec<Met> = view.verdict.goals.iter().map(|g| g.met).collect();
    assert_eq!(met, [Met::Pass, Met::Undecided]);
    assert_eq!(view.verdict.overall, Some(Met::Undecided));
    let late: Vec<bool> = view.goals.goals.iter().map(|g| g.after_results).collect();
    assert_eq!(late, [true, false]);
    reports.set_goals(goals(vec![goal("orders", "new", 0.09)]), &content);
    let view = reports.view(&parts.content(&reports, ""), "en");
    assert_eq!(view.verdict.overall, Some(Met::Fail));
    // Stated by name, before there was anything: shares in points, the only arm that is compared.
    let named = Goal {
        measure: Measure::Named {
            name: "Orders".into(),
        },
        ..goal("", "", 2.0)
    };
    let mut early = Reports::default();
    early.set_goals(goals(vec![named]), &Content::default());
    let judged = early.view(&parts.content(&early, ""), "en").verdict;
    assert_eq!(
        (judged.overall, judged.goals[0].goal.after_results),
        (Some(Met::Pass), false)
    );
    assert!(view.candidates.iter().any(|c| c.systems == ["new"]));
}

#[test]
fn a_saved_evaluation_comes_back_whole_and_a_link_says_the_same() {
    let parts = all();
    parts.session.borrow_mut().add_metric("ter").unwrap();
    score(&mut parts.session.borrow_mut());
    let reports = Reports::default();
    let content = parts.content(&reports, "2026-01-02");
    let text = parts.file(&reports, Format::Json, "en", content.clone());
    assert!(crate::sniff::is_saved_evaluation(text.as_bytes()));
    let (again, problems) = Parts::restored(&text).unwrap();
    assert_eq!(problems, []);
    score(&mut again.session.borrow_mut());
    let restored = again.content(&reports, "2026-01-02");
    assert_eq!(restored.metrics.len(), content.metrics.len());
    assert_eq!(restored, content);
    let linked = through_link(&content);
    let view = |content: &Content| reports.view(content, "en");
    assert_eq!(view(&linked).document, view(&content).document);
}

#[test]
fn a_preset_is_saved_restored_and_named_in_the_report() {
    let parts = all();
    {
        let mut session = parts.session.borrow_mut();
        session.set_preset(Some("sacrebleu")).unwrap();
        session.add_metric("rougeL").unwrap();
        session.evaluate(0, PairedTest::default());
        score(&mut session);
    }
    let reports = Reports::default();
    let content = parts.content(&reports, "2026-01-02");
    let text = parts.file(&reports, Format::Json, "en", content.clone());
    let (again, problems) = Parts::restored(&text).unwrap();
    assert_eq!(problems, []);
    score(&mut again.session.borrow_mut());
    assert_eq!(again.content(&reports, "2026-01-02"), content);
    let view = again.session.borrow().scores_view();
    assert_eq!(view.preset.as_deref(), Some("sacrebleu"));
    // Back to what suits the data, which the file knows nothing of.
    again.session.borrow_mut().set_preset(None).unwrap();
    assert_eq!(again.session.borrow().scores_view().preset, None);
    let report = parts.file(&reports, Format::Markdown, "en", content.clone());
    assert!(report.contains("as sacreBLEU computes them"));
    let unknown = Content {
        preset: Some("another tool".into()),
        ..content
    };
    let report = parts.file(&reports, Format::Markdown, "en", unknown);
    assert!(!report.contains("computes them"));
}

#[test]
fn an_infinite_interval_is_restored_and_survives_a_link() {
    let parts = all();
    // Amounts that differ, so that they are numbers and no categories; the square of one overflows.
    let mut table = String::from("arm,user,amount\n");
    for user in 0..40 {
        let arm = ["old", "new"][user % 2];
        let amount = if user == 7 { 1e200 } else { user as f64 + 0.25 };
        table.push_str(&format!("{arm},u{user},{amount}\n"));
    }
    let table = import("big.csv", &table);
    parts.experiments.take(vec![table]).unwrap();
    let reports = Reports::default();
    let content = parts.content(&reports, "2026-01-02");
    let is_unbounded = |t: &assay_experiment::view::TrialView| {
        let arms = t.outcomes.iter().flat_map(|o| o.arms.iter().flatten());
        let mut ends = arms.flat_map(|arm| arm.interval.into_iter().flatten());
        ends.any(|end| !end.is_finite())
    };
    assert!(content.trials.iter().any(is_unbounded), "the case is one");
    let linked = through_link(&content);
    assert!(linked.trials.iter().any(is_unbounded));
    let text = parts.file(&reports, Format::Json, "en", content);
    let (again, problems) = Parts::restored(&text).unwrap();
    assert_eq!(problems, []);
    assert_eq!(again.experiments.trials().len(), 2);
}

#[test]
fn damaged_results_do_not_keep_the_data_from_being_restored() {
    let parts = all();
    let reports = Reports::default();
    let content = parts.content(&reports, "2026-01-02");
    let text = parts.file(&reports, Format::Json, "en", content.clone());
    let (rest, results) = text.split_once(",\"results\":").unwrap();
    let results = results.strip_suffix('}').unwrap();
    // As files of earlier versions have it, with the results after the version.
    let (start, end) = rest.split_once(",\"baseline\":").unwrap();
    let earlier = |results: &str| format!("{start},\"results\":{results},\"baseline\":{end}}}");
    let later = |results: &str| format!("{rest},\"results\":{results}}}");
    for whole in [
        later(results),
        earlier(results),
        earlier("null"),
        later("[1]"),
    ] {
        let (again, problems) = Parts::restored(&whole).unwrap();
        assert_eq!(problems, []);
        score(&mut again.session.borrow_mut());
        assert_eq!(again.content(&reports, "2026-01-02"), content);
    }
    let damaged = &results[..results.len() / 2];
    for text in [later(damaged), earlier(damaged)] {
        let (again, problems) = Parts::restored(&text).unwrap();
        assert!(matches!(problems[..], [SavedError::ResultsDamaged { .. }]));
        assert_eq!(again.session.borrow().report_data(), content.data);
    }
}

#[test]
fn cells_that_were_changed_after_saving_are_told_and_restored() {
    let parts = all();
    let reports = Reports::default();
    let content = parts.content(&reports, "2026-01-02");
    let text = parts.file(&reports, Format::Json, "en", content);
    let changed = text.replacen("a dog 3 ran", "a dog 3 sat", 1);
    let (again, problems) = Parts::restored(&changed).unwrap();
    let file = "x.json".to_owned();
    assert_eq!(problems, [SavedError::Altered { file }]);
    assert_eq!(again.session.borrow().report_data().unwrap().rows, 48);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn a_damaged_file_is_refused_or_restored_and_never_panics(at in 0..10_000usize, byte in 32u8..127) {
        static TEXT: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            let parts = all();
            let reports = Reports::default();
            let content = parts.content(&reports, "2026-01-02");
            parts.file(&reports, Format::Json, "en", content)
        });
        let mut bytes = TEXT.clone().into_bytes();
        let at = at * 37 % bytes.len();
        bytes[at] = byte;
        let text = String::from_utf8_lossy(&bytes);
        if let Ok((parts, _)) = Parts::restored(&text) {
            let reports = Reports::default();
            let content = parts.content(&reports, "");
            // A refusal is as good as a result: only a panic fails this test.
            let _ = reports.view(&content, "en");
        }
    }
}
