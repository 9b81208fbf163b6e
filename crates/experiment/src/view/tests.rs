use super::*;
use assay_data::import::Importer;

fn trial(text: &str) -> Trial {
    let mut importer = Importer::new("trial.csv");
    importer.push(text.as_bytes()).unwrap();
    Trial::of(importer.finish().unwrap()).unwrap()
}

#[test]
fn totals_with_points_between_thousands_are_whole_counts() {
    let german = "Variante;Nutzer;Käufe;Umsatz\nA;1.000;125;5.200\nB;1.050;1.000;5.125\n";
    for text in [german.to_owned(), german.replace(';', ",")] {
        let view = TrialView::of(&trial(&text));
        assert_eq!(view.arms[0].units, 1000.0, "{text}");
        assert_eq!(view.points.thousands, ["Nutzer", "Käufe", "Umsatz"]);
    }
    let seconds = TrialView::of(&trial("variant;seconds\nA;1.125\nB;1.250\n"));
    assert_eq!(seconds.points.unclear, ["seconds"]);
}

#[test]
fn totals_give_the_same_results_as_their_events() {
    let totals = TrialView::of(&trial("arm,users,orders\nA,40,10\nB,44,20\n"));
    let mut events = String::from("user_id,arm,ordered\n");
    for (arm, all, some) in [("A", 40, 10), ("B", 44, 20)] {
        for i in 0..all {
            events.push_str(&format!("{arm}{i},{arm},{}\n", u8::from(i < some)));
        }
    }
    let events = TrialView::of(&trial(&events));
    let (a, b) = (&totals.outcomes[0], &events.outcomes[0]);
    assert_eq!(a.arms, b.arms);
    let (a, b) = (
        a.compared[1].as_ref().unwrap(),
        b.compared[1].as_ref().unwrap(),
    );
    assert_eq!(
        (a.p_value, a.interval, a.fisher),
        (b.p_value, b.interval, b.fisher)
    );
    assert_eq!(totals.split, events.split);
}

#[test]
fn the_same_tasks_are_pairs_and_users_with_many_rows_are_clusters() {
    let tasks = TrialView::of(&trial(
        "task,system,solved,latency_s\n1,a,1,2.5\n1,b,0,3.5\n2,a,1,1\n2,b,1,4\n3,a,1,1.5\n3,b,0,2\n",
    ));
    assert!(tasks.paired && tasks.split.is_none());
    let solved = tasks.outcomes[0].compared[1].as_ref().unwrap();
    assert_eq!(solved.method, Method::PairedShares);
    assert!((solved.p_value.unwrap() - 0.5).abs() < 1e-12);
    let users = TrialView::of(&trial(
        "user,arm,clicked,price\nu1,a,1,2.5\nu1,a,0,1.25\nu2,a,1,3.5\nu3,b,1,3.5\nu3,b,0,3\nu4,b,1,1.5\n",
    ));
    assert_eq!(
        users.outcomes[0].compared[1].as_ref().unwrap().method,
        Method::Clustered
    );
    assert_eq!(users.arms[0].units, 2.0);
}

#[test]
fn units_in_both_arms_are_left_out_and_counted() {
    let mut text = String::from("user_id,variant,country,converted\n");
    for i in 0..40 {
        let country = if i % 2 == 0 { "de" } else { "fr" };
        let arm = if i < 20 { "A" } else { "B" };
        text.push_str(&format!("u{i},{arm},{country},{}\n", u8::from(i % 5 == 0)));
    }
    let clean = TrialView::of(&trial(&text));
    // Ten more, in both arms, which would change both.
    for i in 40..50 {
        text.push_str(&format!("u{i},A,de,1\nu{i} ,B,fr,1\n"));
    }
    let view = TrialView::of(&trial(&text));
    assert_eq!((view.units, view.crossed, view.unpaired), (50, 10, 0));
    assert!(!view.paired);
    assert_eq!(view.outcomes, clean.outcomes);
    assert_eq!(view.segments, clean.segments);
    assert_eq!((view.split, clean.crossed), (clean.split, 0));
    let counts: Vec<f64> = view.arms.iter().map(|a| a.units).collect();
    assert_eq!(counts, [20.0, 20.0]);
}

#[test]
fn pairs_keep_their_units_and_say_which_have_no_partner() {
    let text = "task,system,solved\n1,a,1\n1,b,0\n2,a,1\n2,b,1\n3,a,0\n3,b,1\n4,a,1\n";
    let view = TrialView::of(&trial(text));
    assert!(view.paired);
    assert_eq!((view.units, view.crossed, view.unpaired), (4, 0, 1));
    // A third arm that shares one task with the others: that task belongs to no single arm.
    let more = format!("{text}3,c,1\n5,c,1\n6,c,0\n7,c,1\n");
    let view = TrialView::of(&trial(&more));
    assert_eq!((view.units, view.crossed), (7, 1));
}

#[test]
fn sums_over_units_are_means_without_a_test() {
    let view = TrialView::of(&trial(
        "variant,users,orders,spent\nA,1000,120,9000\nB,1000,1030,9500\n",
    ));
    for (outcome, means) in view.outcomes.iter().zip([[0.12, 1.03], [9.0, 9.5]]) {
        let values: Vec<f64> = outcome.arms.iter().flatten().map(|m| m.value).collect();
        assert_eq!(values, means);
        assert!(
            outcome
                .arms
                .iter()
                .flatten()
                .all(|m| m.interval.is_none() && m.units == 1000.0)
        );
        assert_eq!(outcome.compared, [None, None]);
        assert_eq!(outcome.untested, Some(Untested::Sum));
    }
}

#[test]
fn one_unit_an_arm_is_no_test() {
    for text in [
        "variant,latency\nA,1.5\nB,2.5\n",
        "variant,converted\nA,1\nB,0\n",
        "user_id,variant,converted\nu1,A,1\nu1,A,0\nu2,B,1\n",
        "variant,users,orders\nA,1,1\nB,1,0\n",
    ] {
        let view = TrialView::of(&trial(text));
        assert_eq!(view.outcomes[0].compared, [None, None], "{text}");
        assert_eq!(view.outcomes[0].untested, Some(Untested::FewUnits));
    }
}

#[test]
fn an_uneven_split_is_flagged_unless_it_was_planned() {
    let mut uneven = trial("arm,users,orders\nA,5400,10\nB,4600,20\n");
    assert!(TrialView::of(&uneven).mismatched());
    uneven.settings.shares = Some(vec![54.0, 46.0]);
    assert!(!TrialView::of(&uneven).mismatched());
}

#[test]
fn each_value_of_a_categorical_outcome_is_a_share() {
    let text = "ticket,system,status\n1,a,resolved\n1,b,escalated\n2,a,resolved\n2,b,resolved\n3,a,abandoned\n3,b,\n";
    let mut tickets = trial(text);
    let view = TrialView::of(&tickets);
    let names: Vec<(&str, bool)> = view
        .outcomes
        .iter()
        .map(|o| (o.name.as_str(), o.lower_is_better))
        .collect();
    assert_eq!(
        names,
        [
            ("status = abandoned", true),
            ("status = escalated", true),
            ("status = resolved", false)
        ]
    );
    assert_eq!(view.outcomes[2].arms[0].unwrap().value, 2.0 / 3.0);
    assert_eq!(
        view.outcomes[2].arms[1].unwrap().units,
        2.0,
        "what is missing is no failure"
    );
    // Asked for again, none stands twice.
    tickets.set_role(2, TrialRole::Categories);
    assert_eq!(TrialView::of(&tickets).outcomes.len(), 3);
}

#[test]
fn empty_arms_and_unreadable_cells_do_not_fail() {
    for text in [
        "arm,users,orders\nA,0,0\nB,0,0\n",
        "arm,converted,amount\nA,1,\nB,,\n",
        "variant,x\nA,1.5\nB,2.5\n",
    ] {
        let view = TrialView::of(&trial(text));
        assert_eq!(view.arms.len(), 2);
    }
}
