import { readFileSync } from 'node:fs'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'

/** What each first view says, by the beginnings of the keys: texts of src/i18n and sentences
 *  of internal/words. The whole catalogues come with the program. A walk finds what is missing. */
const everywhere = ['brand', 'desk.title', 'directives.title', 'error.offline', 'frame.days_left', 'frame.more', 'frame.places', 'frame.set_', 'frame.skip', 'ledger.title', 'lamp.', 'meet.title', 'palette.short', 'people.title', 'settings.factor', 'settings.password', 'units.title', 'verify.title']
const said: Record<string, string[]> = {
  ledger: ['act.retry', 'bulk.all', 'bulk.choose', 'column.', 'correct.review_short', 'import.title', 'ledger.by_lamp', 'ledger.next', 'ledger.none', 'ledger.pages', 'ledger.range', 'ledger.total', 'list.few', 'party.several', 'status.'],
  desk: ['desk.', 'import.title', 'owe.', 'standin.acting', 'state.loading'],
  directives: ['act.correct', 'directive.coverage', 'directives.', 'import.', 'level.'],
}

/** A module of what a page says, by language. */
function textsOf(page: string): string {
  const wanted = (key: string) => [...everywhere, ...said[page]!].some((beginning) => key.startsWith(beginning))
  const pack = (lang: string) => {
    const lines = readFileSync(`src/i18n/${lang}.ts`, 'utf8').split('\n') // a text a line
    const texts = lines.filter((line) => wanted(/^ {2}'([^']+)':/.exec(line)?.[1] ?? '')).join('\n')
    const sentences = ['lamp', 'owe'].flatMap((file) => Object.entries(JSON.parse(readFileSync(`../internal/words/${lang}/${file}.json`, 'utf8')) as Record<string, string>))
    return `{ lang: '${lang}', texts: {\n${texts}\n}, sentences: ${JSON.stringify(Object.fromEntries(sentences.filter(([key]) => wanted(key))))} }`
  }
  return `export default { zh: ${pack('zh')}, en: ${pack('en')} }`
}

/** What no first view shows, asks or needs. */
const absent = /^(devalue|openapi-fetch)$|\/(BulkDialog|RegisterDialog|Groups)\.svelte$/

const firstView: Plugin = {
  name: 'first-view',
  enforce: 'pre',
  resolveId: (id) => (absent.test(id) ? '\0absent' : id.startsWith('said:') ? '\0' + id : undefined),
  load(id) {
    if (id === '\0absent') return 'export default () => ({ GET: () => new Promise(() => {}) }); export const uneval = () => ""'
    return id.startsWith('\0said:') ? textsOf(id.slice(6)) : undefined
  },
  resolveDynamicImport: (id) => ({ id: String(id), external: true }), // what comes later is never asked for there
  generateBundle(_, files) {
    for (const name of Object.keys(files)) if (name.endsWith('.css')) delete files[name] // the program's own are linked
  },
}

// First views: components written as text (src/first), in files of their own.
export default defineConfig({
  plugins: [firstView, svelte()],
  build: {
    ssr: true,
    target: 'chrome100',
    minify: true,
    copyPublicDir: false,
    emptyOutDir: false,
    manifest: '.vite/first.json',
    reportCompressedSize: false,
    rolldownOptions: {
      input: ['src/first/ledger.ts', 'src/first/desk.ts', 'src/first/directives.ts'],
      output: {
        entryFileNames: 'assets/first-[name]-[hash].js',
        chunkFileNames: 'assets/first-[hash].js',
        codeSplitting: { groups: [{ name: 'first', test: /node_modules|src\/(api|app|i18n|ui|first\/write)/ }] },
        postBanner: '//# allFunctionsCalledOnLoad', // compiled while it comes, not at the first call of each
      },
    },
  },
  ssr: { noExternal: true },
})
