import { hydrate, mount, type Component } from 'svelte'
import App from './app/App.svelte'
import { match, type PageProps } from './app/routes'
import { watchNetwork } from './api/me.svelte'
import { firstLang, follow, speak } from './i18n/index.svelte'
import { startRouter } from './ui/router.svelte'
import { afterPaint } from './ui/screen.svelte'
import './ui/tokens.css'
import './ui/base.css'

startRouter()
watchNetwork()
const target = document.getElementById('app')!
const written = target.hasChildNodes() // by first.ts
// The page's code and the language come at the same time, and are then laid out at once.
const code = match(location.pathname)?.route.page().then((m) => m.default as Component<PageProps>, () => undefined)
const painted = written && !document.hidden && new Promise<void>(afterPaint)
void Promise.all([code, speak(firstLang()), painted]).then(([page]) => {
  ;(written ? hydrate : mount)(App, { target, props: { page } })
  afterPaint(() => void follow())
})
