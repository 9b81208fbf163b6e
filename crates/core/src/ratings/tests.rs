use super::*;
use assay_rating::analysis::style::StyleFeature;
use assay_rating::exchange::read;

const PEOPLE: &str = "rater,item,system,fluency\nann,1,base,2\nann,1,tuned,5\n";
const JUDGE: &str = "rater,item,system,fluency\ncritic,1,base,3\n";

fn foreign(text: &str) -> Foreign {
    read("a.csv", text.as_bytes()).unwrap()
}

#[test]
fn files_that_were_added_and_who_is_a_model_outlive_a_visit() {
    let mut ratings = Ratings::default();
    ratings.load("people.csv".into(), foreign(PEOPLE));
    ratings.add("judge.csv".into(), foreign(JUDGE));
    let critic = RaterKey::Named(None, "critic".into());
    let name = "critic".to_owned();
    ratings.set_kind(critic, RaterKind::Model { name });
    let kept = ratings.kept().unwrap();
    assert!(kept.is_whole());
    let mut bytes = Vec::new();
    ciborium::into_writer(&kept, &mut bytes).unwrap();
    let mut other = Ratings::default();
    other.restore(ciborium::from_reader(&bytes[..]).unwrap());
    let data = DataSet::default();
    assert_eq!(other.table(&data), ratings.table(&data));
    let view = other.view(&data, None, |_| Vec::new()).unwrap();
    assert_eq!(view.file, "people.csv + judge.csv");
    assert_eq!(view.analysis.judges[0].name, "critic");
    assert_eq!(view.earlier, None);
}

#[test]
fn a_lead_by_length_alone_goes_away_with_lengths_held_equal() {
    let mut people = "rater,item,model_a,model_b,winner\n".to_owned();
    let mut rows = "id,reference,base,tuned\n".to_owned();
    for item in 0..60 {
        // Tuned is longer in three of four rows, and in four of five the longer one is preferred.
        let tuned_is_longer = item % 4 != 0;
        let [base, tuned] = if tuned_is_longer {
            ["short", "a longer answer"]
        } else {
            ["a longer answer", "short"]
        };
        let won = if tuned_is_longer == (item % 5 != 0) {
            "tuned"
        } else {
            "base"
        };
        rows.push_str(&format!("{item},r,{base} {item},{tuned} {item}\n"));
        people.push_str(&format!("ann,{item},base,tuned,{won}\n"));
    }
    let mut importer = assay_data::Importer::new("d.csv");
    importer.push(rows.as_bytes()).unwrap();
    let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    let mut ratings = Ratings::default();
    ratings.load("people.csv".into(), foreign(&people));
    let view = ratings.view(&data, None, |_| Vec::new()).unwrap();
    let found = view.analysis.dimensions[0].preferences.clone().unwrap();
    let control = found.style.unwrap();
    assert_eq!((control.count, control.units), (60, 60));
    assert!(found.pairs[0].rate > 0.6, "{}", found.pairs[0].rate);
    assert!(
        (control.pairs[0].rate - 0.5).abs() < 0.1,
        "{:?}",
        control.pairs
    );
    assert_eq!(control.effects[0].feature, StyleFeature::Length);
    assert!(
        control.effects[0].interval[0] > 1.5,
        "{:?}",
        control.effects
    );
    assert_eq!(control.effects.len(), 1, "nothing else differs");
    let strengths = found.ranked.unwrap().systems;
    for strength in strengths {
        let [low, high] = strength.bootstrap.unwrap();
        assert!(low < strength.value && strength.value < high);
    }
}

#[test]
fn a_judge_is_held_against_people_in_each_slice() {
    let mut people = "rater,item,system,good\n".to_owned();
    let mut judge = people.clone();
    let mut rows = "id,reference,base,topic\n".to_owned();
    for item in 0..40 {
        // Of law it says what people say, of health the opposite.
        let (topic, said) = if item % 2 == 0 {
            ("law", item / 2 % 2)
        } else {
            ("health", 1 - item / 2 % 2)
        };
        rows.push_str(&format!("{item},r,o{item},{topic}\n"));
        people.push_str(&format!("ann,{item},base,{}\n", item / 2 % 2));
        judge.push_str(&format!("gpt-4,{item},base,{said}\n"));
    }
    let mut importer = assay_data::Importer::new("d.csv");
    importer.push(rows.as_bytes()).unwrap();
    let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    let mut ratings = Ratings::default();
    ratings.load("people.csv".into(), foreign(&people));
    ratings.add("judge.csv".into(), foreign(&judge));
    let view = ratings.view(&data, None, |_| Vec::new()).unwrap();
    let result = &view.analysis.judges[0].dimensions[0];
    assert_eq!(result.agreement.as_ref().unwrap().same, 0.5);
    let slices: Vec<_> = result
        .slices
        .iter()
        .map(|s| (s.value.as_str(), s.items, s.same))
        .collect();
    assert_eq!(slices, [("health", 20, 0.0), ("law", 20, 1.0)]);
    for (slice, expected) in result.slices.iter().zip([-1.0, 1.0]) {
        let kappa = slice.kappa.unwrap();
        assert!((kappa - expected).abs() < 1e-12, "{kappa}");
    }
    assert!(
        result
            .slices
            .iter()
            .all(|s| s.column == "topic" && s.same_interval.is_some())
    );
}
