// Prints what the first page costs compressed: the entry, everything it imports
// at once, its styles, and the larger of the two languages. The limit is 120 KB.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const limit = 120 * 1024
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))
const packed = (file) => gzipSync(readFileSync('dist/' + file), { level: 9 }).length

/** All files a chunk needs before it can run. */
function needs(key, seen = new Set()) {
  const chunk = manifest[key]
  if (!chunk || seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const css of chunk.css ?? []) seen.add(css)
  for (const next of chunk.imports ?? []) needs(next, seen)
  return seen
}

const sum = (files) => [...files].reduce((n, f) => n + packed(f), 0)
const kb = (n) => (n / 1024).toFixed(1).padStart(7) + ' KB'
const entry = needs('index.html')
const languages = Object.keys(manifest).filter((k) => /i18n\/(zh|en)\.pack\.ts$/.test(k))
const words = Math.max(...languages.map((k) => sum([...needs(k)].filter((f) => !entry.has(f)))))
const pages = Object.keys(manifest).filter((k) => /features\/.*Page\.svelte$/.test(k))

let worst = 0
console.log(`frame ${kb(sum(entry))}   language ${kb(words)}   (gzip)`)
for (const page of pages.sort()) {
  const total = sum(new Set([...entry, ...needs(page)])) + words
  worst = Math.max(worst, total)
  console.log(`${page.replace('src/features/', '').padEnd(34)} first page ${kb(total)}`)
}
if (worst > limit) {
  console.error(`first page over ${limit / 1024} KB`)
  process.exit(1)
}
