//! Which texts are taken for formulas.

use assay_math::{equal, is_formula};

#[test]
fn formulas_are_told_from_words_numbers_and_code() {
    for text in [
        "\\frac{1}{2}",
        "$\\sqrt{3}$",
        "x^2+1",
        "25\\%",
        "12\\text{ cm}",
        "So it is $\\boxed{7}$, as was to be shown.",
        "\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}",
    ] {
        assert!(is_formula(text), "{text}");
    }
    for text in [
        "",
        "12",
        "(1, 2)",
        "Paris",
        "snake_case",
        "two words",
        "The root of x^2 = 4 is wanted here",
        "C:\\temp",
    ] {
        assert!(!is_formula(text), "{text}");
    }
}

#[test]
fn a_formula_without_delimiters_is_read_as_one_on_both_sides() {
    assert!(equal("\\frac{3}{4}", "\\dfrac{6}{8}"));
    assert!(equal("x^2-1", "(x-1)(x+1) + 0 \\cdot x"));
    assert!(equal("\\frac{1}{2} or 3", "$3, 0.5$"));
    assert!(!equal("x^2-1", "(x-1)^2"));
    // Words around it are no formula: then only fractions and numbers are found.
    assert!(equal("\\frac{3}{4}", "It is \\frac{3}{4} of all"));
    assert!(!equal("\\sqrt{2}", "The root of \\sqrt{2} is wanted"));
}
