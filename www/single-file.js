// The page as one file (`cargo xtask build --single-file`): its files are in the document, packed, and no address is
// ever asked. This script gives them to whoever asks: `fetch` and `Worker` know them by their names, and a module is
// given an address of its own, as are those that it imports.
//
// It is the first script of the document and of every worker. A worker of a page that was opened from a folder has to
// begin as a classic script, and can import only what it has made itself: so it is sent this script and the files.
(() => {
  const TYPES = { ftl: "text/plain", js: "text/javascript", svg: "image/svg+xml", txt: "text/plain", wasm: "application/wasm" };
  const IMPORT = /\b(from|import)\s*["']\.\/([^"']+)["']/g;

  const isDocument = "document" in globalThis;
  const ask = globalThis.fetch.bind(globalThis);
  const BrowserWorker = globalThis.Worker;
  let source;
  let files = new Map();

  const blobAddress = (text, type) => URL.createObjectURL(new Blob([text], { type }));
  const nameOf = (address) => String(address).replace(/^\.\//, "");

  function unpacked(name) {
    const stream = files.get(name).stream().pipeThrough(new DecompressionStream("gzip"));
    const type = TYPES[name.split(".").pop()] ?? "application/octet-stream";
    return new Response(stream, { headers: { "content-type": type } });
  }

  // A name is answered from the document, or by 404 where it isn't in it. In the document an address is left to the
  // browser, which refuses it by the policy and reports that; a worker asks for none.
  globalThis.fetch = async (input, options) => {
    const address = input instanceof Request ? input.url : String(input);
    if (files.has(nameOf(address))) return unpacked(nameOf(address));
    const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(address);
    if (hasScheme && isDocument) return ask(input, options);
    if (hasScheme) throw new TypeError("Nothing is asked of any address: this page is one file.");
    return new Response(null, { status: 404, statusText: "not in this file" });
  };

  const linked = new Map();

  // The address of a module, for `import`.
  globalThis.assayModule = (name) => {
    if (!linked.has(name)) linked.set(name, link(name));
    return linked.get(name);
  };

  async function link(name) {
    const text = await unpacked(name).text();
    const addresses = new Map();
    for (const [, , other] of text.matchAll(IMPORT)) {
      if (files.has(other)) addresses.set(other, await globalThis.assayModule(other));
    }
    const known = (found, word, other) => (addresses.has(other) ? `${word} "${addresses.get(other)}"` : found);
    return blobAddress(text.replace(IMPORT, known), "text/javascript");
  }

  let workerAddress;

  globalThis.Worker = function (script, options) {
    workerAddress ??= blobAddress(source, "text/javascript");
    const worker = new BrowserWorker(workerAddress, { name: options?.name });
    worker.postMessage({ script: nameOf(script), source, files });
    return worker;
  };

  async function run(name) {
    await import(await globalThis.assayModule(name));
  }

  // The first message to a worker: what it runs.
  function begin(event) {
    event.stopImmediatePropagation();
    ({ source, files } = event.data);
    run(event.data.script).catch((error) => {
      // Outside of the promise, so that whoever started the worker hears of it.
      setTimeout(() => {
        throw error;
      });
    });
  }

  function bytesOf(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  }

  // A link to one of the files, such as a licence, saves it.
  function save(event) {
    const name = nameOf(event.target.closest?.("a[href]")?.getAttribute("href"));
    if (!files.has(name)) return;
    event.preventDefault();
    unpacked(name)
      .blob()
      .then((blob) => {
        const address = URL.createObjectURL(blob);
        Object.assign(document.createElement("a"), { href: address, download: name }).click();
        URL.revokeObjectURL(address);
      });
  }

  function showFailure(error) {
    const place = document.querySelector(".skeleton [role=status]");
    document.querySelector(".skeleton .late")?.remove();
    if (place) {
      place.textContent =
        `Assay could not start: ${error}. The browser may be too old, or the file is not complete. ` +
        `Assay 无法启动：${error}。可能是浏览器版本过旧，或文件不完整。`;
    }
  }

  function start() {
    source = document.currentScript.textContent;
    for (const element of document.querySelectorAll("script[data-file]")) {
      files.set(element.dataset.file, new Blob([bytesOf(element.textContent)]));
      element.remove();
    }
    document.documentElement.dataset.singleFile = "";
    document.addEventListener("click", save);
    run("boot.js").catch(showFailure);
  }

  if (!isDocument) {
    addEventListener("message", begin, { once: true });
    return;
  }
  try {
    start();
  } catch (error) {
    showFailure(error);
  }
})();
