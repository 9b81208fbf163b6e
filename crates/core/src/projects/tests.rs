use super::*;
use assay_data::Importer;
use assay_rating::draft::Rows;
use assay_rating::envelope::{ANSWERS_MARK, EnvelopeError, TASK_MARK, of_answers};
use assay_rating::project::Aside;
use assay_rating::project::Outcome;
use assay_rating::template::Template;
use assay_rating::{Bundle, Kind, Question};

pub(super) fn data(tuned: &str) -> DataSet {
    let mut importer = Importer::new("d.csv");
    let mut text = String::from("prompt,base,tuned\n");
    (0..8).for_each(|i| text.push_str(&format!("say {i},bad {i},{tuned} {i}\n")));
    importer.push(text.as_bytes()).unwrap();
    DataSet::join(vec![importer.finish().unwrap()]).unwrap()
}

pub(crate) fn draft() -> Draft {
    Draft {
        language: "en".into(),
        title: "T".into(),
        instructions: String::new(),
        questions: vec![
            Question {
                name: "Quality".into(),
                help: String::new(),
                kind: Kind::Scale(vec![String::new(); 5]),
                required: true,
            },
            Template::Pairwise.questions("en").remove(0),
        ],
        rows: Rows::First,
        count: 4,
        systems: vec![0, 1],
        source: true,
        reference: false,
        blind: true,
        slots: 0,
        overlap: 0,
        repeats: 0,
        controls: 0,
        timed: false,
        completion: String::new(),
        prefilled: Vec::new(),
        seed: 5,
    }
}

const OWNER: OwnerSecret = OwnerSecret([0x5a; 32]);

/// A project whose task is in its envelope.
fn sent(project: Project) -> OpenProject {
    let packed = envelope::pack(&project.task.to_bytes());
    send(project, packed, None)
}

pub(super) fn project(id: u64) -> OpenProject {
    let secrets = Secrets {
        id,
        owner: OWNER,
        order: 1,
    };
    sent(make(&draft(), &data("good"), &Vec::new(), secrets, 0.0).unwrap())
}

/// Where the first item has the output of the tuned system.
fn tuned_output(open: &OpenProject) -> usize {
    let systems = &open.project.origins[0].systems;
    systems.iter().position(|system| *system == 1).unwrap()
}

/// The envelope of one device's answers to the first item: the tuned system gets `point` and is preferred, base gets 1.
pub(crate) fn answers(open: &OpenProject, device: u64, rater: &str, point: u8) -> String {
    let tuned = tuned_output(open);
    let mut answer = Answer::default();
    for output in 0..2 {
        let given = if output == tuned { point } else { 1 };
        answer.set(output, Some(Value::Point(given)));
    }
    let preferred = [Preference::First, Preference::Second][tuned];
    answer.set(2, Some(Value::Prefer(preferred)));
    let task = &open.project.task;
    let bundle = Bundle {
        task: task.id,
        hash: task.hash(),
        device,
        slot: None,
        rater: rater.into(),
        entries: vec![assay_rating::answers::Entry {
            item: 0,
            again: false,
            stamp: 1,
            answer,
        }],
    };
    of_answers(&bundle, task, None, [device as u8; 32])
}

fn came(open: &mut OpenProject, envelopes: Vec<String>) {
    open.push(Event::Came { envelopes });
}

#[test]
fn a_plan_tells_what_the_task_will_be() {
    let (plan, bytes) = super::plan(&draft(), &data("good"), &Vec::new()).unwrap();
    assert_eq!((plan.items, plan.each), (4, 4));
    assert!((16.0..80.0).contains(&plan.seconds), "{}", plan.seconds);
    assert_eq!(plan.first.as_ref().unwrap().outputs.len(), 2);
    let open = project(1);
    let planned = link_length(envelope::pack(&bytes.unwrap()).len(), false);
    let off = open.project.envelope.len() as f64 / planned as f64;
    assert!((0.95..1.05).contains(&off), "{off}");

    let shared = Draft {
        slots: 4,
        overlap: 2,
        ..draft()
    };
    let (plan, _) = super::plan(&shared, &data("good"), &Vec::new()).unwrap();
    assert_eq!(plan.each, 2, "four items, two raters each, four raters");
    let none = Draft {
        systems: vec![],
        ..draft()
    };
    assert!(super::plan(&none, &data("good"), &Vec::new()).is_err());
}

#[test]
fn two_devices_that_disagree_are_shown_until_it_is_decided() {
    let mut open = project(1);
    let both = vec![answers(&open, 1, "Ann", 4), answers(&open, 2, "ann ", 5)];
    came(&mut open, both);
    let view = open.view();
    let [conflict] = &view.conflicts[..] else {
        panic!("{view:?}");
    };
    let row = open.project.origins[0].row + 1;
    assert_eq!((conflict.row, conflict.answers.len()), (row, 2));
    let mut points = ["Quality (base): 1", "Quality (tuned): 4"];
    if tuned_output(&open) == 0 {
        points.reverse();
    }
    let said = format!("{} · {} · Preference: tuned", points[0], points[1]);
    assert_eq!(conflict.answers[0].1, said);
    open.push(Event::Preferred {
        rater: conflict.rater.clone(),
        place: conflict.place,
        device: 2,
    });
    assert_eq!(open.view().conflicts, []);
    let table = open.table(&data("good"));
    let tuned: Vec<f64> = table
        .ratings
        .iter()
        .filter(|r| r.system == 1)
        .map(|r| r.value)
        .collect();
    assert_eq!(tuned, [5.0]);
    open.push(Event::Undone);
    assert_eq!(open.view().conflicts.len(), 1);
    open.push(Event::Apart {
        device: 2,
        apart: true,
    });
    assert_eq!(open.view().conflicts, []);
    assert_eq!(open.table(&data("good")).raters.len(), 2);
}

#[test]
fn rows_are_known_only_where_the_data_holds_what_was_judged() {
    let mut open = project(1);
    let envelope = answers(&open, 1, "Ann", 4);
    came(&mut open, vec![envelope]);
    let linked = |data: &DataSet| {
        let units = open.table(data).units;
        units.iter().filter(|u| u.row.is_some()).count()
    };
    assert_eq!(linked(&data("good")), 4);
    assert_eq!(linked(&data("other")), 0);
    assert_eq!(linked(&DataSet::default()), 0);
}

#[test]
fn answers_find_their_task_among_many() {
    let (first, second) = (project(1), project(2));
    let ids = [first.id.clone(), second.id.clone()];
    let (a, b) = (answers(&first, 1, "Ann", 4), answers(&second, 1, "Ann", 4));
    let text = format!("x {ANSWERS_MARK}{b} y {ANSWERS_MARK}{a} z");
    let sorted = sort(&text, &ids, None);
    let expected = [
        (ids[1].clone(), vec![b.clone()]),
        (ids[0].clone(), vec![a.clone()]),
    ];
    assert_eq!(sorted.projects, expected);

    // Without a project they are homeless; one that is open says why it can't take them.
    let sorted = sort(&text, &[], None);
    assert_eq!((sorted.answers, sorted.projects.len()), (2, 0));
    let task = format!("{TASK_MARK}{}", first.project.envelope);
    assert_eq!(sort(&task, &ids, None).tasks, 1);
    let mut open = first;
    for (_, envelopes) in sort(
        &format!("{ANSWERS_MARK}{b} {task}"),
        &ids[..1],
        Some(&ids[0]),
    )
    .projects
    {
        came(&mut open, envelopes);
    }
    let reasons: Vec<Aside> = open
        .view()
        .outcomes
        .into_iter()
        .filter_map(|o| match o {
            Outcome::Aside { reason, .. } => Some(reason),
            Outcome::Merged { .. } => None,
        })
        .collect();
    assert_eq!(reasons, [Aside::OtherTask, Aside::IsTask]);
}

#[test]
fn another_version_of_a_task_is_told_from_another_task() {
    let first = project(1);
    let longer = Draft {
        title: "T, corrected".into(),
        ..draft()
    };
    let secrets = Secrets {
        id: 1,
        owner: OWNER,
        order: 1,
    };
    let second = sent(make(&longer, &data("good"), &Vec::new(), secrets, 0.0).unwrap());
    let answer = answers(&second, 1, "Ann", 4);
    let ids = std::slice::from_ref(&first.id);
    let sorted = sort(&format!("{ANSWERS_MARK}{answer}"), ids, None);
    assert_eq!(sorted.projects[0].0, first.id);
    assert_eq!(first.project.read(&answer), Err(Aside::OtherVersion));
    let cut = &answer[..answer.len() - 8];
    let error = EnvelopeError::Cut { missing: 8 };
    assert_eq!(first.project.read(cut), Err(Aside::Unreadable { error }));
}

#[test]
fn a_short_link_has_a_picture_and_a_long_one_none() {
    let (size, path) = qr(&"a".repeat(2953)).unwrap();
    assert_eq!(size, 177, "version 40");
    assert!(path.starts_with("M0 0h1v1h-1z"));
    assert_eq!(qr(&"a".repeat(2954)), None);
}

#[test]
fn a_saved_project_opens_elsewhere_with_what_is_there() {
    let mut open = project(1);
    let [a, b, c] = [1, 2, 3].map(|device| answers(&open, device, "Ann", 4));
    came(&mut open, vec![a.clone()]);
    let again = OpenProject::saved(&open.to_file()).unwrap();
    assert_eq!((&again.id, &again.events), (&open.id, &open.events));

    // Both go on; what was taken back there stays taken back.
    let mut there = again;
    came(&mut there, vec![b.clone()]);
    came(&mut there, vec![c]);
    there.push(Event::Undone);
    came(&mut open, vec![a.clone()]);
    let joined = there.joined(open.events.clone());
    let came_in: Vec<&Event> = joined.events.iter().collect();
    let of = |text: &String| Event::Came {
        envelopes: vec![text.clone()],
    };
    assert_eq!(came_in, [&of(&b), &of(&a), &of(&a)]);
    // What only went on in one place is taken as it is.
    let short = OpenProject::saved(&project(1).to_file()).unwrap();
    assert_eq!(short.joined(open.events.clone()).events, open.events);
}

#[test]
fn a_damaged_project_gives_a_sentence() {
    use assay_rating::project::ProjectError;
    let open = project(1);
    let text = open.to_file();
    assert_eq!(
        OpenProject::saved(&text[..60]).err(),
        Some(ProjectError::NoProject)
    );
    let broken = |change: &dyn Fn(&mut Project)| {
        let mut project = open.project.clone();
        change(&mut project);
        project.check().unwrap_err()
    };
    let at = |item| ProjectError::Origin { item };
    assert_eq!(broken(&|p| p.origins.truncate(2)), at(3));
    assert_eq!(broken(&|p| p.origins[1].systems[0] = 9), at(2));
    assert_eq!(broken(&|p| p.origins[0].wrong = Some(2)), at(1));
    assert_eq!(broken(&|p| p.origins.push(p.origins[0].clone())), at(5));
    assert_eq!(broken(&|p| p.secret = None), ProjectError::Secret);
    let other = OwnerSecret([1; 32]);
    assert_eq!(broken(&|p| p.secret = Some(other)), ProjectError::Secret);
    assert!(matches!(
        broken(&|p| p.task.items.clear()),
        ProjectError::Task { .. }
    ));
}
