//! Segments per second of each metric over the pairs in a file (a hypothesis, a tab, a reference a
//! line), one thread, the best of three passes. Prints one line a metric: name, tab, figure. Writes
//! each metric's task, as a compute worker takes it, into the second file named: name, tab, JSON.

use assay_eval::Task;
use assay_metrics::registry;
use assay_metrics::registry::MetricSpec;
use assay_metrics::rows;
use std::time::Instant;

fn main() {
    let mut paths = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let Some(path) = paths.next() else {
        eprintln!("give a file of pairs; `cargo xtask bench` writes one");
        return;
    };
    let text = std::fs::read_to_string(&path).expect("the file of pairs can be read");
    let segments: Vec<(&str, Vec<&str>)> = text
        .lines()
        .filter_map(|line| line.split_once('\t').map(|(h, r)| (h, vec![r])))
        .collect();
    let specs = specs();
    for (name, spec) in &specs {
        measure(name, spec, &segments);
    }
    if let Some(path) = paths.next() {
        std::fs::write(path, tasks(&specs)).expect("the file of tasks can be written");
    }
}

/// Every metric, ROUGE also with its stemmer.
fn specs() -> Vec<(String, MetricSpec)> {
    let mut specs = Vec::new();
    for name in registry::ALL {
        let spec = MetricSpec::named(name).expect("a name of the registry");
        // Rows that an encoder makes are none of texts alone.
        if spec.metric().properties().needs_encoder {
            continue;
        }
        specs.push(((*name).to_owned(), spec.clone()));
        if name.starts_with("rouge") {
            let mut stemmed = spec;
            stemmed
                .set("use_stemmer", "true")
                .expect("ROUGE has a stemmer");
            specs.push((format!("{name}+stem"), stemmed));
        }
    }
    specs
}

fn tasks(specs: &[(String, MetricSpec)]) -> String {
    let line = |(name, spec): &(String, MetricSpec)| {
        let task = Task::Statistics { spec: spec.clone() };
        let task = serde_json::to_string(&task).expect("a task is plain data");
        format!("{name}\t{task}\n")
    };
    specs.iter().map(line).collect()
}

fn measure(name: &str, spec: &MetricSpec, segments: &[(&str, Vec<&str>)]) {
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let start = Instant::now();
        std::hint::black_box(rows(spec.metric(), segments));
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{name}\t{:.0}", segments.len() as f64 / best);
}
