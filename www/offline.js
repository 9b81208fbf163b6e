// Keeps the page's own files, so that it opens without a network after the first visit; what few need
// is kept once it was asked for. The build writes the two lists of files and the digest of the whole page in
// place of the names below.
const FILES = __FILES__;
const LAZY = __LAZY__;
const CACHE = "assay-__DIGEST__";

// All files or none, past the browser's own cache: there, files of an older build may count as fresh. A build that
// follows another then waits: as long as a page of the older one is open, that page gets its own build's programs.
async function keepAll() {
  try {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES.map((name) => new Request(name, { cache: "reload" })));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("assay-") && name !== CACHE;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// A page asks for the build that waits. With other pages of the older build open it goes on waiting; the answer is
// how many they are.
async function replaceOlder(port) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const pages = windows.filter((page) => page.url.startsWith(self.registration.scope));
  const others = Math.max(0, pages.length - 1);
  port.postMessage(others);
  if (others === 0) await self.skipWaiting();
}

self.addEventListener("message", (event) => {
  if (event.data === "replace") event.waitUntil(replaceOlder(event.ports[0]));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept) return kept;
  if (!LAZY.some((name) => request.url.endsWith("/" + name))) return fetch(request);
  const fetched = await fetch(request, { cache: "no-cache" });
  if (fetched.ok) await cache.put(request, fetched.clone());
  return fetched;
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});
