//! The digits of a number: thousands, decimals, exponents, fractions, powers of ten.

/// Digits with thousands, decimals, exponent or fraction.
pub(super) fn plain_number(text: &str) -> Option<(f64, usize)> {
    if let Some((value, length)) = text
        .chars()
        .next()
        .and_then(|c| Some((vulgar(c)?, c.len_utf8())))
    {
        return Some((value, length));
    }
    let (digits, mut length) = whole(text);
    let mut written = digits;
    let rest = &text[length..];
    let is_whole = !rest.starts_with('.') || !rest[1..].starts_with(|c: char| c.is_ascii_digit());
    if !is_whole {
        let decimals = run(&rest[1..]);
        written.push_str(&rest[..=decimals]);
        length += 1 + decimals;
    }
    let exponent = exponent(&text[length..]);
    written.push_str(&text[length..length + exponent]);
    length += exponent;
    let value: f64 = written.parse().ok()?;
    let rest = &text[length..];
    if let Some((part, more)) = fraction_after(rest).filter(|_| is_whole) {
        return Some((value + part, length + more));
    }
    if let Some((divisor, more)) = divisor(rest) {
        return Some((value / divisor, length + more));
    }
    if let Some((power, more)) = power_of_ten(rest, value) {
        return Some((power, length + more));
    }
    Some((value, length))
}

/// Digits at the begin of a text.
fn run(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Marks between thousands: commas, spaces of any width, apostrophes; points only where there are several, as one is
/// decimal.
const THOUSANDS: [char; 7] = [',', ' ', '\u{202f}', '\u{2009}', '\'', '’', '.'];

/// A whole number's digits without the marks between its thousands, and its length.
fn whole(text: &str) -> (String, usize) {
    let first = run(text);
    let plain = (text[..first].to_owned(), first);
    let mark = text[first..]
        .chars()
        .next()
        .filter(|c| THOUSANDS.contains(c));
    let Some(mark) = mark.filter(|_| (1..=3).contains(&first) && !text.starts_with('0')) else {
        return plain;
    };
    let (mut digits, mut length) = plain.clone();
    let mut sizes = Vec::new();
    while let Some(rest) = text[length..].strip_prefix(mark) {
        let size = run(rest);
        if !(2..=3).contains(&size) {
            break;
        }
        sizes.push(size);
        digits.push_str(&rest[..size]);
        length += mark.len_utf8() + size;
    }
    // By threes, or as in India by twos and a last three.
    let is_by_threes = sizes.iter().all(|s| *s == 3);
    let is_indian = mark == ','
        && sizes
            .split_last()
            .is_some_and(|(l, r)| *l == 3 && r.iter().all(|s| *s == 2));
    let is_decimal = mark == '.' && sizes.len() < 2;
    // 1 3/4 is no thousand.
    let is_fraction = mark == ' ' && text[length..].trim_start().starts_with('/');
    match !sizes.is_empty()
        && (is_by_threes && !is_decimal || is_indian)
        && !is_fraction
        && run(&text[length..]) == 0
    {
        true => (digits, length),
        false => plain,
    }
}

/// The length of an exponent such as `e-5`.
fn exponent(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['e', 'E']) else {
        return 0;
    };
    let sign = usize::from(rest.starts_with(['+', '-']));
    let digits = run(&rest[sign..]);
    let is_word = rest[sign + digits..].starts_with(|c: char| c.is_ascii_alphanumeric());
    if digits == 0 || is_word {
        0
    } else {
        1 + sign + digits
    }
}

/// A fraction after a whole number: `½`, or a space and `3/4`.
fn fraction_after(text: &str) -> Option<(f64, usize)> {
    let mark = text.chars().next()?;
    if let Some(value) = vulgar(mark) {
        return Some((value, mark.len_utf8()));
    }
    let rest = text.strip_prefix(' ')?;
    let digits = run(rest);
    let numerator: f64 = rest[..digits].parse().ok()?;
    let (denominator, length) = divisor(&rest[digits..])?;
    (numerator < denominator).then_some((numerator / denominator, 1 + digits + length))
}

/// The denominator after a bar; nothing where the number is none, or more bars follow, as in a date.
fn divisor(text: &str) -> Option<(f64, usize)> {
    let bar = text.trim_start_matches(' ').strip_prefix(['/', '⁄'])?;
    let rest = bar.trim_start_matches(' ');
    let digits = run(rest);
    let value: f64 = rest[..digits].parse().ok()?;
    let after = &rest[digits..];
    let ends = !after.starts_with(['/', '⁄']) && (!after.starts_with('.') || run(&after[1..]) == 0);
    (ends && value > 0.0).then_some((value, text.len() - after.len()))
}

/// `× 10^n` after a number, or `^n` after a ten.
fn power_of_ten(text: &str, value: f64) -> Option<(f64, usize)> {
    let times = text
        .trim_start()
        .strip_prefix(['×', 'x', 'X', '*', '·', '∗']);
    let (factor, rest) = match times
        .map(str::trim_start)
        .and_then(|t| t.strip_prefix("10"))
    {
        Some(rest) => (value, rest),
        None if value == 10.0 => (1.0, text),
        None => return None,
    };
    let (power, after) = power(rest)?;
    Some((factor * 10f64.powi(power), text.len() - after.len()))
}

/// `^{-3}` or `⁻³`: the power, and what is after it.
fn power(text: &str) -> Option<(i32, &str)> {
    if let Some(rest) = text.strip_prefix('^') {
        let opened = rest.trim_start_matches(['{', '(']);
        let marks = rest.len() - opened.len();
        let unsigned = opened.trim_start_matches(['-', '−', '+']);
        let digits = run(unsigned);
        let power: i32 = unsigned[..digits].parse().ok()?;
        let is_negative = opened.starts_with(['-', '−']);
        let mut after = &unsigned[digits..];
        for _ in 0..marks {
            after = after.strip_prefix(['}', ')']).unwrap_or(after);
        }
        return Some((if is_negative { -power } else { power }, after));
    }
    let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|d| d == c);
    let unsigned = text.strip_prefix('⁻').unwrap_or(text);
    let after = unsigned.trim_start_matches(|c| digit(c).is_some());
    let digits = unsigned[..unsigned.len() - after.len()].chars();
    let power = digits
        .filter_map(digit)
        .try_fold(0i32, |n, d| n.checked_mul(10)?.checked_add(d as i32))?;
    let is_negative = unsigned.len() < text.len();
    (after.len() < unsigned.len()).then_some((if is_negative { -power } else { power }, after))
}

/// What a character for a fraction is worth.
pub(super) fn vulgar(c: char) -> Option<f64> {
    let (over, under) = match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Some(f64::from(over) / f64::from(under))
}
