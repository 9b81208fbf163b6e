// Registers the service worker, and speaks between it and the page about a newer build: the page shows what stands in
// `data-new-version` of the document ("ready", or "waits" with the number of other open tabs in
// `data-other-tabs`), and sends the event `assay-replace` when the person wants it.

const HOUR = 3_600_000;
const root = document.documentElement;

function show(state, others) {
  root.dataset.newVersion = state;
  root.dataset.otherTabs = String(others);
  document.dispatchEvent(new Event("assay-new-version"));
}

function replace(waiting) {
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => {
    if (data > 0) show("waits", data);
  };
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("replace", [channel.port2]);
}

// Says that a newer build is complete and waits. At the first visit there is no older one.
function watch(registration) {
  const offer = () => {
    if (registration.waiting && navigator.serviceWorker.controller) show("ready", 0);
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer);
  });
  document.addEventListener("assay-replace", () => {
    if (registration.waiting) replace(registration.waiting);
  });
  offer();
}

export async function keepFiles() {
  let registration;
  try {
    registration = await navigator.serviceWorker.register("./offline.js");
  } catch (error) {
    // The page works without; only not without a network.
    console.warn("the page's files can't be kept for use without a network:", error);
    return;
  }
  watch(registration);
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < HOUR) return;
    looked = Date.now();
    // Without a network there is nothing newer to be had.
    registration.update().catch(() => {});
  });
}
