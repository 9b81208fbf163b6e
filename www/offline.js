// Keeps the page's own files, so that it opens without a network after the first visit; what few need
// is kept once it was asked for. The build writes the two lists of files and their common digest in
// place of the names below.
const FILES = __FILES__;
const LAZY = __LAZY__;
const CACHE = "assay-__DIGEST__";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("assay-") && name !== CACHE;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept) return kept;
  const fetched = await fetch(request);
  if (fetched.ok && LAZY.some((name) => request.url.endsWith("/" + name))) {
    await cache.put(request, fetched.clone());
  }
  return fetched;
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});
