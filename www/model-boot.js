// Starts the model worker.
import "./own-address.js";
import init from "./model.js";

await init({ module_or_path: "./model_bg.wasm" });
