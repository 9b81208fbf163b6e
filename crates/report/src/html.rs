//! A report as one HTML file that needs nothing else: its styles within, charts as SVG, no script and no
//! request. All text is escaped; a policy in it forbids everything but those styles.

use super::document::{Block, Cell, Document};
use super::svg;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--paper:#fff;--s0:#0072b2;--s1:#d55e00;--s2:#009e73;--s3:#cc79a7;--s4:#b8860b;--s5:#56b4e9;--s6:#6b6b6b}\
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9da7b1;--line:#3a424b;--paper:#14181d;--s0:#56b4e9;--s1:#e69f00;--s2:#2dbd96;--s3:#e29ac3;--s4:#f0e442;--s5:#8ecdf0;--s6:#a0a0a0}}\
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,\"Segoe UI\",\"PingFang SC\",\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif;text-autospace:normal}\
:lang(zh) body,body:lang(zh),body:lang(ja),body:lang(ko){line-height:1.7}\
main{max-width:52rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.7rem;line-height:1.25}h2{font-size:1.25rem;margin-top:2.2em;border-bottom:1px solid var(--line);padding-bottom:.2em}h3{font-size:1.05rem}\
.table{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;width:100%}\
caption{text-align:left;color:var(--soft);padding:.3em 0}th,td{padding:.35em .6em;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}\
th{font-weight:600}.n{text-align:right;white-space:nowrap}figure{margin:1.2em 0}figcaption{color:var(--soft);font-size:.9rem}\
svg{max-width:100%;height:auto}svg text{fill:var(--ink);font-size:12px}svg .grid{stroke:var(--line)}svg .zero{stroke:var(--soft)}\
svg .s0{color:var(--s0)}svg .s1{color:var(--s1)}svg .s2{color:var(--s2)}svg .s3{color:var(--s3)}svg .s4{color:var(--s4)}svg .s5{color:var(--s5)}svg .s6{color:var(--s6)}\
@media print{@page{margin:18mm}body{font-size:11pt;background:#fff;color:#000}main{max-width:none;margin:0;padding:0}h2,h3{break-after:avoid}tr,figure{break-inside:avoid}thead{display:table-header-group}}";

/// Writes it.
pub fn write(document: &Document) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escaped(&document.language),
        escaped(document.title()),
    );
    for block in &document.blocks {
        match block {
            Block::Heading { level, text } => {
                let level = (*level).clamp(1, 6);
                out.push_str(&format!("<h{level}>{}</h{level}>\n", escaped(text)));
            }
            Block::Paragraph { text } => out.push_str(&format!("<p>{}</p>\n", escaped(text))),
            Block::List { items } => {
                let items: String = items
                    .iter()
                    .map(|i| format!("<li>{}</li>\n", escaped(i)))
                    .collect();
                out.push_str(&format!("<ul>\n{items}</ul>\n"));
            }
            Block::Table {
                caption,
                head,
                rows,
            } => {
                let head: String = head.iter().map(|c| cell("th", c)).collect();
                let body: String = rows
                    .iter()
                    .map(|row| {
                        format!(
                            "<tr>{}</tr>\n",
                            row.iter().map(|c| cell("td", c)).collect::<String>()
                        )
                    })
                    .collect();
                out.push_str(&format!(
                    "<div class=\"table\"><table><caption>{}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n",
                    escaped(caption)
                ));
            }
            Block::Chart { caption, chart } => {
                let svg = svg::draw(chart, caption);
                out.push_str(&format!(
                    "<figure>{svg}<figcaption>{}</figcaption></figure>\n",
                    escaped(caption)
                ));
            }
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn cell(tag: &str, cell: &Cell) -> String {
    let class = if cell.number { " class=\"n\"" } else { "" };
    format!("<{tag}{class}>{}</{tag}>", escaped(&cell.text))
}

/// Text as HTML and XML have it.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
