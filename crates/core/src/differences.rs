//! What differs between two texts, in pieces that can be read: words, and characters of scripts without spaces, with
//! single words that stand between two changes taken into the change.

use crate::marks::{Effort, is_space, tokens};
use assay_protocol::views::Mark;
use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::{DiffOp, DiffTag};
use std::ops::Range;

/// A text in words, each also with the white space after it.
struct Words<'a> {
    words: Vec<&'a str>,
    whole: Vec<&'a str>,
}

/// A stretch of both texts.
struct Stretch {
    is_same: bool,
    old: Range<usize>,
    new: Range<usize>,
}

/// The hypothesis against the other text; neighbours of one kind are joined. White space alone is no difference: what is
/// the same stands as the hypothesis has it. Nothing where that takes too long.
pub(crate) fn differences(
    other: &str,
    hypothesis: &str,
    effort: &mut Effort,
) -> Vec<(Mark, String)> {
    let (old, new) = (Words::of(other), Words::of(hypothesis));
    if !effort.compare(differing_pairs(&old.words, &new.words)) {
        return Vec::new();
    }
    let marks = compared(&old, &new);
    let is_shown = effort.show_differences(marks.len());
    if is_shown { marks } else { Vec::new() }
}

/// Pairs of words between what both texts begin and end with.
fn differing_pairs(old: &[&str], new: &[&str]) -> usize {
    let same =
        |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(a, b)| a == b).count();
    let begin = same(&mut old.iter().zip(new));
    let (old, new) = (&old[begin..], &new[begin..]);
    let end = same(&mut old.iter().rev().zip(new.iter().rev()));
    (old.len() - end).saturating_mul(new.len() - end)
}

fn compared(old: &Words<'_>, new: &Words<'_>) -> Vec<(Mark, String)> {
    let mut marks: Vec<(Mark, String)> = Vec::new();
    let mut push = |mark: Mark, text: &str| match marks.last_mut() {
        _ if text.is_empty() => {}
        Some((last, words)) if *last == mark => words.push_str(text),
        _ => marks.push((mark, text.to_owned())),
    };
    // White space after what is the same, where only the other text goes on there.
    let mut before_missing = String::new();
    for stretch in readable(edit_script(&old.words, &new.words), old, new) {
        let (gone, come) = (
            old.whole[stretch.old].concat(),
            new.whole[stretch.new].concat(),
        );
        let space = |text: &str| text[text.trim_end().len()..].to_owned();
        if stretch.is_same {
            push(Mark::Same, &come);
            before_missing = match space(&come).is_empty() {
                true => space(&gone),
                false => String::new(),
            };
        } else if come.is_empty() {
            push(
                Mark::Missing,
                &(std::mem::take(&mut before_missing) + &gone),
            );
        } else {
            // The space after a change belongs to both texts, so that words do not run into each other.
            let gone = std::mem::take(&mut before_missing) + gone.trim_end();
            push(Mark::Missing, &gone);
            push(Mark::Added, come.trim_end());
            push(Mark::Same, &space(&come));
        }
    }
    marks
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let mut words = Self {
            words: Vec::new(),
            whole: Vec::new(),
        };
        let mut at = 0;
        for token in tokens(text) {
            let end = at + token.len();
            match words.whole.last_mut() {
                Some(last) if is_space(token) => *last = &text[end - token.len() - last.len()..end],
                _ if is_space(token) => {}
                _ => {
                    words.words.push(token);
                    words.whole.push(token);
                }
            }
            at = end;
        }
        words
    }

    /// Characters of some words.
    fn characters(&self, range: &Range<usize>) -> usize {
        let words = &self.words[range.clone()];
        words.iter().map(|word| word.chars().count()).sum()
    }
}

/// What leads from one list to the other, after Myers. The algorithm is called by its name: through the crate's
/// `TextDiff` a program carries all of its algorithms, for texts of every kind.
fn edit_script(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut script = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok(()) = myers::diff(&mut script, old, 0..old.len(), new, 0..new.len());
    script.into_inner().into_inner().into_ops()
}

/// The script with what is the same between two changes taken into them where it is no longer than either: marks that
/// change at every other word can't be read.
fn readable(script: Vec<DiffOp>, old: &Words<'_>, new: &Words<'_>) -> Vec<Stretch> {
    let size = |change: &Stretch| {
        let (gone, come) = (old.characters(&change.old), new.characters(&change.new));
        gone.max(come)
    };
    let mut stretches: Vec<Stretch> = Vec::new();
    for edit in script {
        let (_, before, after) = edit.as_tag_tuple();
        let mut next = Stretch {
            is_same: edit.tag() == DiffTag::Equal,
            old: before,
            new: after,
        };
        while let [.., change, same] = &stretches[..] {
            let kept = new.characters(&same.new);
            let is_lost = !next.is_same && same.is_same && kept <= size(change).min(size(&next));
            if !is_lost {
                break;
            }
            next.old.start = change.old.start;
            next.new.start = change.new.start;
            stretches.truncate(stretches.len() - 2);
        }
        stretches.push(next);
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(other: &str, hypothesis: &str) -> Vec<(Mark, String)> {
        differences(other, hypothesis, &mut Effort::default())
    }

    fn owned(marks: &[(Mark, &str)]) -> Vec<(Mark, String)> {
        marks.iter().map(|(m, t)| (*m, (*t).to_owned())).collect()
    }

    #[test]
    fn words_and_chinese_characters_are_compared_and_neighbours_joined() {
        use Mark::{Added, Missing, Same};
        let words = marked("the cat sat  down", "the dog sat down");
        let expected = [
            (Same, "the "),
            (Missing, "cat"),
            (Added, "dog"),
            (Same, " sat down"),
        ];
        assert_eq!(words, owned(&expected));
        let characters = marked("我爱北京", "我在北京。");
        let expected = [
            (Same, "我"),
            (Missing, "爱"),
            (Added, "在"),
            (Same, "北京"),
            (Added, "。"),
        ];
        assert_eq!(characters, owned(&expected));
        assert_eq!(marked("", "a b"), owned(&[(Added, "a b")]));
        assert_eq!(marked("a", ""), owned(&[(Missing, "a")]));
        assert_eq!(marked("a b", "a  b"), owned(&[(Same, "a  b")]));
    }

    #[test]
    fn words_do_not_run_into_each_other_and_single_ones_are_taken_into_a_change() {
        use Mark::{Added, Missing};
        let found = marked(
            "Give plenty of fluids and rest",
            "A slight fever is of course common",
        );
        let expected = [
            (Missing, "Give plenty of fluids and rest"),
            (Added, "A slight fever is of course common"),
        ];
        assert_eq!(found, owned(&expected));
        let chinese = marked("多喝水，注意休息", "轻微发热，属于正常");
        let expected = [(Missing, "多喝水，注意休息"), (Added, "轻微发热，属于正常")];
        assert_eq!(chinese, owned(&expected));
    }

    #[test]
    fn both_texts_can_be_read_from_the_marks() {
        let (other, hypothesis) = ("a b c d e f, g", "a x c d y f; g 数学");
        let marks = marked(other, hypothesis);
        let without = |left_out: Mark| {
            let kept = marks.iter().filter(|(mark, _)| *mark != left_out);
            kept.map(|(_, text)| text.as_str()).collect::<String>()
        };
        assert_eq!(without(Mark::Missing), hypothesis);
        let marks = marked("five words stand here now", "four words");
        let expected = [
            (Mark::Missing, "five"),
            (Mark::Added, "four"),
            (Mark::Same, " words"),
            (Mark::Missing, " stand here now"),
        ];
        assert_eq!(marks, owned(&expected));
        let marks = marked("a b c", "a c");
        let expected = [(Mark::Same, "a "), (Mark::Missing, "b "), (Mark::Same, "c")];
        assert_eq!(marks, owned(&expected));
    }
    #[test]
    fn texts_that_take_long_to_compare_are_left_out_and_later_short_ones_are_not() {
        let effort = &mut Effort::default();
        let words = |word: &str| format!("{word} ").repeat(20_000);
        assert_eq!(differences(&words("a"), &words("b"), effort), []);
        assert!(effort.is_over());
        assert_eq!(differences("a", "b", effort).len(), 2);
    }
}
