// Starts a compute worker.
import "./own-address.js";
import init from "./compute.js";

await init({ module_or_path: "./compute_bg.wasm" });
