/** What the reader chose: the system's theme, light or dark. */
export type Theme = 'auto' | 'light' | 'dark'

const kept = localStorage.getItem('docket.theme')
let now = $state<Theme>(kept === 'light' || kept === 'dark' ? kept : 'auto')

export const theme = {
  get now() {
    return now
  },
}

/** Shows and keeps a theme; index.html applies it before the next first paint. */
export function setTheme(next: Theme): void {
  now = next
  if (next === 'auto') {
    localStorage.removeItem('docket.theme')
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem('docket.theme', next)
    document.documentElement.dataset.theme = next
  }
}
