// Keeps the page's own files, so that it opens without a network after the first visit; what few need
// is kept once it was asked for. The build writes the two lists of files, each with its SHA-256, and the digest of the
// whole page in place of the names below. Documents have no digest, as hosts add to them.
const FILES = __FILES__;
const LAZY = __LAZY__;
const CACHE = "assay-__DIGEST__";

const hexadecimal = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// Whether a file is the one of this build: while a host takes in a new build, it sends files of both.
async function isOwn(response, digest) {
  if (!digest) return true;
  const bytes = await response.clone().arrayBuffer();
  return hexadecimal(await crypto.subtle.digest("SHA-256", bytes)) === digest;
}

async function fetched(name, digest) {
  const response = await fetch(name, { cache: "reload" });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  if (!(await isOwn(response, digest))) throw new Error(`${name} is of another build`);
  return [name, response];
}

// All files or none, past the browser's own cache: there, files of an older build may count as fresh. A build that
// follows another then waits: as long as a page of the older one is open, that page gets its own build's programs.
async function keepAll() {
  try {
    const files = await Promise.all(Object.entries(FILES).map(([name, digest]) => fetched(name, digest)));
    const cache = await caches.open(CACHE);
    await Promise.all(files.map(([name, response]) => cache.put(name, response)));
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
  const lazy = Object.keys(LAZY).find((name) => request.url.endsWith("/" + name));
  if (!lazy) return fetch(request);
  const response = await fetch(request, { cache: "no-cache" });
  if (!response.ok) return response;
  if (!(await isOwn(response, LAZY[lazy]))) return new Response(null, { status: 409, statusText: "of another build" });
  await cache.put(request, response.clone());
  return response;
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});
