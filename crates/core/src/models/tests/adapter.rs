//! A LoRA adapter beside its base model.

use super::*;

fn add(page: &Page, content: &str, strength: f32) -> Result<ModelInfo, CallFailure<ModelsError>> {
    let file = FakeFile::new(&format!("{content}.gguf"), content);
    let files: Files = vec![Rc::new(file)];
    let asked = page
        .worker
        .client()
        .ask_with(AddAdapter { strength }, files);
    page.worker.finish(async move { Ok(asked.await?.reply) })
}

#[test]
fn base_and_adapter_are_scored_from_one_copy_of_the_weights() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "base").unwrap();
    let info = add(&page, "lora", 1.0).unwrap();
    assert_eq!((&*info.name, &*info.id), ("base + lora", "base+lora@1"));
    let [first, second] = page.state().open.map(Option::unwrap);
    assert!(!first.is_adapted && second.is_adapted);
    assert_eq!(page.perplexity(false).unwrap().progress, progress(12, 12));
    assert_eq!((page.host.starts(), page.host.loads().len()), (1, 1));
    // What is scored is kept by fingerprint: a file for the base, another for both.
    let paths = page.disk.paths();
    let scores = paths.iter().filter(|path| path.starts_with("scores/"));
    let names: Vec<_> = scores
        .map(|path| path.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    // The adapter makes each text better by 0.04 nats.
    let compared = page.worker.ask(Comparison {}).unwrap();
    let systems = &compared[0].result.systems;
    let score = |place: usize| systems[place].score.value;
    assert!(score(1) < score(0), "{} and {}", score(0), score(1));
    let [first, second] = page.state().open.map(Option::unwrap);
    assert_eq!(first.figures.load_seconds, second.figures.load_seconds);
}

#[test]
fn another_strength_is_another_model() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "base").unwrap();
    let whole = add(&page, "lora", 1.0).unwrap();
    page.perplexity(false).unwrap();
    let worked = page.host.worked();
    let half = add(&page, "lora", 0.5).unwrap();
    assert_ne!(whole.id, half.id);
    page.perplexity(false).unwrap();
    assert_eq!(
        page.host.worked(),
        worked + 6,
        "the base's scores are there"
    );
    // The same again is scored already.
    add(&page, "lora", 1.0).unwrap();
    page.perplexity(false).unwrap();
    assert_eq!(page.host.worked(), worked + 6);
}

#[test]
fn an_adapter_outlives_its_base_in_the_first_place_and_a_lost_worker() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "base").unwrap();
    add(&page, "lora", 1.0).unwrap();
    page.host.fail_after(3, died());
    page.host.fail_after(6, died());
    assert_eq!(page.perplexity(false).unwrap().progress, progress(12, 12));
    page.worker.ask(Close { slot: 0 }).unwrap();
    page.worker.ask(RemoveScores {}).unwrap();
    let end = page.perplexity(true).unwrap();
    assert_eq!(end.progress, progress(6, 6));
}

#[test]
fn an_adapter_without_its_base_or_of_another_is_refused() {
    let page = Page::new(&FakeDisk::default());
    let refused = add(&page, "lora", 1.0);
    assert_eq!(refused, Err(CallFailure::Service(ModelsError::NoBase)));
    page.open(0, "base").unwrap();
    let (kind, inner) = cause(add(&page, "foreign", 1.0));
    assert_eq!(
        (&*kind, &*inner),
        ("models-error-worker", "adapter-error-family")
    );
    assert!(page.state().open[1].is_none());
    add(&page, "lora", 1.0).unwrap();
    let kept = page.worker.ask(Keep { slot: 1 });
    let not_kept = CallFailure::Service(ModelsError::AdapterNotKept);
    assert_eq!(kept, Err(not_kept));
}
