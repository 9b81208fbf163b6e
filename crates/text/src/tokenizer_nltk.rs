//! Words as NLTK 3.10.4's `NLTKWordTokenizer` makes them, which `word_tokenize` calls with
//! `preserve_line=True`: the Penn Treebank's rules with NLTK's own for quotes. Rule by rule, in NLTK's
//! order, on characters: the rules look back and ahead. NLTK compiles most of them with the module `regex`, whose `\s`
//! and `\w` are not those of Python's `re`; the contractions alone have the latter.

use super::whitespace::{is_space, split};
use unicode_general_category::{GeneralCategory as G, get_general_category};

type Chars = Vec<char>;

/// The words.
pub fn tokenize(text: &str) -> Vec<String> {
    let chars = opening(text.chars().collect());
    let chars = punctuation(chars);
    let chars = apart(chars, |c| "[](){}<>".contains(c));
    let chars = replace(&chars, "--", " -- ");
    let mut padded = vec![' '];
    padded.extend(chars);
    padded.push(' ');
    let chars = contractions(endings(padded));
    let text: String = chars.into_iter().collect();
    split(&text).map(str::to_owned).collect()
}

/// `\s` of the module `regex`: unlike in `re`, the information separators U+001C to U+001F are none.
fn is_white(c: char) -> bool {
    is_space(c) && !('\u{1c}'..='\u{1f}').contains(&c)
}

/// `\w` of the module `regex`: letters, marks, digits, connecting punctuation and the two joiners (UTS 18).
fn is_word(c: char) -> bool {
    let category = || {
        matches!(
            get_general_category(c),
            G::NonspacingMark
                | G::SpacingMark
                | G::EnclosingMark
                | G::DecimalNumber
                | G::ConnectorPunctuation
        )
    };
    c.is_alphabetic() || matches!(c, '\u{200c}' | '\u{200d}') || category()
}

/// `\w` of Python's `re`.
fn is_python_word(c: char) -> bool {
    c == '_'
        || matches!(
            get_general_category(c),
            G::UppercaseLetter
                | G::LowercaseLetter
                | G::TitlecaseLetter
                | G::ModifierLetter
                | G::OtherLetter
                | G::DecimalNumber
                | G::LetterNumber
                | G::OtherNumber
        )
}

fn is_digit(c: char) -> bool {
    get_general_category(c) == G::DecimalNumber
}

/// A space before and after each of some characters.
fn apart(chars: Chars, is: impl Fn(char) -> bool) -> Chars {
    let mut out = Vec::with_capacity(chars.len() + 8);
    for c in chars {
        if is(c) {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
    }
    out
}

/// Every occurrence of a string, from the left, by another.
fn replace(chars: &[char], from: &str, by: &str) -> Chars {
    let from: Chars = from.chars().collect();
    rewrite(chars, |at, out| {
        chars[at..].starts_with(&from).then(|| {
            out.extend(by.chars());
            from.len()
        })
    })
}

/// Walks from the left: `rule` writes what it makes of the characters at a place and returns how many it
/// took; where it takes none, the character stays.
fn rewrite(chars: &[char], rule: impl Fn(usize, &mut Chars) -> Option<usize>) -> Chars {
    let mut out = Vec::with_capacity(chars.len() + 8);
    let mut at = 0;
    while at < chars.len() {
        match rule(at, &mut out) {
            Some(taken) => at += taken,
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

/// The length of the run at a place.
fn run(chars: &[char], at: usize, is: impl Fn(char) -> bool) -> usize {
    chars[at..].iter().take_while(|c| is(**c)).count()
}

fn opening(chars: Chars) -> Chars {
    let chars = rewrite(&chars, |at, out| {
        let taken = match chars[at] {
            '«' | '“' | '‘' | '„' => 1,
            '`' => run(&chars, at, |c| c == '`'),
            _ => return None,
        };
        out.push(' ');
        out.extend_from_slice(&chars[at..at + taken]);
        out.push(' ');
        Some(taken)
    });
    let chars = rewrite(&chars, |at, out| {
        (at == 0 && chars[0] == '"').then(|| {
            out.extend(['`', '`']);
            1
        })
    });
    let chars = replace(&chars, "``", " `` ");
    let chars = rewrite(&chars, |at, out| {
        let quote = match chars.get(at + 1)? {
            '"' => 1,
            '\'' if chars.get(at + 2) == Some(&'\'') => 2,
            _ => return None,
        };
        " ([{<".contains(chars[at]).then(|| {
            out.extend([chars[at], ' ', '`', '`', ' ']);
            1 + quote
        })
    });
    rewrite(&chars, |at, out| {
        let before = at.checked_sub(1).is_some_and(|b| is_word(chars[b]));
        let behind = chars.get(at + 1).is_some_and(|c| is_word(*c));
        (chars[at] == '\'' && !before && behind && !is_clitic(&chars[at + 1..])).then(|| {
            out.extend(['\'', ' ']);
            1
        })
    })
}

/// Whether a word that may come after an apostrophe begins here and ends.
fn is_clitic(chars: &[char]) -> bool {
    ["re", "ve", "ll", "m", "t", "s", "d", "n"]
        .iter()
        .any(|word| begins(chars, word) && ends(chars, word.len(), is_word))
}

/// Whether a lower-case word stands here, in any case.
fn begins(chars: &[char], word: &str) -> bool {
    let same = |(c, w): (&char, char)| match c {
        // The two letters beyond ASCII that Python folds into it.
        'ſ' => w == 's',
        'K' => w == 'k',
        c => c.to_ascii_lowercase() == w,
    };
    chars.len() >= word.len() && chars.iter().zip(word.chars()).all(same)
}

/// Whether a word ends before this place, whose last character is one of a word.
fn ends(chars: &[char], at: usize, is_word: fn(char) -> bool) -> bool {
    chars.get(at).is_none_or(|c| !is_word(*c))
}

fn punctuation(chars: Chars) -> Chars {
    let chars = last_point(chars, "])}>\"'»”’ ", true);
    let pair = |at: usize| Some((chars[at], *chars.get(at + 1)?));
    let chars = rewrite(&chars, |at, out| {
        let (a, b) = pair(at)?;
        ((a == ':' || a == ',') && !is_digit(b)).then(|| {
            out.extend([' ', a, ' ', b]);
            2
        })
    });
    let end = chars.len();
    let chars = rewrite(&chars, |at, out| {
        (at + 1 == end && (chars[at] == ':' || chars[at] == ',')).then(|| {
            out.extend([' ', chars[at], ' ']);
            1
        })
    });
    let chars = rewrite(&chars, |at, out| {
        let points = run(&chars, at, |c| c == '.');
        (points > 1).then(|| {
            out.push(' ');
            out.extend(std::iter::repeat_n('.', points));
            out.push(' ');
            points
        })
    });
    let chars = apart(chars, |c| {
        ";@#$%&".contains(c) || ('\u{2012}'..='\u{2015}').contains(&c)
    });
    let chars = last_point(chars, "])}>\"'", false);
    let chars = apart(chars, |c| c == '?' || c == '!');
    let chars = rewrite(&chars, |at, out| {
        (chars[at] != '\'' && chars[at + 1..].starts_with(&['\'', ' '])).then(|| {
            out.extend([chars[at], ' ', '\'', ' ']);
            3
        })
    });
    apart(chars, |c| c == '*')
}

/// The full stop at the end, before closing marks and white space, stands alone.
fn last_point(chars: Chars, closing: &str, spaced: bool) -> Chars {
    for at in 1..chars.len() {
        if chars[at] != '.' || chars[at - 1] == '.' {
            continue;
        }
        let marks = run(&chars, at + 1, |c| closing.contains(c));
        let rest = at + 1 + marks;
        if rest + run(&chars, rest, is_white) == chars.len() {
            let mut out = chars[..at].to_vec();
            out.extend([' ', '.']);
            out.extend(spaced.then_some(' '));
            out.extend_from_slice(&chars[at + 1..rest]);
            out.push(' ');
            return out;
        }
    }
    chars
}

fn endings(chars: Chars) -> Chars {
    let chars = apart(chars, |c| "»”’".contains(c));
    let chars = replace(&chars, "''", " '' ");
    let chars = replace(&chars, "\"", " '' ");
    let chars = rewrite(&chars, |at, out| {
        let spaces = run(&chars, at, is_white);
        (spaces > 0).then(|| {
            out.push(' ');
            spaces
        })
    });
    let chars = clitics(&chars, &["'s", "'S", "'m", "'M", "'d", "'D", "'"]);
    clitics(
        &chars,
        &["'ll", "'LL", "'re", "'RE", "'ve", "'VE", "n't", "N'T"],
    )
}

/// Endings before a space and after a character that is neither space nor apostrophe stand alone.
fn clitics(chars: &[char], endings: &[&str]) -> Chars {
    rewrite(chars, |at, out| {
        if chars[at] == '\'' || chars[at] == ' ' {
            return None;
        }
        let rest = &chars[at + 1..];
        let found = endings.iter().find(|ending| {
            let length = ending.chars().count();
            rest.len() > length
                && rest.iter().zip(ending.chars()).all(|(c, e)| *c == e)
                && rest[length] == ' '
        })?;
        out.extend([chars[at], ' ']);
        out.extend(found.chars());
        out.push(' ');
        Some(found.chars().count() + 2)
    })
}

/// Words that are two.
fn contractions(chars: Chars) -> Chars {
    const PAIRS: [(&str, &str); 8] = [
        ("can", "not"),
        ("d", "'ye"),
        ("gim", "me"),
        ("gon", "na"),
        ("got", "ta"),
        ("lem", "me"),
        ("more", "'n"),
        ("wan", "na"),
    ];
    let mut chars = chars;
    for (first, second) in PAIRS {
        let length = first.len() + second.len();
        chars = rewrite(&chars, |at, out| {
            let rest = &chars[at..];
            let before = at.checked_sub(1).is_some_and(|b| is_python_word(chars[b]));
            let whole = begins(rest, first) && begins(&rest[first.len()..], second);
            let ended = match first {
                "wan" => rest.get(length).is_some_and(|c| is_space(*c)),
                _ => ends(rest, length, is_python_word),
            };
            (whole && !before && ended).then(|| two(rest, first.len(), length, out))
        });
    }
    for second in ["is", "was"] {
        let length = 3 + second.len();
        chars = rewrite(&chars, |at, out| {
            let rest = &chars[at..];
            let whole = begins(rest, " 't") && begins(&rest[3..], second);
            (whole && ends(rest, length, is_python_word)).then(|| {
                two(&rest[1..], 2, length - 1, out);
                length
            })
        });
    }
    chars
}

fn two(chars: &[char], first: usize, length: usize, out: &mut Chars) -> usize {
    out.push(' ');
    out.extend_from_slice(&chars[..first]);
    out.push(' ');
    out.extend_from_slice(&chars[first..length]);
    out.push(' ');
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_nltks() {
        let cases = [
            (
                "Good muffins cost $3.88 (roughly 3,36 euros)\nin New York.  Thanks.",
                "Good muffins cost $ 3.88 ( roughly 3,36 euros ) in New York. Thanks .",
            ),
            (
                "They'll say 'no', I can't--\"you cannot\" 'tis so.",
                "They 'll say ' no ' , I ca n't -- '' you can not '' ' tis so .",
            ),
            (
                "the dogs' 'em, wanna... go?!",
                "the dogs ' ' em , wan na ... go ? !",
            ),
        ];
        for (text, words) in cases {
            assert_eq!(tokenize(text).join(" "), words, "{text}");
        }
    }

    #[test]
    fn information_separators_part_words_and_end_no_sentence() {
        for (text, words) in [
            ("a\u{1d}b\u{1e} c", vec!["a", "b", "c"]),
            ("The end.\u{1d}", vec!["The", "end."]),
            ("The end.\u{85}", vec!["The", "end", "."]),
            ("it's\u{1e}so", vec!["it's", "so"]),
            ("wanna\u{1d}go", vec!["wan", "na", "go"]),
            ("²'x", vec!["²", "'", "x"]),
        ] {
            assert_eq!(tokenize(text), words, "{text:?}");
        }
    }
}
