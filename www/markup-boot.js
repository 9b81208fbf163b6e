// Starts the worker that reads texts as trees.
import "./own-address.js";
import init from "./markup.js";

await init({ module_or_path: "./markup_bg.wasm" });
