use super::*;
use assay_rating::Question;
use assay_rating::answers::Span;
use assay_rating::template::Template;

fn state(kinds: Vec<Kind>, outputs: &[(usize, &str)]) -> ItemState {
    let question = |(i, kind): (usize, Kind)| Question {
        name: format!("q{i}"),
        help: String::new(),
        required: kind != Kind::Comment,
        kind,
    };
    let questions: Vec<Question> = kinds.into_iter().enumerate().map(question).collect();
    let item = assay_rating::Item {
        outputs: vec![String::new(); outputs.len()],
        ..Default::default()
    };
    let task = assay_rating::Task {
        id: 0,
        seed: 0,
        key: [0; 32],
        language: String::new(),
        title: String::new(),
        instructions: String::new(),
        questions: questions.clone(),
        items: vec![item],
        slots: 0,
        overlap: 0,
        repeats: 0,
        timed: false,
        sealing: Default::default(),
        completion: String::new(),
        prefilled: Vec::new(),
    };
    ItemState::new(Rc::new(ItemView {
        place: 0,
        source: String::new(),
        reference: String::new(),
        outputs: outputs
            .iter()
            .map(|(o, t)| (*o, None, (*t).to_owned()))
            .collect(),
        fields: task.fields(0),
        questions,
        answer: Answer::default(),
        is_answered: false,
        progress: Default::default(),
        can_undo: false,
    }))
}

fn press(state: &mut ItemState, keys: &[&str]) -> Asked {
    let mut asked = Asked::Nothing;
    keys.iter().for_each(|key| asked = state.key(key));
    asked
}

#[test]
fn digits_go_through_the_scales_output_by_output() {
    let scale = || Kind::Scale(vec![String::new(); 5]);
    // The item's second output is shown first.
    let mut state = state(vec![scale(), scale(), Kind::Comment], &[(1, "b"), (0, "a")]);
    assert!(!state.is_done());
    assert_eq!(
        press(&mut state, &["4", "5", "1", "2", "Enter"]),
        Asked::Done
    );
    assert!(state.is_done());
    let said: Vec<_> = (0..4).map(|f| state.answer.get(f).cloned()).collect();
    // Fields are question by question: relevance of 0 and 1, then fluency of 0 and 1.
    assert_eq!(said, [1, 4, 2, 5].map(|p| Some(Value::Point(p))));
    press(&mut state, &["ArrowUp", "ArrowUp", "ArrowUp", "ArrowLeft"]);
    assert_eq!(state.answer.get(1), Some(&Value::Point(3)));
    assert_eq!(
        press(&mut state, &["7"]),
        Asked::Nothing,
        "there is no seventh point"
    );
    assert_eq!(press(&mut state, &["u"]), Asked::Undo);
}

#[test]
fn a_letter_means_the_output_that_bears_it() {
    let pair = Kind::Pairwise {
        tie: true,
        both_bad: false,
    };
    let mut state = state(vec![pair], &[(1, "b"), (0, "a")]);
    press(&mut state, &["a"]);
    assert_eq!(
        state.answer.get(0),
        Some(&Value::Prefer(Preference::Second))
    );
    press(&mut state, &["="]);
    assert_eq!(state.answer.get(0), Some(&Value::Prefer(Preference::Tie)));
    press(&mut state, &["x"]);
    assert_eq!(state.answer.get(0), Some(&Value::Prefer(Preference::Tie)));
}

#[test]
fn a_letter_finds_the_question_that_it_answers() {
    let pair = Kind::Pairwise {
        tie: true,
        both_bad: true,
    };
    let errors = Kind::Spans(vec!["x".into()]);
    let mut state = state(vec![errors, pair], &[(0, "a b"), (1, "c")]);
    press(&mut state, &[" ", " ", "b"]);
    assert_eq!(
        state.answer.get(2),
        Some(&Value::Prefer(Preference::Second))
    );
    assert_eq!(state.marks(0).len(), 1);
}

#[test]
fn a_ranking_is_whole_with_the_last_but_one() {
    let mut state = state(vec![Kind::Ranking], &[(2, "c"), (0, "a"), (1, "b")]);
    press(&mut state, &["b"]);
    assert_eq!(state.answer.get(0), None);
    press(&mut state, &["c"]);
    assert_eq!(state.answer.get(0), Some(&Value::Order(vec![0, 1, 2])));
    press(&mut state, &["Backspace", "a"]);
    assert_eq!(state.answer.get(0), Some(&Value::Order(vec![0, 2, 1])));
}

#[test]
fn an_error_is_marked_from_piece_to_piece() {
    let kind = Kind::Spans(vec!["x".into(), "y".into()]);
    let mut state = state(vec![kind], &[(0, "one two three")]);
    press(
        &mut state,
        &["2", "m", "ArrowRight", " ", "ArrowRight", "Enter"],
    );
    let span = Span {
        start: 4,
        end: 13,
        category: 1,
        major: true,
    };
    assert_eq!(state.answer.get(0), Some(&Value::Spans(vec![span])));
    press(&mut state, &["Backspace"]);
    assert_eq!(state.answer.get(0), None);
    assert!(!state.is_done());
    press(&mut state, &["n"]);
    assert!(state.is_done());
}

#[test]
fn keys_choose_severities_and_mark_what_is_missing() {
    let kind = Template::Mqm.questions("en").remove(0).kind;
    let mut state = state(vec![kind], &[(0, "one two")]);
    // The third category, from minor over major to critical, on the first word; then something is missing.
    press(&mut state, &["3", "m", "m", " ", " ", "m", "o"]);
    let mark = |start, end, severity| Mark {
        start,
        end,
        category: 2,
        severity,
    };
    let expected = [
        mark(0, 3, Severity::Critical),
        mark(7, 7, Severity::Neutral),
    ];
    assert_eq!(state.marks(0), expected);
    press(&mut state, &["o"]);
    assert_eq!(state.marks(0).len(), 3, "two things can be missing");
    press(&mut state, &["n"]);
    assert_eq!(state.answer.get(0), Some(&Value::Marks(Vec::new())));
}

#[test]
fn a_score_waits_until_the_errors_are_marked() {
    let kinds = Template::Esa.questions("en").into_iter().map(|q| q.kind);
    let mut state = state(kinds.collect(), &[(0, "one two"), (1, "three")]);
    let waits = |state: &ItemState| [2, 3].map(|score| state.waits(score));
    assert_eq!(waits(&state), [true, true]);
    press(&mut state, &["ArrowDown", "7"]);
    assert_eq!(state.answer.get(2), None);
    press(&mut state, &["ArrowUp", "n"]);
    assert_eq!(waits(&state), [false, true]);
    press(&mut state, &["7", "ArrowRight"]);
    assert_eq!(state.answer.get(2), Some(&Value::Score(71)));
    press(&mut state, &["0", "ArrowRight"]);
    assert_eq!(state.answer.get(2), Some(&Value::Score(100)));
    assert!(!state.is_done(), "the second output is open");
}
