// Starts the page, and keeps its files for use without a network. A module of its own, because the
// content security policy permits no script inside index.html.

// A rating link opens a program of its own, which is small: its rater needs nothing else.
const isRating = () => /^#\/rate(\/|$)/.test(location.hash);
const rates = isRating();

addEventListener("hashchange", () => {
  if (isRating() !== rates) location.reload();
});

const name = rates ? "rate" : "app";
const { default: init } = await import(`./${name}.js`);
await init({ module_or_path: `./${name}_bg.wasm` });
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("./offline.js");
}
