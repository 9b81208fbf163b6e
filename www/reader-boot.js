// Starts the worker that opens workbooks, Parquet, Arrow and archives.
import "./own-address.js";
import init from "./reader.js";

await init({ module_or_path: "./reader_bg.wasm" });
