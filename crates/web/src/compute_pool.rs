//! The data worker's compute workers, one a core: started when first needed, ended at once when the work is
//! stopped. Tasks wait in one queue; a worker takes the next one when it has answered.

use super::channel::scope;
use assay_calls::{CallFailure, ChannelFailure};
use assay_core::compute::{Buffers, Pack, Run, numbers_of};
use assay_core::platform::{ComputeError, ComputePool, LocalFuture};
use assay_eval::{Parcel, Task};
use assay_web_calls::{Attachments, WorkerHost};
use futures_channel::oneshot::{Sender, channel};
use js_sys::Uint8Array;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// More workers than this only wait for one another's memory.
const MOST: usize = 8;

/// The bytes beside a reply.
type Outcome = Result<Vec<u8>, ComputeError>;

/// What a worker is asked for.
enum Work {
    Run(Task),
    Pack,
}

/// Work with whoever waits for it.
struct Waiting {
    work: Work,
    beside: Attachments,
    answer: Sender<Outcome>,
}

/// A compute worker.
struct Member {
    id: u32,
    host: WorkerHost,
    is_free: bool,
}

#[derive(Default)]
struct Inner {
    members: RefCell<Vec<Member>>,
    queue: RefCell<VecDeque<Waiting>>,
    last_id: Cell<u32>,
}

/// All compute workers.
#[derive(Default)]
pub(crate) struct BrowserPool(Rc<Inner>);

fn lanes() -> usize {
    let cores = scope().navigator().hardware_concurrency() as usize;
    cores.clamp(1, MOST)
}

/// Answers whoever waits; who does not any more needs none.
fn settle(answer: Sender<Outcome>, outcome: Outcome) {
    let _is_gone = answer.send(outcome).is_err();
}

impl ComputePool for BrowserPool {
    fn lanes(&self) -> usize {
        lanes()
    }

    fn run(&self, task: Task, parcel: Parcel) -> LocalFuture<'_, Result<Vec<f64>, ComputeError>> {
        let bytes = self.ask(Work::Run(task), parcel_beside(parcel));
        Box::pin(async move { Ok(numbers_of(&bytes.await?)) })
    }

    fn pack(&self, bytes: Vec<u8>) -> LocalFuture<'_, Outcome> {
        Box::pin(self.ask(Work::Pack, Attachments::bytes(&bytes)))
    }

    fn stop(&self) {
        self.0.queue.borrow_mut().clear();
        let members = std::mem::take(&mut *self.0.members.borrow_mut());
        for member in members {
            member.host.end(ChannelFailure::WorkerDied {
                detail: ComputeError::Stopped.to_string(),
            });
        }
    }
}

impl BrowserPool {
    fn ask(&self, work: Work, beside: Attachments) -> impl Future<Output = Outcome> + use<> {
        let (answer, outcome) = channel();
        self.0.queue.borrow_mut().push_back(Waiting {
            work,
            beside,
            answer,
        });
        self.0.hand_out();
        // Whoever ends the workers drops what waits for them.
        async move { outcome.await.unwrap_or(Err(ComputeError::Stopped)) }
    }
}

impl Inner {
    /// Gives tasks to workers that have none, and starts workers while there are too few.
    fn hand_out(self: &Rc<Self>) {
        loop {
            let next = self.queue.borrow_mut().pop_front();
            let Some(next) = next else { return };
            if next.answer.is_canceled() {
                continue;
            }
            let Some((id, host)) = self.free_member() else {
                self.queue.borrow_mut().push_front(next);
                return;
            };
            spawn_local(self.clone().give(id, host, next));
        }
    }

    /// A worker without a task, which from now on has one; nothing where all that there may be are busy.
    fn free_member(&self) -> Option<(u32, WorkerHost)> {
        let mut members = self.members.borrow_mut();
        if let Some(member) = members.iter_mut().find(|m| m.is_free) {
            member.is_free = false;
            return Some((member.id, member.host.clone()));
        }
        if members.len() >= lanes() {
            return None;
        }
        let id = self.last_id.get().wrapping_add(1);
        self.last_id.set(id);
        // How the worker is, the call that waits for it says.
        let host = WorkerHost::start("./compute-boot.js", "compute", |_| {});
        members.push(Member {
            id,
            host: host.clone(),
            is_free: false,
        });
        Some((id, host))
    }

    /// Has a worker run a task. One that does not answer is ended; another takes its place when it is needed.
    async fn give(self: Rc<Self>, id: u32, host: WorkerHost, waiting: Waiting) {
        let client = host.client();
        let answer = match waiting.work {
            Work::Run(task) => client.ask_with(Run { task }, waiting.beside).await,
            Work::Pack => client.ask_with(Pack {}, waiting.beside).await,
        };
        let mut members = self.members.borrow_mut();
        let place = members.iter().position(|m| m.id == id);
        let outcome = match answer {
            Ok(answer) => {
                let buffer = answer.attachments.buffers.first();
                Ok(buffer.map_or(Vec::new(), |b| Uint8Array::new(b).to_vec()))
            }
            Err(CallFailure::Service(error)) => Err(error),
            Err(CallFailure::Channel(failure)) => Err(match place {
                Some(_) => ComputeError::WorkerDied {
                    detail: failure.to_string(),
                },
                None => ComputeError::Stopped,
            }),
        };
        let died = matches!(outcome, Err(ComputeError::WorkerDied { .. }));
        let lost = match place {
            Some(place) if died => Some(members.swap_remove(place)),
            Some(place) => {
                members[place].is_free = true;
                None
            }
            None => None,
        };
        drop(members);
        if let Some(member) = lost {
            member.host.end(ChannelFailure::WorkerDied {
                detail: String::new(),
            });
        }
        settle(waiting.answer, outcome);
        self.hand_out();
    }
}

/// A parcel as what travels beside a call.
fn parcel_beside(parcel: Parcel) -> Attachments {
    let Buffers {
        text,
        numbers,
        rows_f32,
    } = parcel.into();
    let buffer = |bytes: &[u8]| Uint8Array::from(bytes).buffer();
    Attachments {
        files: Vec::new(),
        buffers: vec![buffer(&text), buffer(&numbers), buffer(&rows_f32)],
    }
}
