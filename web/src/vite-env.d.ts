/// <reference types="vite/client" />

/** What a page's first view says (vite.first.config.ts). */
declare module 'said:*' {
  const said: Record<import('./i18n/index.svelte').Lang, import('./i18n/index.svelte').Pack>
  export default said
}

/** Texts cut out of a catalogue (texts.ts). */
declare module '*&texts' {
  const texts: Record<string, string>
  export default texts
}
