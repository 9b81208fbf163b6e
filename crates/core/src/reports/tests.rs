use super::*;
use assay_data::DataSet;
use assay_data::import::{Imported, Importer};
use assay_report::document::Block;
use assay_report::goals::Measure;
use assay_report::goals::Met;
use assay_stats::PairedTest;
use assay_training::read::LogFile;
use proptest::prelude::*;

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
fn all() -> (Session, Beside) {
    let mut text = String::from("id,reference,\"<b>|_x\",tuned,domain\n");
    for i in 0..12 {
        text.push_str(&format!("{i},the cat {i} sat on the mat,a dog {i} ran,the cat {i} sat on the mat,\"a|b & <i>{}</i>\"\n", i % 2));
    }
    let mut session = Session::default();
    session.load(DataSet::join(vec![import("<d>.csv", &text)]).unwrap());
    session.evaluate(0, PairedTest::default());
    score(&mut session);
    let mut beside = Beside::default();
    let log: String = (1..=10)
        .map(|i| {
            format!(
                "{{\"step\": {i}, \"loss\": {}, \"eval_loss\": {}}}\n",
                1.0 / f64::from(i),
                0.5 + f64::from(i)
            )
        })
        .collect();
    beside.take_logs(vec![LogFile {
        path: "run_1.jsonl".into(),
        bytes: log.into_bytes(),
    }]);
    let trial = import("a&b.csv", "arm,users,orders\nold,1000,100\nnew,1000,150\n");
    beside.take_trials(vec![trial]).unwrap();
    (session, beside)
}

#[test]
fn every_format_holds_its_own_against_hostile_names() {
    let (session, beside) = all();
    let reports = Reports::default();
    let content = reports.content(&session, &beside, "2026-01-02");
    assert!(content.is_sound());
    for language in ["en", "zh-CN"] {
        let of = |format| {
            reports
                .file(format, language, &session, &beside, content.clone())
                .2
        };
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
    let (session, beside) = all();
    let reports = Reports::default();
    let content = reports.content(&session, &beside, "2026-01-02");
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
    let (session, beside) = all();
    let mut reports = Reports::default();
    let content = reports.content(&session, &beside, "");
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
        purpose: String::new(),
        goals: list,
    };
    reports.set_goals(
        goals(vec![
            goal("orders", "new", 0.02),
            goal("nothing", "new", 0.0),
        ]),
        &content,
    );
    let view = reports.view(&reports.content(&session, &beside, ""), "en");
    let met: Vec<Met> = view.verdict.goals.iter().map(|g| g.met).collect();
    assert_eq!(met, [Met::Pass, Met::Undecided]);
    assert_eq!(view.verdict.overall, Some(Met::Undecided));
    let late: Vec<bool> = view.goals.goals.iter().map(|g| g.after_results).collect();
    assert_eq!(late, [true, false]);
    reports.set_goals(goals(vec![goal("orders", "new", 0.09)]), &content);
    let view = reports.view(&reports.content(&session, &beside, ""), "en");
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
    let judged = early
        .view(&early.content(&session, &beside, ""), "en")
        .verdict;
    assert_eq!(
        (judged.overall, judged.goals[0].goal.after_results),
        (Some(Met::Pass), false)
    );
    assert!(view.candidates.iter().any(|c| c.systems == ["new"]));
}

#[test]
fn a_saved_evaluation_comes_back_whole_and_a_link_says_the_same() {
    let (mut session, beside) = all();
    session.add_metric("ter").unwrap();
    score(&mut session);
    let reports = Reports::default();
    let content = reports.content(&session, &beside, "2026-01-02");
    let text = reports
        .file(Format::Json, "en", &session, &beside, content.clone())
        .2;
    assert!(super::super::saved::is_saved(text.as_bytes()));
    let saved = Saved::read("x.json", &text).unwrap();
    let (mut again, mut beside_again) = (Session::default(), Beside::default());
    saved.restore_beside(&mut beside_again);
    again.restore(saved.data.as_ref().unwrap());
    again.evaluate(saved.baseline, saved.test);
    score(&mut again);
    let restored = reports.content(&again, &beside_again, "2026-01-02");
    assert_eq!(restored.metrics.len(), content.metrics.len());
    assert_eq!(restored, content);
    let linked = decode(&Reports::link(content.clone())).unwrap();
    let view = |content: &Content| reports.view(content, "en");
    assert_eq!(view(&linked).document, view(&content).document);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn a_damaged_file_is_refused_or_restored_and_never_panics(at in 0..10_000usize, byte in 32u8..127) {
        static TEXT: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            let (session, beside) = all();
            let reports = Reports::default();
            let content = reports.content(&session, &beside, "2026-01-02");
            reports.file(Format::Json, "en", &session, &beside, content).2
        });
        let mut bytes = TEXT.clone().into_bytes();
        let at = at * 37 % bytes.len();
        bytes[at] = byte;
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(saved) = Saved::read("x.json", &text) {
            let (mut session, mut beside) = (Session::default(), Beside::default());
            saved.restore_beside(&mut beside);
            if let Some(data) = &saved.data {
                session.restore(data);
                session.evaluate(saved.baseline, saved.test);
            }
            let reports = Reports::default();
            let content = reports.content(&session, &beside, "");
            let _ = reports.view(&content, "en");
        }
    }
}
