//! Runs programs in the sandbox that the page hosts, for as long as the worker's run goes on.

use crate::browser::sandbox::{Limits, Sandbox, lanes};
use crate::calls::Calls;
use assay_protocol::programs::{Abort, Finish, Next, Run};
use futures_util::future::{Either, join_all, select};
use std::pin::pin;

/// Runs all programs that were not run yet; the person has agreed. The sandbox goes, with all that runs in it,
/// as soon as the worker says that the run has ended: it was stopped, all programs are done, or the worker died.
pub async fn run_programs(calls: Calls, limits: Limits) {
    let run = pin!(calls.ask(Run {}));
    let host = pin!(host(&calls, limits));
    let ended = match select(run, host).await {
        Either::Left((ended, _)) => ended,
        Either::Right((Ok(()), run)) => run.await,
        Either::Right((Err(detail), run)) => {
            calls.order(Abort { detail }, |()| {});
            run.await
        }
    };
    if let Err(failure) = ended {
        calls.report(failure.explanation());
    }
}

/// Puts up the sandbox and runs programs in it, a few at once.
async fn host(calls: &Calls, limits: Limits) -> Result<(), String> {
    let sandbox = Sandbox::start(limits).await?;
    let lanes = (0..lanes()).map(|_| run_lane(calls, &sandbox));
    join_all(lanes).await.into_iter().collect()
}

/// Runs one program after another. A call that fails ends the lane: the run it belongs to has ended, and its
/// reply says why.
async fn run_lane(calls: &Calls, sandbox: &Sandbox) -> Result<(), String> {
    while let Ok(Some(program)) = calls.ask(Next {}).await {
        let Some(outcome) = sandbox.run(&program).await? else {
            break;
        };
        let place = program.place;
        if calls.ask(Finish { place, outcome }).await.is_err() {
            break;
        }
    }
    Ok(())
}
