// Prints what the first page costs compressed: the entry, everything it imports
// at once, its styles, the larger of the two languages with the feature's own texts,
// and what writes its first view where it has one. The limit is 120 KB.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const limit = 120 * 1024
const read = (name) => JSON.parse(readFileSync('dist/.vite/' + name, 'utf8'))
const manifest = read('manifest.json')
const views = read('first.json')
const packed = (file) => gzipSync(readFileSync('dist/' + file), { level: 9 }).length

/** All files a chunk needs before it can run. */
function needs(key, seen = new Set(), from = manifest) {
  const chunk = from[key]
  if (!chunk || seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const css of chunk.css ?? []) seen.add(css)
  for (const next of chunk.imports ?? []) needs(next, seen, from)
  return seen
}

/** The scripts that write a page's first view; its styles are the page's. */
function viewOf(page) {
  const key = page.replace('features', 'first').replace('/Page.svelte', '.ts')
  return [...needs(key, new Set(), views)].filter((file) => file.endsWith('.js'))
}

const sum = (files) => [...files].reduce((n, f) => n + packed(f), 0)
const kb = (n) => (n / 1024).toFixed(1).padStart(7) + ' KB'
const entry = needs('index.html')
const languages = Object.keys(manifest).filter((k) => /i18n\/(zh|en)\.pack\.ts$/.test(k))
const words = Math.max(...languages.map((k) => sum([...needs(k)].filter((f) => !entry.has(f)))))
/** What a page's feature alone says, in the larger language. */
function textsOf(page) {
  const area = page.split('/').at(-2)
  return Math.max(...['zh', 'en'].map((lang) => sum(needs(`src/i18n/${lang}.ts?area=${area}&texts`))))
}
const pages = Object.keys(manifest).filter((k) => /features\/.*Page\.svelte$/.test(k))

let worst = 0
console.log(`frame ${kb(sum(entry))}   language ${kb(words)}   (gzip)`)
for (const page of pages.sort()) {
  const view = sum(viewOf(page))
  const total = sum(new Set([...entry, ...needs(page)])) + words + textsOf(page) + view
  worst = Math.max(worst, total)
  console.log(`${page.replace('src/features/', '').padEnd(34)} first page ${kb(total)}${view ? `   its first view ${kb(view)}` : ''}`)
}
if (worst > limit) {
  console.error(`first page over ${limit / 1024} KB`)
  process.exit(1)
}
