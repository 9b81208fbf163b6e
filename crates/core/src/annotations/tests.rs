//! Stars, tags and notes over a table: what is undone, and what follows rows into another table.

use super::held::{Annotations, MOST_TAGS};
use super::{KeptAnnotations, row_keys};
use assay_data::{DataSet, Importer, Role};
use assay_protocol::annotations::{AnnotationError, AnnotationKind, MOST_NOTE, MOST_TAG};

fn table(csv: &str) -> DataSet {
    let mut importer = Importer::new("a.csv");
    importer.push(csv.as_bytes()).unwrap();
    DataSet::join(vec![importer.finish().unwrap()]).unwrap()
}

fn annotated() -> Annotations {
    let mut annotations = Annotations::default();
    annotations.toggle_star(0);
    annotations.add_tag(&[0, 2], "  too   long ").unwrap();
    annotations.set_note(1, "odd").unwrap();
    annotations
}

#[test]
fn every_change_is_undone_and_made_again_and_typing_is_one_change() {
    let mut annotations = annotated();
    assert_eq!(annotations.of_row(0).tags, ["too long"]);
    for text in ["odd o", "odd one"] {
        annotations.set_note(1, text).unwrap();
    }
    assert_eq!(
        annotations.counts().undo.unwrap().kind,
        AnnotationKind::Note
    );
    annotations.undo().unwrap();
    assert_eq!(annotations.note(1), None);
    annotations.redo().unwrap();
    assert_eq!(annotations.note(1), Some("odd one"));
    // What is typed after an undo does not change what redo brings back.
    annotations.toggle_star(3);
    annotations.undo().unwrap();
    annotations.set_note(1, "odd one!").unwrap();
    assert_eq!(annotations.counts().redo, None);
    annotations.undo().unwrap();
    assert_eq!(annotations.note(1), Some("odd one"));
    for _ in 0..3 {
        annotations.undo().unwrap();
    }
    assert!(annotations.is_empty());
    assert_eq!(annotations.undo(), Err(AnnotationError::NothingToUndo));
    assert_eq!(
        annotations.counts().redo.unwrap().kind,
        AnnotationKind::Star
    );
}

#[test]
fn tags_are_counted_and_one_that_no_row_has_is_gone() {
    let mut annotations = annotated();
    annotations.add_tag(&[0, 1, 2], "too long").unwrap();
    let change = annotations.counts().undo.unwrap();
    assert_eq!((change.rows, change.first), (1, 1), "two rows had it");
    assert_eq!(annotations.counts().tags[0].rows, 3);
    annotations.remove_tag(&[0, 1, 2, 9], "too long");
    assert_eq!(annotations.counts().tags, []);
    for tag in ["", "  ", "a,b", "a；b", "a\u{1}b"] {
        let refused = annotations.add_tag(&[0], tag);
        assert!(
            matches!(refused, Err(AnnotationError::BadTag { .. })),
            "{tag:?}"
        );
    }
    let long = annotations.add_tag(&[0], &"x".repeat(MOST_TAG + 1));
    assert_eq!(long, Err(AnnotationError::LongTag { most: MOST_TAG }));
    for number in 0..MOST_TAGS {
        annotations.add_tag(&[0], &format!("t{number}")).unwrap();
    }
    let many = annotations.add_tag(&[0], "one more");
    assert_eq!(many, Err(AnnotationError::TooManyTags { most: MOST_TAGS }));
    let long = annotations.set_note(0, &"字".repeat(MOST_NOTE + 1));
    assert_eq!(long, Err(AnnotationError::LongNote { most: MOST_NOTE }));
}

#[test]
fn annotations_follow_ids_into_a_table_in_another_order_and_wait_for_rows_that_are_gone() {
    let old = table("id,reference,base\na,one,1\nb,two,2\nc,three,3\n");
    let new = table("id,reference,base\nc,three,9\nx,new,8\nb,zwei,7\n");
    let mut annotations = annotated();
    assert!(annotations.follow(&old, &new));
    assert_eq!(annotations.of_row(0).tags, ["too long"]);
    assert_eq!(
        annotations.note(2),
        Some("odd"),
        "an id counts more than a text"
    );
    let counts = annotations.counts();
    assert_eq!(
        (counts.starred, counts.elsewhere, counts.undo),
        (0, 1, None)
    );
    // Back again nothing is lost.
    annotations.follow(&new, &old);
    assert_eq!(annotations.of_row(0), annotated().of_row(0));
    assert_eq!(annotations.counts().elsewhere, 0);
}

#[test]
fn rows_without_ids_are_found_by_their_texts_whatever_roles_were_set() {
    let mut old = table("prompt,reference,base\np,one,1\nq,two,2\nr,three,3\n");
    old.roles[0] = Role::Ignored;
    let new = table("prompt,reference,other\nr,three,x\nr,three,x\np,one,x\n");
    let mut annotations = annotated();
    annotations.follow(&old, &new);
    assert!(annotations.of_row(2).is_starred);
    assert_eq!(annotations.of_row(0).tags, ["too long"]);
    assert_eq!(
        annotations.of_row(1).tags,
        Vec::<String>::new(),
        "a copy is another row"
    );
}

#[test]
fn what_was_kept_comes_back_and_waits_where_the_table_is_gone() {
    let data = table("id,reference,base\na,one,1\nb,two,2\nc,three,3\n");
    let kept = annotated().kept(3, &row_keys(&data));
    assert!(kept.is_sound());
    let back = Annotations::of_kept(kept.clone(), 3);
    assert_eq!(back.kept(3, &row_keys(&data)), kept);
    let mut lost = Annotations::of_kept(kept, 0);
    assert_eq!(lost.counts().elsewhere, 3);
    lost.follow(&DataSet::default(), &data);
    assert_eq!(lost.of_row(0), annotated().of_row(0));
    assert_eq!(lost.note(1), Some("odd"));
    let beyond = KeptAnnotations::default();
    assert!(beyond.is_sound());
    assert!(
        !annotated().kept(1, &[]).is_sound(),
        "a row outside of the table"
    );
}
