// Starts a worker; its name tells its role.
import init from "./worker.js";

await init({ module_or_path: "./worker_bg.wasm" });
