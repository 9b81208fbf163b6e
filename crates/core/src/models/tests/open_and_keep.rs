//! Models that are opened, kept on the disk and removed.

use super::*;

#[test]
fn a_model_is_kept_opened_from_its_copy_and_removed() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    page.worker.ask(Keep { slot: 0 }).unwrap();
    let kept = page.state().kept;
    assert_eq!((kept.len(), &*kept[0].name), (1, "one"));
    let id = kept[0].id.clone();
    let opened = page.worker.ask(OpenKept {
        slot: 1,
        id: id.clone(),
    });
    assert_eq!(opened.unwrap().name, "one");
    page.worker.ask(Remove { id: id.clone() }).unwrap();
    assert!(page.state().kept.is_empty());
    let gone = page.worker.ask(OpenKept { slot: 1, id });
    assert_eq!(gone, Err(CallFailure::Service(ModelsError::NoCopy)));
}

#[test]
fn half_a_copy_is_removed() {
    let disk = FakeDisk::default();
    let page = Page::new(&disk);
    page.open(0, "one").unwrap();
    disk.limit(1);
    let (kind, inner) = cause(page.worker.ask(Keep { slot: 0 }));
    assert_eq!((&*kind, &*inner), ("models-error-keep", "disk-error-full"));
    assert!(disk.paths().is_empty(), "{:?}", disk.paths());
    assert!(page.jobs.borrow().of_kind(&KEEP_MODEL).is_none());

    // What a visit left that ended while it copied.
    disk.put("models/half/0.gguf", b"on");
    let page = Page::new(&disk);
    assert!(page.state().kept.is_empty() && disk.paths().is_empty());
}

#[test]
fn a_model_that_cannot_be_read_is_explained_and_what_was_open_stays() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    let (kind, inner) = cause(page.open(0, "damaged"));
    assert_eq!(kind, "models-error-worker");
    assert_eq!(inner, "model-error-missing-tensor");
    assert_eq!(page.state().open[0].as_ref().unwrap().info.name, "one");
    assert_eq!(page.perplexity(false).unwrap().progress, progress(6, 6));
    page.worker.ask(Close { slot: 0 }).unwrap();
    assert_eq!(page.state().open, [None, None]);
    let closed = page.worker.ask(Keep { slot: 0 });
    assert_eq!(
        closed,
        Err(CallFailure::Service(ModelsError::NotOpen { slot: 0 }))
    );
}
