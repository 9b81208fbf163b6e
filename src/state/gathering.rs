//! What the owner of a rating task that was sent does next. No browser, so that it is tested natively.

use assay_protocol::projects::ProjectView;
use assay_rating::judgements::RaterInfo;

/// What the owner does next.
#[derive(Debug, Clone, PartialEq)]
pub enum Next<'a> {
    /// Decide between answers that contradict each other: how many places there are.
    Decide(usize),
    /// Send the link: nothing has come yet.
    Send,
    /// Ask those from whom nothing has come, by their numbers from 1.
    Remind(&'a [u16]),
    /// Ask a rater for the rest.
    Finish(&'a RaterInfo),
    /// Read the results: all is in.
    Read,
    /// Read the results so far: everyone has sent something, and how much is still to come is not known.
    ReadSoFar,
}

/// The most urgent thing: what contradicts, then who is missing, then who has begun. `items` is how many items each
/// rater sees; nothing where that differs between raters. Who was left out is asked for nothing.
#[must_use]
pub fn next<'a>(
    project: &'a ProjectView,
    raters: &[&'a RaterInfo],
    items: Option<usize>,
) -> Next<'a> {
    if !project.conflicts.is_empty() {
        return Next::Decide(project.conflicts.len());
    }
    if raters.is_empty() {
        return Next::Send;
    }
    if !project.silent.is_empty() {
        return Next::Remind(&project.silent);
    }
    let Some(items) = items else {
        return Next::ReadSoFar;
    };
    let is_open = |info: &&RaterInfo| !info.left_out && info.answered + info.skipped < items;
    let mut raters = raters.iter().copied();
    raters.find(is_open).map_or(Next::Read, Next::Finish)
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_protocol::projects::ConflictView;
    use assay_rating::judgements::RaterKind;
    use assay_rating::pool::{Place, RaterKey};

    fn rater(name: &str, answered: usize, skipped: usize) -> RaterInfo {
        RaterInfo {
            key: RaterKey::Named(None, name.to_owned()),
            name: name.to_owned(),
            devices: Vec::new(),
            answered,
            skipped,
            controls: (0, 0),
            repeated: (0, 0),
            seconds: None,
            conflicts: 0,
            left_out: false,
            invited: None,
            kind: RaterKind::Person,
        }
    }

    fn conflict() -> ConflictView {
        let place = Place {
            item: 0,
            again: false,
        };
        ConflictView {
            rater: RaterKey::Device(1),
            name: "Ann".to_owned(),
            place,
            row: 1,
            answers: Vec::new(),
        }
    }

    #[test]
    fn the_link_is_sent_first_and_who_has_begun_is_asked_for_the_rest() {
        let project = ProjectView::default();
        assert_eq!(next(&project, &[], Some(10)), Next::Send);
        let (done, begun) = (rater("Ann", 9, 1), rater("Ben", 3, 2));
        assert_eq!(next(&project, &[&done], Some(10)), Next::Read);
        let all = [&done, &begun];
        assert_eq!(next(&project, &all, Some(10)), Next::Finish(&begun));
    }

    #[test]
    fn contradictions_come_before_those_who_are_missing_and_these_before_those_who_have_begun() {
        let mut project = ProjectView {
            silent: vec![2, 4],
            ..ProjectView::default()
        };
        let begun = rater("Ben", 3, 0);
        assert_eq!(next(&project, &[&begun], Some(10)), Next::Remind(&[2, 4]));
        project.conflicts = vec![conflict(), conflict()];
        assert_eq!(next(&project, &[&begun], Some(10)), Next::Decide(2));
        assert_eq!(next(&project, &[], Some(10)), Next::Decide(2));
    }

    #[test]
    fn who_was_left_out_is_asked_for_nothing() {
        let project = ProjectView::default();
        let mut begun = rater("Ben", 3, 0);
        begun.left_out = true;
        let done = rater("Ann", 10, 0);
        assert_eq!(next(&project, &[&begun, &done], Some(10)), Next::Read);
    }

    #[test]
    fn all_is_in_is_said_only_where_it_is_known_how_much_that_is() {
        let (project, begun) = (ProjectView::default(), rater("Ben", 3, 0));
        assert_eq!(next(&project, &[&begun], None), Next::ReadSoFar);
    }
}
