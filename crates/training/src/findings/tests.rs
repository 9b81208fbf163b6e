use super::*;

fn run(train: &[f64], eval: &[f64]) -> Run {
    let every = train.len() / eval.len().max(1);
    let point = |step: usize, value: f64| Point {
        step: Some(step as f64),
        epoch: None,
        time: None,
        value,
    };
    let mut run = Run::default();
    for (i, value) in train.iter().enumerate() {
        run.log("loss", point(i + 1, *value));
    }
    for (i, value) in eval.iter().enumerate() {
        run.log("eval_loss", point((i + 1) * every, *value));
    }
    run
}

fn falling(n: usize) -> Vec<f64> {
    (0..n).map(|i| 3.0 / (1.0 + i as f64 * 0.1)).collect()
}

#[test]
fn a_rise_long_after_the_minimum_is_overfitting() {
    let found = findings(&run(&falling(50), &[2.0, 1.5, 1.6, 1.8, 1.95]));
    let Finding::Overfit {
        at,
        above,
        since,
        train_falls,
        ..
    } = &found[0]
    else {
        panic!("{found:?}");
    };
    assert_eq!(
        (at.step, since.step, *train_falls),
        (Some(20.0), Some(30.0), true)
    );
    assert!((above - 0.3).abs() < 1e-12);
    assert_eq!(found.len(), 1);
}

#[test]
fn a_last_wobble_is_no_overfitting_and_a_falling_loss_is_reported() {
    assert_eq!(
        findings(&run(&falling(50), &[2.0, 1.5, 1.2, 1.0, 1.05])),
        []
    );
    let found = findings(&run(&falling(50), &[2.0, 1.5, 1.2, 1.1, 1.0]));
    assert!(
        matches!(found[..], [Finding::Improving { .. }]),
        "{found:?}"
    );
    let flat = findings(&run(
        &falling(80),
        &[2.0, 1.5, 1.1, 1.1, 1.101, 1.1, 1.0999, 1.1],
    ));
    assert!(matches!(flat[..], [Finding::Plateau { .. }]), "{flat:?}");
}

#[test]
fn divergence_and_nan_losses_are_reported() {
    let mut train = falling(40);
    train.extend([4.0, 5.0, 6.0, 7.0, f64::NAN, 8.0, 9.0, 9.0]);
    let found = findings(&run(&train, &[]));
    assert!(matches!(
        found[0],
        Finding::NotFinite {
            count: 1,
            at: Place {
                step: Some(45.0),
                ..
            },
            ..
        }
    ));
    assert!(matches!(found[1], Finding::Diverged { .. }), "{found:?}");
    assert_eq!(findings(&run(&falling(40), &[])).len(), 0);
    assert_eq!(findings(&run(&[1.0; 40], &[])).len(), 1);
    assert_eq!(findings(&Run::default()), []);
}

#[test]
fn a_loss_of_exactly_zero_is_counted() {
    let mut train = vec![2.31];
    train.extend([0.0; 29]);
    let found = findings(&run(&train, &[]));
    let Finding::ZeroLoss {
        at, count, points, ..
    } = &found[0]
    else {
        panic!("{found:?}");
    };
    assert_eq!((at.step, *count, *points), (Some(2.0), 29, 30));
    let mut learned = falling(40);
    learned.extend([0.0, 0.0]);
    assert_eq!(
        findings(&run(&learned, &[])),
        [],
        "two zeros may be rounded"
    );
    let mut policy = run(&train, &[]);
    policy.log("reward", policy.series[0].points[0]);
    assert_eq!(findings(&policy), []);
}
