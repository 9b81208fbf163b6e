//! The messages about programs that are run: the page hosts the sandbox, the data worker keeps programs and
//! outcomes, and neither runs anything before the owner has said yes.

use assay_codeeval::Programs;
use assay_protocol::code::CodeView;

/// Failures that are told one by one.
const FAILURES: usize = 200;

/// Programs in numbers.
#[must_use]
pub fn code_view(programs: &Programs) -> CodeView {
    let (tasks, samples, systems) = programs.size();
    CodeView {
        tasks,
        samples,
        systems: systems.to_vec(),
        done: programs.done(),
        counts: programs.counts(),
        failures: programs.failures(FAILURES),
    }
}
