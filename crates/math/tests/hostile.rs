//! What holds for any text: no panic, a bounded time, and verdicts that follow from arithmetic.

use assay_math::{equal, is_formula};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// What one comparison may take at most, on a slow machine and without optimisation.
const SLOW: Duration = Duration::from_secs(20);

/// Pieces that the readers know, so that random texts reach beyond the first character.
const PIECES: &[&str] = &[
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\\boxed{",
    "\\frac{",
    "}{",
    "}",
    "{",
    "\\sqrt[",
    "]{",
    "(",
    ")",
    "[",
    "]",
    "|",
    "\\{",
    "\\}",
    ",",
    ";",
    "=",
    "<",
    "\\le ",
    "+",
    "-",
    "*",
    "/",
    "^",
    "_",
    "^{",
    "_{",
    "\\pm ",
    "\\cup ",
    "\\in ",
    "x",
    "y",
    "e",
    "E",
    "i",
    "I",
    "d",
    "2",
    "10",
    "0",
    "0.5",
    "1,234",
    "50\\%",
    "%",
    " ",
    "\n",
    "\\text{cm}",
    "\\pi ",
    "\\sin ",
    "\\log_2 ",
    "\\infty",
    "!",
    "'",
    "\\sum_{i=1}^{",
    "\\binom{",
    "\\begin{pmatrix}",
    "\\end{pmatrix}",
    "&",
    "\\\\",
    "\\left",
    "\\right",
    "answer is ",
    "final answer is ",
    "I hope",
    "#### ",
    " and ",
    "é",
    "√",
    "中",
    "\\",
    "\\max(",
    "f(",
    "\\gamma",
    "^\\circ",
    "^T",
    "\\operatorname{gcd}(",
    ":",
    "\\mod ",
    "1E3",
    "\\approx ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_text_makes_a_comparison_panic_or_hang(
        a in proptest::collection::vec(0..PIECES.len(), 0..24),
        b in proptest::collection::vec(0..PIECES.len(), 0..24),
    ) {
        let text = |places: &[usize]| places.iter().map(|i| PIECES[*i]).collect::<String>();
        let (a, b) = (text(&a), text(&b));
        let begun = Instant::now();
        for (a, b) in [(format!("${a}$"), format!("${b}$")), (a, b)] {
            is_formula(&a);
            let first = equal(&a, &b);
            prop_assert_eq!(first, equal(&a, &b), "the same texts, another verdict");
        }
        prop_assert!(begun.elapsed() < SLOW);
    }

    #[test]
    fn any_characters_can_be_compared(a in "\\PC{0,60}", b in "\\PC{0,60}") {
        equal(&a, &b);
        equal(&format!("\\boxed{{{a}}}"), &format!("$${b}$$"));
    }

    #[test]
    fn a_product_equals_what_it_multiplies_out_to(a in -20i64..20, b in -20i64..20, c in 1i64..20, d in -20i64..20) {
        let product = format!("$({a}x + ({b}))({c}x + ({d}))$");
        let sum = |last: i64| format!("${}x^2 + ({})x + ({last})$", a * c, a * d + b * c);
        prop_assert!(equal(&sum(b * d), &product));
        prop_assert!(!equal(&sum(b * d + 1), &product));
    }

    #[test]
    fn a_fraction_equals_itself_expanded_and_no_other(p in 1i64..500, q in 2i64..500, k in 2i64..9) {
        let reference = format!("$\\frac{{{p}}}{{{q}}}$");
        let expanded = format!("\\boxed{{\\frac{{{}}}{{{}}}}}", p * k, q * k);
        let other = format!("\\boxed{{\\frac{{{}}}{{{}}}}}", p * k + 1, q * k);
        prop_assert!(equal(&reference, &expanded));
        prop_assert!(!equal(&reference, &other));
    }

    #[test]
    fn the_elements_of_a_set_have_no_order(mut numbers in proptest::collection::vec(-50i64..50, 2..8)) {
        let listed = |numbers: &[i64]| {
            let texts: Vec<String> = numbers.iter().map(i64::to_string).collect();
            format!("$\\{{{}\\}}$", texts.join(", "))
        };
        let reference = listed(&numbers);
        numbers.reverse();
        prop_assert!(equal(&reference, &listed(&numbers)));
        numbers.push(77);
        prop_assert!(!equal(&reference, &listed(&numbers)));
    }
}

#[test]
fn texts_made_to_take_long_take_a_bounded_time() {
    let nested =
        |open: &str, close: &str, n: usize| format!("${}x{}$", open.repeat(n), close.repeat(n));
    let listed = |one: &str, n: usize| format!("${}$", vec![one; n].join(","));
    for text in [
        nested("(", ")", 2000),
        nested("(", ")", 35),
        nested("\\frac{1}{", "}", 30),
        nested("\\{", "\\}", 30),
        nested("|", "|", 30),
        nested("\\sqrt{", "}", 200),
        nested("-", "", 1000),
        nested("\\sin(", "", 38),
        "\\(".repeat(40_000),
        "$$".repeat(40_000),
        "\\boxed{".repeat(15_000),
        "\\boxed{1}".repeat(10_000),
        "answer ".repeat(15_000),
        "final answer is ".repeat(6000),
        "$1$ ".repeat(20_000),
        "$\\foo$ ".repeat(15_000),
        "1 + ".repeat(30_000),
        "$9^{9^{9^{9}}}$".to_owned(),
        "$2^{99999}$".to_owned(),
        "$(10^9)!$".to_owned(),
        "$999!$".to_owned(),
        "$\\sum_{i=1}^{1000000000} i$".to_owned(),
        "$\\sum_{i=1}^{300}\\sum_{j=1}^{300}\\sum_{k=1}^{300} ijk$".to_owned(),
        "$(a+b+c+d+f+g)^{60}$".to_owned(),
        "$(x+1)^{4000}$".to_owned(),
        "$\\binom{1000}{500}$".to_owned(),
        format!("${}$", "1".repeat(3900)),
        format!("$0.{}$", "1".repeat(3900)),
        listed("\\sum_{i=1}^{900} i", 60),
        listed("x^2", 700),
        format!("$x{}1$", "<x+".repeat(400)),
    ] {
        for other in [
            text.clone(),
            format!("{text} "),
            "$x^2 < \\frac{y}{3}$".to_owned(),
            "$(0,1)$".to_owned(),
        ] {
            let begun = Instant::now();
            equal(&text, &other);
            equal(&other, &text);
            let shown: String = text.chars().take(40).collect();
            assert!(begun.elapsed() < SLOW, "{shown}: {:?}", begun.elapsed());
        }
    }
}
