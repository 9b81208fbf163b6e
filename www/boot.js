// Starts the page, and keeps its files for use without a network. A module of its own, because the
// content security policy permits no script inside index.html.
import init from "./app.js";

await init({ module_or_path: "./app_bg.wasm" });
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("./offline.js");
}
