// Starts the worker of a rater's page.
import "./own-address.js";
import init from "./rate_worker.js";

await init({ module_or_path: "./rate_worker_bg.wasm" });
