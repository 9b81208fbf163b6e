// Starts the model worker.
import init from "./model.js";

await init({ module_or_path: "./model_bg.wasm" });
