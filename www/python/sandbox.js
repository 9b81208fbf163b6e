// The sandbox for programs: a document of no origin, whose policy permits no request at all. It holds the
// parts of Pyodide, which the page hands over, and runs each program in a worker of its own.
"use strict";
let parts = null;
// Milliseconds that Python may take to start for one program.
const START_MS = 60000;
// Programs in a row for which Python may fail to start before it has ever started: then it can't run here.
const MOST_FAILED_STARTS = 4;
// What a worker may say of its program; the rest is said here.
const OUTCOMES = ["passed", "failed", "crashed"];
let hasStarted = false;
let failedStarts = 0;

function address(text) {
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}

// One program in a fresh interpreter; the worker is ended whatever it does.
function run(port, id, program, seconds, megabytes) {
  const worker = new Worker(parts.worker);
  let started = false;
  let ended = false;
  let timer = 0;
  // The id is the one that was asked for: what a worker says can't answer for another program.
  const end = ({ state, detail }) => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    worker.terminate();
    port.postMessage({ state, detail: String(detail || "").slice(0, 300), id });
  };
  const endAfter = (millis, last) => {
    clearTimeout(timer);
    timer = setTimeout(() => end(last()), millis);
  };
  // One program that does not start is that program's failure; the run goes on with the next.
  const notStarted = (detail) => {
    failedStarts += 1;
    const unusable = !hasStarted && failedStarts >= MOST_FAILED_STARTS;
    return { state: unusable ? "unusable" : "crashed", detail };
  };
  endAfter(START_MS, () => notStarted(`Python did not start within ${START_MS / 1000} s`));
  worker.onerror = (event) => {
    const detail = event.message || "the worker failed";
    end(started ? { state: "crashed", detail } : notStarted(detail));
  };
  worker.onmessage = ({ data }) => {
    const state = data && data.state;
    if (state === "ready" && !started) {
      started = hasStarted = true;
      endAfter(seconds * 1000, () => ({ state: "timed_out", detail: "" }));
      worker.postMessage({ program });
    } else if (OUTCOMES.includes(state)) {
      // Before Python is ready no program ran, so none can have an outcome.
      end(started ? data : notStarted(data.detail));
    } else {
      const detail = "the program sent a message that is no outcome";
      end(started ? { state: "crashed", detail } : notStarted(detail));
    }
  };
  worker.postMessage({
    module: parts.module, stdlib: parts.stdlib, lock: parts.lock,
    pyodide: parts.pyodide, asm: parts.asm, megabytes,
  });
}

addEventListener("message", async ({ data, ports }) => {
  if (parts || !data || data.kind !== "parts") return;
  const port = ports[0];
  try {
    parts = {
      module: await WebAssembly.compile(data.wasm),
      stdlib: data.stdlib,
      lock: data.lock,
      pyodide: address(data.pyodide),
      asm: address(data.asm),
      worker: address(data.worker),
    };
    port.onmessage = ({ data: task }) => run(port, task.id, task.program, task.seconds, task.megabytes);
    port.postMessage({ state: "ready" });
  } catch (error) {
    port.postMessage({ state: "unusable", detail: String(error) });
  }
});
