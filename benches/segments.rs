//! Segments per second of each metric over the pairs in a file (a hypothesis, a tab, a reference a
//! line), one thread, the best of three passes. Prints one line a metric: name, tab, figure.

use assay::metrics::registry::{self, MetricSpec};
use assay::metrics::rows;
use std::time::Instant;

fn main() {
    let Some(path) = std::env::args().skip(1).find(|a| !a.starts_with("--")) else {
        eprintln!("give a file of pairs; `cargo xtask bench` writes one");
        return;
    };
    let text = std::fs::read_to_string(&path).expect("the file of pairs can be read");
    let segments: Vec<(&str, Vec<&str>)> = text
        .lines()
        .filter_map(|line| line.split_once('\t').map(|(h, r)| (h, vec![r])))
        .collect();
    for name in registry::ALL {
        let spec = MetricSpec::named(name).expect("a name of the registry");
        measure(name, &spec, &segments);
        if name.starts_with("rouge") {
            let mut stemmed = spec.clone();
            stemmed
                .set("use_stemmer", "true")
                .expect("ROUGE has a stemmer");
            measure(&format!("{name}+stem"), &stemmed, &segments);
        }
    }
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
