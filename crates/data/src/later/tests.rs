use super::*;
use crate::join::prepare;
use crate::testing::read;

fn loaded(name: &str, text: &str) -> DataSet {
    DataSet::join(vec![read(name, text)]).unwrap()
}

const BASE: &str = "id,question,reference,output\n\
    1,Where is it?,It is in the north.,In the north.\n\
    2,When was it?,It was in the spring.,In the autumn.\n\
    3,Who was there?,All of us were there.,Nobody was there.\n";
const TUNED: &str = "id,question,reference,output\n\
    3,Who was there?,All of us were there.,All of us.\n\
    1,Where is it?,It is in the north.,It is in the north.\n\
    2,When was it?,It was in the spring.,It was in spring.\n";
const MORE: &str = "id,question,reference,output\n\
    4,Why is it so?,It is so because of the rain.,Because of the rain.\n\
    5,How far is it?,It is a mile from here.,It is a mile.\n";

fn likely(data: &DataSet, name: &str, text: &str) -> LaterFiles {
    let files = prepare(vec![read(name, text)], &data.files);
    evidence(data, &files)
}

fn placed(data: &DataSet, name: &str, text: &str, placement: Placement) -> DataSet {
    let files = prepare(vec![read(name, text)], &data.files);
    data.with_files(files, placement).unwrap()
}

#[test]
fn what_a_file_most_likely_is_follows_from_ids_texts_and_columns() {
    let data = loaded("base.csv", BASE);
    let of = |name: &str, text: &str| likely(&data, name, text).likely;
    assert_eq!(of("tuned.csv", TUNED), Placement::System);
    assert_eq!(of("more.csv", MORE), Placement::Rows);
    let labels = "id,domain\n1,a\n2,b\n3,a\n";
    assert_eq!(of("labels.csv", labels), Placement::Columns);
    let scores = "id,score\n1,0.5\n2,0.25\n3,1\n";
    assert_eq!(of("scores.csv", scores), Placement::Columns);
    assert_eq!(of("base.csv", BASE), Placement::Replace);
    let other = "source,target\nein Haus am See,a house by the lake\n";
    assert_eq!(of("other.csv", other), Placement::Replace);
    // Ids that are counted anew for other questions are no sign of the same rows.
    let again = MORE.replace("\n4,", "\n1,").replace("\n5,", "\n2,");
    assert_eq!(of("more.csv", &again), Placement::Replace);
}

#[test]
fn without_ids_texts_say_whether_rows_are_the_same() {
    let plain = |text: &str| -> String {
        let lines = text.lines().map(|line| line.split_once(',').unwrap().1);
        lines.map(|line| format!("{line}\n")).collect()
    };
    let data = loaded("base.csv", &plain(BASE));
    let same = plain(BASE).replace("Nobody was there", "All of us");
    let found = likely(&data, "tuned.csv", &same);
    assert_eq!(found.likely, Placement::System);
    let texts = RowMatch::Texts {
        column: "question".into(),
        matched: 3,
    };
    assert_eq!(found.files[0].row_match, texts);
    assert_eq!(
        likely(&data, "more.csv", &plain(MORE)).likely,
        Placement::Rows
    );
}

#[test]
fn another_system_is_joined_and_the_first_called_after_its_file() {
    let data = loaded("base.csv", BASE);
    let set = placed(&data, "tuned_v3.csv", TUNED, Placement::System);
    let systems: Vec<&str> = set.systems().into_iter().map(|s| s.1).collect();
    assert_eq!(systems, ["base", "tuned_v3"]);
    assert_eq!(set.raw_output(set.systems()[1].0, 2), "All of us.");
    assert_eq!(set.files, ["base.csv", "tuned_v3.csv"]);
    assert_eq!(set.columns_with(Role::Reference).len(), 1);
}

#[test]
fn more_rows_stand_below_and_what_either_lacks_is_missing() {
    let data = loaded("base.csv", BASE);
    let more = MORE.replace("output", "response");
    let set = placed(&data, "more.csv", &more, Placement::Rows);
    assert_eq!((set.table.rows(), set.table.names().len()), (5, 4));
    assert_eq!(set.raw_output(set.systems()[0].0, 4), "It is a mile.");
    let fewer = "id,question,topic\n9,Is it here?,place\n";
    let set = placed(&data, "fewer.csv", fewer, Placement::Rows);
    assert_eq!(set.references(3), Vec::<&str>::new());
    let topic = set.table.names().iter().position(|n| n == "topic").unwrap();
    assert_eq!(set.table.cell(topic, 0), None);
    assert_eq!(set.table.cell(topic, 3), Some("place"));
}

#[test]
fn columns_alone_add_no_system() {
    let data = loaded("base.csv", BASE);
    let judged = "id,judge_score,remark\n1,0.5,a long remark on this one\n2,0.25,no remark on that\n3,1,another remark\n";
    let set = placed(&data, "judged.csv", judged, Placement::Columns);
    assert_eq!(set.systems().len(), 1);
    assert_eq!(set.columns_with(Role::Measure).len(), 1);
}
