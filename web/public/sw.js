// Keeps the screens' own files, so that an opened page works on the spot without
// a network. What the server says (/api/) is never kept here: the pages that need
// it keep it themselves, for one person.
const name = 'docket-screens'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (e) => e.waitUntil(self.clients.claim()))

// A page tells what it was made of, since it was loaded before this worker was.
self.addEventListener('message', (e) => {
  if (!Array.isArray(e.data?.keep)) return
  const own = e.data.keep.filter((url) => new URL(url).origin === location.origin && !new URL(url).pathname.startsWith('/api/'))
  e.waitUntil(keepOnly(own))
})

async function keepOnly(urls) {
  const cache = await caches.open(name)
  const paths = new Set(urls.map((url) => new URL(url).pathname))
  await Promise.all(urls.map(async (url) => ((await cache.match(url, { ignoreVary: true })) && url.includes('/assets/')) || cache.add(url).catch(() => {})))
  // files of builds before this one
  for (const kept of await cache.keys()) {
    const path = new URL(kept.url).pathname
    if (path.startsWith('/assets/') && !paths.has(path) && paths.size > 3) await cache.delete(kept)
  }
}

self.addEventListener('fetch', (e) => {
  const url = new URL(e.request.url)
  if (e.request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api/')) return
  if (e.request.mode === 'navigate') e.respondWith(fetch(e.request).catch(async () => (await caches.match(location.origin + '/', { ignoreVary: true })) ?? Response.error()))
  else e.respondWith(caches.match(e.request, { ignoreVary: true }).then((kept) => (kept && url.pathname.startsWith('/assets/') ? kept : fetch(e.request).catch(() => kept ?? Response.error()))))
})
