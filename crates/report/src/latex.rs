//! The tables of a report for LaTeX, with booktabs; each is a float of its own with its caption.

use super::document::{Block, Cell, Document};
use assay_locale::Language;

/// Writes them. The preamble needs `\usepackage{booktabs}` and, for some languages, one more.
pub fn write(document: &Document) -> String {
    let mut out = String::from("% \\usepackage{booktabs}\n");
    if let Some(package) = Language::preferred(&document.language).latex_package() {
        out.push_str(&format!("% \\usepackage{{{package}}}\n"));
    }
    for block in &document.blocks {
        let Block::Table {
            caption,
            head,
            rows,
        } = block
        else {
            continue;
        };
        let columns: String = head
            .iter()
            .map(|c| if c.number { 'r' } else { 'l' })
            .collect();
        out.push_str(&format!(
            "\n\\begin{{table}}[t]\n\\centering\n\\caption{{{}}}\n\\begin{{tabular}}{{{columns}}}\n\\toprule\n{}\\midrule\n",
            escaped(caption),
            line(head)
        ));
        rows.iter().for_each(|row| out.push_str(&line(row)));
        out.push_str("\\bottomrule\n\\end{tabular}\n\\end{table}\n");
    }
    out
}

fn line(cells: &[Cell]) -> String {
    let cells: Vec<String> = cells.iter().map(|c| escaped(&c.text)).collect();
    let cells = cells.join(" & ");
    // After the `\\\\` of the line before, a bracket or star would be read as its argument.
    let guard = if cells.trim_start().starts_with(['[', '*']) {
        "{}"
    } else {
        ""
    };
    format!("{guard}{cells} \\\\\n")
}

/// Text as LaTeX sets it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '±' => out.push_str("$\\pm$"),
            '−' => out.push_str("$-$"),
            '▲' => out.push_str("$\\blacktriangle$"),
            '▼' => out.push_str("$\\blacktriangledown$"),
            '≥' => out.push_str("$\\geq$"),
            '↑' => out.push_str("$\\uparrow$"),
            '↓' => out.push_str("$\\downarrow$"),
            '→' => out.push_str("$\\rightarrow$"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::document::Cell;
    use super::line;

    #[test]
    fn a_row_that_begins_with_a_bracket_or_a_star_is_no_argument_of_the_line_before() {
        let row = |text: &str| {
            let cell = Cell {
                text: text.to_owned(),
                number: false,
            };
            line(&[cell])
        };
        assert_eq!(row("[x]"), "{}[x] \\\\\n");
        assert_eq!(row(" *"), "{} * \\\\\n");
        assert_eq!(row("a_b"), "a\\_b \\\\\n");
    }
}
