//! Runs of perplexity: stopped, resumed, on a GPU that is lost, and without room on the disk.

use super::*;

#[test]
fn two_models_are_scored_and_compared() {
    let page = Page::new(&FakeDisk::default());
    assert_eq!(page.open(0, "one").unwrap().name, "one");
    page.open(1, "three").unwrap();
    assert!(page.worker.ask(Comparison {}).unwrap().is_empty());
    let end = page.perplexity(false).unwrap();
    assert_eq!(end.progress, progress(12, 12));
    assert_eq!(end.not_kept, None);
    let compared = page.worker.ask(Comparison {}).unwrap();
    assert_eq!(compared.len(), 2, "a result for each column");
    let second = &compared[1].result.systems[1];
    let change = second.comparison.unwrap().difference.value;
    assert!((change - (2.5f64.exp() - 1.5f64.exp())).abs() < 1e-9);
    let state = page.state();
    let figures = &state.open[1].as_ref().unwrap().figures;
    assert_eq!(figures.adapter.as_deref(), Some("fake adapter"));
    assert_eq!(figures.memory, Some(2048.0));
    assert_eq!(state.run, Some(progress(12, 12)));
    assert!(state.score_bytes > 0.0 && page.jobs.borrow().is_empty());
    // Everything is scored: a second run needs no worker.
    page.perplexity(false).unwrap();
    assert_eq!((page.host.worked(), page.host.loads().len()), (12, 2));
}

#[test]
fn two_models_of_one_name_are_told_apart() {
    let page = Page::new(&FakeDisk::default());
    for slot in [0, 1] {
        page.worker
            .finish({
                let file = FakeFile::new("same.gguf", ["one", "three"][slot]);
                let files: Files = vec![Rc::new(file)];
                page.worker.client().ask_with(Open { slot }, files)
            })
            .unwrap();
    }
    page.perplexity(false).unwrap();
    let compared = page.worker.ask(Comparison {}).unwrap();
    let names: Vec<&str> = compared[0]
        .result
        .systems
        .iter()
        .map(|s| &*s.name)
        .collect();
    assert_eq!(names, ["same", "same (2)"]);
}

#[test]
fn a_stopped_run_resumes_with_what_is_missing() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    page.host.wait_at(Some(2));
    let reply = page.begin(run(false));
    assert!(reply.borrow().is_none());
    let running = page
        .jobs
        .borrow()
        .of_kind(&RUN_PERPLEXITY)
        .cloned()
        .unwrap();
    assert_eq!(running.progress.unwrap().done, 2.0);
    page.stop(&RUN_PERPLEXITY);
    let end = reply.take().unwrap().unwrap();
    assert_eq!(end.progress, progress(2, 6));
    assert!(page.jobs.borrow().is_empty());
    let paused = page.state().paused.unwrap();
    assert_eq!(paused, run(false));
    page.host.wait_at(None);
    let end = page.worker.ask(paused).unwrap();
    assert_eq!(end.progress, progress(6, 6));
    assert_eq!((page.host.worked(), page.host.starts()), (6, 1));
    assert_eq!(page.state().paused, None);
}

#[test]
fn a_newer_order_stops_what_runs() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    page.host.wait_at(Some(1));
    let reply = page.begin(run(false));
    page.open(1, "three").unwrap();
    assert_eq!(reply.take().unwrap().unwrap().progress, progress(1, 6));
    page.host.wait_at(None);
    assert_eq!(page.perplexity(false).unwrap().progress, progress(12, 12));
}

#[test]
fn a_gpu_that_is_lost_twice_is_tried_again() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    page.host.fail_after(2, lost());
    page.host.fail_after(1, died());
    assert_eq!(page.perplexity(false).unwrap().progress, progress(6, 6));
    assert_eq!((page.host.worked(), page.host.starts()), (6, 3));
}

#[test]
fn a_gpu_that_is_lost_again_and_again_is_told_and_the_processor_goes_on() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    for texts in [1, 1, 1] {
        page.host.fail_after(texts, lost());
    }
    let failed = page.perplexity(false);
    let expected = ("models-error-worker", "gpu-error-lost");
    let (kind, inner) = cause(failed);
    assert_eq!((&*kind, &*inner), expected);
    assert!(page.jobs.borrow().is_empty());
    assert_eq!(page.state().run, Some(progress(3, 6)));
    assert_eq!(page.perplexity(true).unwrap().progress, progress(6, 6));
    assert_eq!(page.host.loads(), [false, false, false, true]);
    assert_eq!(page.host.worked(), 6);
}

#[test]
fn a_full_disk_ends_the_keeping_and_the_next_visit_repairs_the_torn_line() {
    let disk = FakeDisk::default();
    let mut page = Page::new(&disk);
    page.open(0, "one").unwrap();
    page.perplexity(false).unwrap();
    let line = page.score_lines().lines().next().unwrap().len() + 1;
    // The same on a disk that has room for two lines and a half.
    disk.put("scores/none", b"");
    page.worker.ask(RemoveScores {}).unwrap();
    disk.limit(2 * line + line / 2);
    page.worker.kill(ChannelFailure::WorkerDied {
        detail: "closed".into(),
    });
    page.serve();
    page.open(0, "one").unwrap();
    let end = page.perplexity(false).unwrap();
    assert_eq!(end.progress, progress(6, 6), "the run goes on");
    assert_eq!(end.not_kept.unwrap().kind, "disk-error-full");
    assert!(!page.score_lines().ends_with('\n'));

    // A new visit, with room again: two texts are known, and what follows begins a line of its own.
    disk.limit(1 << 20);
    page.worker.kill(ChannelFailure::WorkerDied {
        detail: "closed".into(),
    });
    page.serve();
    page.open(0, "one").unwrap();
    let before = page.host.worked();
    assert_eq!(page.perplexity(false).unwrap().not_kept, None);
    assert_eq!(page.host.worked() - before, 4);
    page.worker.kill(ChannelFailure::WorkerDied {
        detail: "closed".into(),
    });
    page.serve();
    page.open(0, "one").unwrap();
    page.perplexity(false).unwrap();
    assert_eq!(page.host.worked() - before, 4, "all six are known");
}

#[test]
fn a_run_works_without_a_disk_and_beside_another_tab() {
    let disk = FakeDisk::default();
    let first = Page::new(&disk);
    first.open(0, "one").unwrap();
    first.host.wait_at(Some(2));
    let reply = first.begin(run(false));
    // The second tab knows what the first has kept, and can't add to it.
    let second = Page::new(&disk);
    second.open(0, "one").unwrap();
    let end = second.perplexity(false).unwrap();
    assert_eq!(end.not_kept.unwrap().kind, "disk-error-in-use");
    assert_eq!(second.host.worked(), 4);
    assert!(reply.borrow().is_none());

    let disk = FakeDisk::default();
    disk.deny();
    let private = Page::new(&disk);
    private.open(0, "one").unwrap();
    let end = private.perplexity(false).unwrap();
    assert_eq!(end.progress, progress(6, 6));
    assert_eq!(end.not_kept.unwrap().kind, "disk-error-denied");
    let kept = private.worker.ask(Keep { slot: 0 });
    let (kind, inner) = cause(kept);
    assert_eq!(
        (&*kind, &*inner),
        ("models-error-keep", "disk-error-denied")
    );
}

#[test]
fn other_data_ends_a_run_and_its_results() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    page.perplexity(false).unwrap();
    page.session.borrow_mut().load(table());
    assert_eq!(page.state().run, None);
    assert!(page.worker.ask(Comparison {}).unwrap().is_empty());
    assert!(page.jobs.borrow().of_kind(&LOAD_MODEL).is_none());
}
