// Starts the data worker.
import "./own-address.js";
import init from "./worker.js";

await init({ module_or_path: "./worker_bg.wasm" });
