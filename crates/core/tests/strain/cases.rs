//! The cases, each of any size, with the bounds that hold at every size.

use crate::measured::{Measured, measure, turn};
use crate::visit::Visit;
use assay_calls::CallFailure;
use assay_data::Role;
use assay_data::import::{ImportError, MAX_NAME};
use assay_protocol::data::{Import, ImportFailure, SetRole, Summarize};
use assay_protocol::ratings::{Load, View as RatingsOf};
use assay_protocol::rows::{RowDetail, Step, Window};
use assay_protocol::scores::{Classification, Configure, Metrics};
use assay_protocol::views::Query;
use assay_stats::{PairedTest, PairedTestKind};
use std::fmt::Write;

/// Bytes of a reply that the page reads and draws at once.
const MOST_REPLY: usize = 2_000_000;
/// Rows that the list of examples asks for.
const WINDOW: usize = 60;
/// Bytes that any of this may take beside what follows from the size: queues, settings, the example.
const ASIDE: u64 = 64_000_000;

/// Holds a reply to its bound and prints its figures.
fn small(what: &str, reply: usize, measured: Measured) {
    measured.print(what, reply);
    assert!(reply <= MOST_REPLY, "{what}: a reply of {reply} bytes");
}

/// Holds memory to a multiple of the text that was given.
pub(crate) fn within(what: &str, times: f64, bytes: usize, measured: Measured) {
    measured.print(what, 0);
    let most = (bytes as f64 * times) as u64 + ASIDE;
    let peak = measured.peak.unwrap_or(0);
    assert!(peak <= most, "{what}: {peak} bytes of memory, not {most}");
}

fn window(query: Query, start: usize) -> Window {
    Window {
        query,
        start,
        count: WINDOW,
    }
}

/// Rows of about 200 bytes.
pub(crate) fn rows(count: usize) {
    let _turn = turn();
    let mut text = String::from("id,domain,reference,base,tuned\n");
    for i in 0..count {
        let domain = ["law", "health", "travel"][i % 3];
        let row = format_args!(
            "{i},{domain},the sentence with the number {i} is translated like this here,the sentence of number {i} is translated so and no more,the sentence with number {i} is translated like that again\n"
        );
        text.write_fmt(row).unwrap();
    }
    let (bytes, visit) = (text.len(), Visit::start());
    let (imported, measured) = measure(|| visit.ask_with(Import {}, "rows.csv", text));
    assert!(imported.unwrap().outputs);
    within("rows, import", 3.0, bytes, measured);
    let ((summary, reply), measured) = measure(|| visit.ask(Summarize {}));
    assert_eq!(summary.unwrap().summary.rows, count);
    small("rows, summary", reply, measured);
    let last = count - WINDOW;
    let ((found, reply), measured) = measure(|| visit.ask(window(Query::default(), last)));
    assert_eq!((found.total, found.rows.len()), (count, WINDOW));
    small("rows, the last of the list", reply, measured);
    let query = Query {
        text: format!("number {} ", count - 1),
        ..Query::default()
    };
    let ((found, reply), measured) = measure(|| visit.ask(window(query.clone(), 0)));
    assert_eq!(found.total, 1);
    small("rows, search", reply, measured);
    let ((place, _), _) = measure(|| {
        visit.ask(Step {
            query,
            row: None,
            by: 0,
        })
    });
    assert_eq!(place.map(|p| p.row), Some(count - 1));
    let ((_, reply), measured) = measure(|| {
        visit.ask(RowDetail {
            row: count - 1,
            against: None,
        })
    });
    small("rows, the last in full", reply, measured);
}

/// Columns of texts of 2,000 characters.
pub(crate) fn columns(columns: usize, count: usize) {
    let _turn = turn();
    let names: Vec<String> = (0..columns).map(|c| format!("column {c}")).collect();
    let mut text = names.join(",") + "\n";
    for row in 0..count {
        for column in 0..columns {
            let end = if column + 1 == columns { '\n' } else { ',' };
            // Every hundredth row is long.
            let words = if row % 100 == 0 { 200 } else { 4 };
            write!(text, "{}{row}{end}", "one word ".repeat(words)).unwrap();
        }
    }
    let (bytes, visit) = (text.len(), Visit::start());
    let (imported, measured) = measure(|| visit.ask_with(Import {}, "wide.csv", text));
    imported.unwrap();
    within("columns, import", 3.0, bytes, measured);
    let ((summary, reply), measured) = measure(|| visit.ask(Summarize {}));
    assert_eq!(summary.unwrap().summary.columns.len(), columns);
    small("columns, summary", reply, measured);
    let ((_, reply), measured) = measure(|| visit.ask(window(Query::default(), 0)));
    small("columns, list", reply, measured);
    let ((_, reply), measured) = measure(|| {
        visit.ask(RowDetail {
            row: 0,
            against: None,
        })
    });
    small("columns, a row in full", reply, measured);
}

/// Systems that are compared by the usual metrics.
pub(crate) fn systems(systems: usize, count: usize) {
    let _turn = turn();
    let names: Vec<String> = (0..systems).map(|s| format!("model_{s}")).collect();
    let mut text = format!("id,reference,{}\n", names.join(","));
    for row in 0..count {
        write!(text, "{row},the answer to number {row} is written here").unwrap();
        for system in 0..systems {
            let word = ["is", "was"][(row + system) % 2];
            write!(
                text,
                ",the answer to number {row} {word} written by {system}"
            )
            .unwrap();
        }
        text.push('\n');
    }
    let (bytes, visit) = (text.len(), Visit::start());
    let (imported, measured) = measure(|| visit.ask_with(Import {}, "systems.csv", text));
    imported.unwrap();
    within("systems, import", 3.0, bytes, measured);
    let ((summary, reply), measured) = measure(|| visit.ask(Summarize {}));
    assert_eq!(summary.unwrap().summary.systems.len(), systems);
    small("systems, summary", reply, measured);
    let configure = Configure {
        baseline: 0,
        test: PairedTest {
            kind: PairedTestKind::Bootstrap,
            samples: 100,
            seed: 1,
        },
        domains: None,
    };
    let (_, measured) = measure(|| visit.ask(configure));
    within("systems, scores and tests", 20.0, bytes, measured);
    let ((scores, reply), measured) = measure(|| visit.ask(Metrics {}));
    assert!(scores.is_complete() && !scores.results.is_empty());
    assert_eq!(scores.results[0].result.systems.len(), systems);
    small("systems, scores", reply, measured);
    let ((detail, reply), measured) = measure(|| {
        visit.ask(RowDetail {
            row: 0,
            against: None,
        })
    });
    assert_eq!(detail.outputs.len(), systems);
    assert!(!detail.is_unmarked && detail.cut.is_none());
    small("systems, a row in full", reply, measured);
}

/// A row whose output and reference are long, and differ everywhere.
pub(crate) fn long_text(bytes: usize) {
    let _turn = turn();
    let words = |word: &str| word.repeat(bytes / word.len());
    let (reference, output) = (words("some words of it "), words("other ones here "));
    let text = format!(
        "id,prompt,reference,base,tuned\n1,q,r,a,b\n2,{},{reference},{output},b\n3,q,r,a,b\n",
        words("请写一篇很长的文章")
    );
    let (bytes, visit) = (text.len(), Visit::start());
    let (imported, measured) = measure(|| visit.ask_with(Import {}, "long.csv", text));
    imported.unwrap();
    within("a long text, import", 4.0, bytes, measured);
    let ((summary, reply), measured) = measure(|| visit.ask(Summarize {}));
    let columns = summary.unwrap().summary.columns;
    let is_system = |c: &&assay_protocol::views::ColumnView| c.role == Role::Hypothesis;
    assert_eq!(columns.iter().filter(is_system).count(), 2);
    small("a long text, summary", reply, measured);
    let ((list, reply), measured) = measure(|| visit.ask(window(Query::default(), 0)));
    assert_eq!(list.total, 3);
    small("a long text, list", reply, measured);
    let ((detail, reply), measured) = measure(|| {
        visit.ask(RowDetail {
            row: 1,
            against: None,
        })
    });
    let cut = detail.cut.expect("the text is cut");
    assert_eq!(detail.outputs[0].text.chars().count(), cut + 1);
    assert_eq!(detail.outputs[1].text, "b");
    small("a long text, its row in full", reply, measured);
    let ((detail, _), _) = measure(|| {
        visit.ask(RowDetail {
            row: 2,
            against: None,
        })
    });
    assert_eq!((detail.cut, detail.is_unmarked), (None, false));
}

/// A name of a column that is a text.
pub(crate) fn long_name(characters: usize) {
    let _turn = turn();
    let name = "n".repeat(characters);
    let files = [
        ("name.csv", format!("id,reference,{name}\n1,r,a\n")),
        ("name.tsv", format!("id\treference\t{name}\n1\tr\ta\n")),
        ("name.jsonl", format!("{{\"id\": 1, \"{name}\": \"a\"}}\n")),
        ("name.json", format!("[{{\"id\": 1, \"{name}\": \"a\"}}]")),
    ];
    for (file, text) in files {
        let (bytes, visit) = (text.len(), Visit::start());
        let (refused, measured) = measure(|| visit.ask_with(Import {}, file, text));
        within("a long name, refused", 8.0, bytes, measured);
        let Err(CallFailure::Service(ImportFailure::Table { error })) = refused else {
            panic!("{file} is refused");
        };
        let ImportError::LongName { found, limit, .. } = error else {
            panic!("{file}: {error:?}");
        };
        assert_eq!((found, limit), (characters, MAX_NAME), "{file}");
        let ((summary, _), _) = measure(|| visit.ask(Summarize {}));
        assert_eq!(summary, None, "{file}");
    }
}

/// Ratings of two systems by twenty people.
pub(crate) fn ratings(count: usize) {
    let _turn = turn();
    let visit = Visit::start();
    let mut text = String::from("rater,item,system,fluency,accuracy\n");
    for i in 0..count {
        let (rater, item) = (i % 20, i / 40);
        let system = ["base", "tuned"][i / 20 % 2];
        let (fluency, accuracy) = (1 + (i * 7 + item) % 5, 1 + (i * 3 + rater) % 5);
        writeln!(text, "rater {rater},{item},{system},{fluency},{accuracy}").unwrap();
    }
    let bytes = text.len();
    let (loaded, measured) = measure(|| visit.ask_with(Load {}, "ratings.csv", text));
    loaded.unwrap();
    within("ratings, import", 20.0, bytes, measured);
    let ((view, reply), measured) = measure(|| visit.ask(RatingsOf { baseline: None }));
    assert_eq!(view.unwrap().analysis.raters.len(), 20);
    small("ratings, analysis", reply, measured);
}

/// Classes of which each row has one.
pub(crate) fn classes(classes: usize, count: usize) {
    let _turn = turn();
    let visit = Visit::start();
    let mut text = String::from("id,text,label,prediction\n");
    for i in 0..count {
        let (label, prediction) = (i % classes, (i + usize::from(i % 5 == 0)) % classes);
        writeln!(
            text,
            "{i},a text of number {i},class {label},class {prediction}"
        )
        .unwrap();
    }
    let bytes = text.len();
    let (imported, measured) = measure(|| visit.ask_with(Import {}, "classes.csv", text));
    imported.unwrap();
    within("classes, import", 8.0, bytes, measured);
    // So many values are taken for texts until a person says otherwise.
    for (column, role) in [(2, Role::Label), (3, Role::Prediction)] {
        visit.ask(SetRole { column, role });
    }
    let ((summary, reply), measured) = measure(|| visit.ask(Summarize {}));
    assert!(summary.unwrap().summary.has_classes);
    small("classes, summary", reply, measured);
    let ((view, reply), measured) = measure(|| visit.ask(Classification {}));
    let view = view.expect("there are classes");
    assert_eq!(view.classes, classes);
    small("classes, classification", reply, measured);
    let ((_, reply), measured) = measure(|| visit.ask(window(Query::default(), 0)));
    small("classes, list", reply, measured);
}
