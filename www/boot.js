// Starts the page, and keeps its files for use without a network. A module of its own, because the
// content security policy permits no script inside index.html.
import { begin, tell } from "./words.js";

// A rating link opens a program of its own, which is small: its rater needs nothing else. A rater's file has the task
// inside (www/single-file.html).
const isRating = () => document.querySelector("#task-inside") !== null || /^#\/rate(\/|$)/.test(location.hash);
const rates = isRating();

addEventListener("hashchange", () => {
  if (isRating() !== rates) location.reload();
});

// A program that does not start can't say so itself.
function showFailure(error) {
  tell(
    `Assay could not start: ${error}. Reload the page. If it stays so, the server may send the wrong types: ` +
      `.js files need text/javascript, .wasm files application/wasm.`,
    `Assay 无法启动：${error}。请重新加载页面。如果问题依旧，请检查服务器返回的文件类型：` +
      `.js 应为 text/javascript，.wasm 应为 application/wasm。`,
  );
}

// In the page as one file (single-file.js) modules have addresses of their own, and nothing is kept.
const isSingleFile = "assayModule" in globalThis;
const moduleAddress = isSingleFile ? globalThis.assayModule : (name) => `./${name}`;

const name = rates ? "rate" : "app";
begin(name);
try {
  const { default: init } = await import(await moduleAddress(`${name}.js`));
  await init({ module_or_path: `./${name}_bg.wasm` });
} catch (error) {
  showFailure(error);
  throw error;
}
if (!isSingleFile && "serviceWorker" in navigator) {
  const { keepFiles } = await import("./new-version.js");
  await keepFiles();
}
