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
    format!("{} \\\\\n", cells.join(" & "))
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
