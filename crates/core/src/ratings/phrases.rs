//! The search for phrases in reasons, in pieces between which other calls are answered.

use crate::pace::{Pace, Stopped};
use assay_rating::analysis::reasons::{Grouping, ReasonGroup};

/// Reasons that are looked through between two looks at the clock.
const PIECE: usize = 64;

/// The groups with the phrases that recur in their reasons. The job that shows how far the search is has ended when this
/// returns.
///
/// # Errors
/// When a person has stopped the search.
pub(super) async fn find_phrases(
    mut groups: Grouping,
    mut pace: Pace,
) -> Result<Vec<ReasonGroup>, Stopped> {
    let mut is_stopped = Ok(());
    while is_stopped.is_ok() && groups.step(PIECE) {
        (pace.done, pace.total) = groups.progress();
        is_stopped = pace.step().await;
    }
    pace.finish();
    is_stopped?;
    Ok(groups.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace::work::{WorkClock, finish};
    use assay_calls::{Announcer, Jobs};
    use assay_protocol::topics::COUNT_PHRASES;
    use assay_rating::exchange::read;
    use std::rc::Rc;

    /// The reasons of a judge for many verdicts.
    fn groups(reasons: usize) -> Grouping {
        let mut text = "judge,item,model_a,model_b,winner,reason\n".to_owned();
        for i in 0..reasons {
            text.push_str(&format!(
                "critic,{i},base,tuned,tuned,answer {i} is more accurate than the other\n"
            ));
        }
        let foreign = read("judge.csv", text.as_bytes()).unwrap();
        let mut ratings = crate::ratings::Ratings::default();
        ratings.load("judge.csv".into(), foreign);
        Grouping::of(&ratings.table(&assay_data::DataSet::default()).unwrap())
    }

    #[test]
    fn a_long_search_lets_others_come_first_and_can_be_stopped() {
        let clock = Rc::new(WorkClock::default());
        let jobs = Jobs::new(Announcer::default());
        let pace = || Pace::new(clock.clone(), jobs.clone(), COUNT_PHRASES);
        let found = finish(find_phrases(groups(20_000), pace())).unwrap();
        assert!(
            found[0]
                .phrases
                .iter()
                .any(|p| p.text.contains("more accurate"))
        );
        assert!(clock.longest_ms() <= 20.0, "{}", clock.longest_ms());
        assert!(clock.rested_ms() > 50.0, "it has paused often");

        let mut slow = pace();
        clock.advance(1000.0);
        slow.look().unwrap();
        assert_eq!(jobs.running().len(), 1);
        jobs.stop_kind(&COUNT_PHRASES);
        let stopped = finish(find_phrases(groups(20_000), slow));
        assert_eq!(stopped.unwrap_err(), Stopped);
        assert_eq!(jobs.running().len(), 0, "a stopped job leaves the list");
        assert!(
            finish(find_phrases(groups(20), pace())).is_ok(),
            "it can be started again"
        );
    }
}
