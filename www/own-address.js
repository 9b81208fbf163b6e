// Holds a worker to the page's own address. The document's policy does not reach a worker whose script came over the
// network: its policy is the one that the server sends with that script, and a static server sends none.
// The page as one file has no address of its own: there `fetch` asks none (single-file.js), and workers have the
// document's policy.
const own = globalThis.fetch.bind(globalThis);

function fetchOwn(input, options) {
  const url = new URL(input instanceof Request ? input.url : String(input), location.href);
  if (url.origin === location.origin) return own(input, options);
  return Promise.reject(new TypeError(`Nothing is asked of ${url.origin}: the page asks for its own files only.`));
}

if (!("assayModule" in globalThis)) globalThis.fetch = fetchOwn;

// Nothing here uses the other ways out.
for (const name of ["XMLHttpRequest", "WebSocket", "WebSocketStream", "EventSource", "WebTransport"]) {
  if (name in globalThis) Object.defineProperty(globalThis, name, { value: undefined });
}
