//! The Porter stemmer as NLTK 3.10.4 runs it by default (`NLTK_EXTENSIONS`): Porter's algorithm of
//! 1980 with Martin Porter's later changes, NLTK's own for short words, and a list of irregular
//! forms. rouge-score 0.1.2 and NLTK's METEOR stem with it. The crates that carry a Porter stemmer
//! carry Snowball's, which differs.

/// The stem of a lower-case word. Letters beyond ASCII are consonants to it, as to NLTK.
pub fn stem(word: &str) -> String {
    if let Some(form) = irregular(word) {
        return form.to_owned();
    }
    if word.is_ascii() {
        return of_ascii(word);
    }
    // The rules look at letters, not at bytes: other letters take a byte each while they work. What
    // they change is an ending of ASCII letters, so that a letter that stays stays in its place. Only
    // letters near the end are told from each other: of two before a suffix it counts that they differ.
    let chars: Vec<char> = word.chars().collect();
    let near = chars.len().saturating_sub(NEAR);
    let stand_in = |(at, c): (usize, &char)| match (c.is_ascii(), at.checked_sub(near)) {
        (true, _) => *c,
        (false, None) => '\u{1}',
        (false, Some(_)) => {
            let first = chars[near..].iter().position(|other| other == c);
            char::from(2 + first.unwrap_or_default() as u8)
        }
    };
    let letters: String = chars.iter().enumerate().map(stand_in).collect();
    let stem = of_ascii(&letters);
    let letters = stem.chars().enumerate();
    letters
        .map(|(at, c)| match chars.get(at) {
            Some(letter) if !letter.is_ascii() => *letter,
            _ => c,
        })
        .collect()
}

/// Letters from the end that rules can compare: the longest suffix and two before it.
const NEAR: usize = 24;

fn of_ascii(word: &str) -> String {
    if word.len() <= 2 {
        return word.to_owned();
    }
    let word = step1a(word);
    let word = step1b(&word);
    let word = step1c(&word);
    let word = step2(&word);
    let word = step3(&word);
    let word = step4(&word);
    let word = step5a(&word);
    step5b(&word)
}

fn irregular(word: &str) -> Option<&'static str> {
    Some(match word {
        "sky" | "skies" => "sky",
        "dying" => "die",
        "lying" => "lie",
        "tying" => "tie",
        "news" => "news",
        "innings" | "inning" => "inning",
        "outings" | "outing" => "outing",
        "cannings" | "canning" => "canning",
        "howe" => "howe",
        "proceed" => "proceed",
        "exceed" => "exceed",
        "succeed" => "succeed",
        _ => return None,
    })
}

/// For each letter whether it sounds as a vowel; y does unless it opens the word or follows one.
fn vowels(word: &str) -> Vec<bool> {
    let mut flags: Vec<bool> = Vec::with_capacity(word.len());
    for (i, b) in word.bytes().enumerate() {
        flags.push(match b {
            b'a' | b'e' | b'i' | b'o' | b'u' => true,
            b'y' => i > 0 && !flags[i - 1],
            _ => false,
        });
    }
    flags
}

/// Porter's m: how many times a vowel run is followed by a consonant run.
fn measure(word: &str) -> usize {
    vowels(word).windows(2).filter(|w| w[0] && !w[1]).count()
}

fn has_vowel(word: &str) -> bool {
    vowels(word).contains(&true)
}

fn ends_double_consonant(word: &str) -> bool {
    let (b, v) = (word.as_bytes(), vowels(word));
    b.len() >= 2 && b[b.len() - 1] == b[b.len() - 2] && !v[b.len() - 1]
}

/// Porter's *o (consonant, vowel, consonant other than w, x, y at the end), and NLTK's extension:
/// a word of two letters, vowel and consonant.
fn ends_cvc(word: &str) -> bool {
    let (b, v) = (word.as_bytes(), vowels(word));
    let n = b.len();
    (n >= 3 && !v[n - 3] && v[n - 2] && !v[n - 1] && !matches!(b[n - 1], b'w' | b'x' | b'y'))
        || (n == 2 && v[0] && !v[1])
}

/// Applies the first rule whose suffix fits; if its condition fails the word stays.
fn first_rule(
    word: &str,
    rules: &[(&str, &str)],
    condition: impl Fn(&str, &str) -> bool,
) -> String {
    for (suffix, replacement) in rules {
        if let Some(stem) = word.strip_suffix(suffix) {
            return if condition(stem, suffix) {
                format!("{stem}{replacement}")
            } else {
                word.to_owned()
            };
        }
    }
    word.to_owned()
}

fn step1a(word: &str) -> String {
    if word.len() == 4
        && let Some(stem) = word.strip_suffix("ies")
    {
        return format!("{stem}ie");
    }
    first_rule(
        word,
        &[("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")],
        |_, _| true,
    )
}

fn step1b(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ied") {
        return format!("{stem}{}", if word.len() == 4 { "ie" } else { "i" });
    }
    if let Some(stem) = word.strip_suffix("eed") {
        return if measure(stem) > 0 {
            format!("{stem}ee")
        } else {
            word.to_owned()
        };
    }
    let shortened = ["ed", "ing"]
        .iter()
        .find_map(|s| word.strip_suffix(s).filter(|stem| has_vowel(stem)));
    let Some(stem) = shortened else {
        return word.to_owned();
    };
    for (suffix, replacement) in [("at", "ate"), ("bl", "ble"), ("iz", "ize")] {
        if let Some(head) = stem.strip_suffix(suffix) {
            return format!("{head}{replacement}");
        }
    }
    if ends_double_consonant(stem) {
        let keep = stem.ends_with(['l', 's', 'z']);
        return stem[..stem.len() - usize::from(!keep)].to_owned();
    }
    if measure(stem) == 1 && ends_cvc(stem) {
        format!("{stem}e")
    } else {
        stem.to_owned()
    }
}

fn step1c(word: &str) -> String {
    first_rule(word, &[("y", "i")], |stem, _| {
        stem.len() > 1 && vowels(stem).last() == Some(&false)
    })
}

fn step2(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("alli")
        && measure(stem) > 0
    {
        return step2(&format!("{stem}al"));
    }
    const RULES: [(&str, &str); 22] = [
        ("ational", "ate"),
        ("tional", "tion"),
        ("enci", "ence"),
        ("anci", "ance"),
        ("izer", "ize"),
        ("bli", "ble"),
        ("alli", "al"),
        ("entli", "ent"),
        ("eli", "e"),
        ("ousli", "ous"),
        ("ization", "ize"),
        ("ation", "ate"),
        ("ator", "ate"),
        ("alism", "al"),
        ("iveness", "ive"),
        ("fulness", "ful"),
        ("ousness", "ous"),
        ("aliti", "al"),
        ("iviti", "ive"),
        ("biliti", "ble"),
        ("fulli", "ful"),
        ("logi", "log"),
    ];
    first_rule(word, &RULES, |stem, suffix| {
        // For "logi" the l counts as part of what must be long enough.
        if suffix == "logi" {
            measure(&word[..word.len() - 3]) > 0
        } else {
            measure(stem) > 0
        }
    })
}

fn step3(word: &str) -> String {
    const RULES: [(&str, &str); 7] = [
        ("icate", "ic"),
        ("ative", ""),
        ("alize", "al"),
        ("iciti", "ic"),
        ("ical", "ic"),
        ("ful", ""),
        ("ness", ""),
    ];
    first_rule(word, &RULES, |stem, _| measure(stem) > 0)
}

fn step4(word: &str) -> String {
    const SUFFIXES: [(&str, &str); 19] = [
        ("al", ""),
        ("ance", ""),
        ("ence", ""),
        ("er", ""),
        ("ic", ""),
        ("able", ""),
        ("ible", ""),
        ("ant", ""),
        ("ement", ""),
        ("ment", ""),
        ("ent", ""),
        ("ion", ""),
        ("ou", ""),
        ("ism", ""),
        ("ate", ""),
        ("iti", ""),
        ("ous", ""),
        ("ive", ""),
        ("ize", ""),
    ];
    first_rule(word, &SUFFIXES, |stem, suffix| {
        measure(stem) > 1 && (suffix != "ion" || stem.ends_with(['s', 't']))
    })
}

fn step5a(word: &str) -> String {
    first_rule(word, &[("e", "")], |stem, _| {
        let m = measure(stem);
        m > 1 || (m == 1 && !ends_cvc(stem))
    })
}

fn step5b(word: &str) -> String {
    first_rule(word, &[("ll", "l")], |_, _| {
        measure(&word[..word.len() - 1]) > 1
    })
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn stems_follow_nltk() {
        let cases = [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("ties", "tie"),
            ("dying", "die"),
            ("agreed", "agre"),
            ("hopping", "hop"),
            ("filing", "file"),
            ("happy", "happi"),
            ("relational", "relat"),
            ("generalization", "gener"),
            ("skies", "sky"),
            ("by", "by"),
        ];
        for (word, expected) in cases {
            assert_eq!(stem(word), expected, "{word}");
        }
    }
}
