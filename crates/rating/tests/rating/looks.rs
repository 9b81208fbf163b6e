//! What a report says of judgements that are still coming in equals what the page's analysis says.

use crate::tools::{analysis, found};
use assay_rating::analysis::stopping::looks;
use std::fmt::Write;

#[test]
fn looks_are_those_of_the_analysis() {
    let mut pairs = "rater,item,model_a,model_b,winner\n".to_owned();
    let mut ratings = "rater,item,system,fluency\n".to_owned();
    for item in 0..40 {
        let winner = if item % 5 == 0 { "base" } else { "tuned" };
        writeln!(pairs, "ann,{item},base,tuned,{winner}").unwrap();
        writeln!(
            ratings,
            "ann,{item},base,{}\nann,{item},tuned,{}",
            1 + item % 3,
            2 + item % 4
        )
        .unwrap();
    }
    let pairs = found("p.csv", &pairs);
    let look = &looks(&pairs.table, None)[0];
    let dimensions = analysis(&pairs).dimensions;
    let pair = &dimensions[0].preferences.as_ref().unwrap().pairs[0];
    assert_eq!(Some(look.sequential), pair.sequential);
    assert_eq!((look.difference, look.items), (pair.rate - 0.5, 40));
    assert_eq!((look.system.as_str(), look.is_share), ("tuned", true));
    let ratings = found("r.csv", &ratings);
    let look = &looks(&ratings.table, Some("base"))[0];
    let change = analysis(&ratings).dimensions[0].systems[1].change.unwrap();
    assert_eq!(Some(look.sequential), change.sequential);
    assert_eq!((look.difference, look.items), (change.value, change.units));
    let turned = &looks(&ratings.table, Some("tuned"))[0];
    assert_eq!(turned.difference, -look.difference);
}

#[test]
fn what_models_alone_have_judged_is_not_looked_at() {
    let judged = "judge,item,model_a,model_b,winner\ngpt-4,1,base,tuned,tuned\n";
    assert!(looks(&found("j.csv", judged).table, None).is_empty());
}
