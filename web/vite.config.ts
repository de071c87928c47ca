import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { texts } from './texts.ts'

// Where `npm run dev` finds a running `docket serve`.
const server = process.env.DOCKET_SERVER ?? 'http://127.0.0.1:8080'

const shared = /src\/(ui\/(?!UnitTree|History|changes)|api\/|app\/(App|Frame|places|queries|routes|theme|Thumb)|i18n\/(index|areas))|node_modules\/(?!qrcode|@noble)/

export default defineConfig({
  plugins: [texts, svelte()],
  resolve: process.env.VITEST ? { conditions: ['browser'] } : undefined,
  build: {
    target: 'chrome100', // public bodies are not on the newest
    cssTarget: 'chrome100',
    assetsInlineLimit: 0, // the content policy allows no data: addresses
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    manifest: true,
    reportCompressedSize: false,
    // One file for the frame and the parts all pages share: on a slow line each small file waits its turn.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'ui', test: shared }] } } },
  },
  server: {
    proxy: { '/api': server },
    fs: { allow: ['..'] }, // the sentences of internal/words
  },
  test: { include: ['src/**/*.test.ts'] },
})
