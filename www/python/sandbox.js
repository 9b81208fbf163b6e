// The sandbox for programs: a document of no origin, whose policy permits no request at all. It holds the
// parts of Pyodide, which the page hands over, and runs each program in a worker of its own.
"use strict";
let parts = null;

function address(text) {
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}

// One program in a fresh interpreter; the worker is ended whatever it does.
function run(port, id, program, seconds, megabytes) {
  const worker = new Worker(parts.worker);
  let started = false;
  let timer = 0;
  const end = (outcome) => {
    clearTimeout(timer);
    worker.terminate();
    port.postMessage({ id, ...outcome });
  };
  const patience = (millis, outcome) => {
    clearTimeout(timer);
    timer = setTimeout(() => end(outcome), millis);
  };
  patience(60000, { state: "broken", detail: "Python did not start" });
  worker.onerror = (event) => end({ state: started ? "crashed" : "broken", detail: event.message || "" });
  worker.onmessage = ({ data }) => {
    if (data.state === "ready") {
      started = true;
      patience(seconds * 1000, { state: "timed_out", detail: "" });
      worker.postMessage({ program });
    } else {
      end(data);
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
