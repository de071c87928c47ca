import { flushSync, hydrate, mount } from 'svelte'
import App from './app/App.svelte'
import { fetchMe } from './app/queries'
import { load, match } from './app/routes'
import { watchNetwork } from './api/me.svelte'
import { firstLang, follow, speak } from './i18n/index.svelte'
import { pressAgain } from './ui/pressed'
import { startRouter } from './ui/router.svelte'
import { afterPaint } from './ui/screen.svelte'
import './ui/tokens.css'
import './ui/base.css'

startRouter()
watchNetwork()
const target = document.getElementById('app')!
const written = target.hasChildNodes() // by src/first
// Who is signed in, the page's code and the language come at the same time, and are then laid
// out at once.
const me = fetchMe()
const found = match(location.pathname)
const code = found && load(found.route).catch(() => undefined)
const painted = written && !document.hidden && new Promise<void>(afterPaint)
void Promise.all([code, speak(firstLang()), painted, Promise.resolve(me).catch(() => {})]).then(([page]) => {
  ;(written ? hydrate : mount)(App, { target, props: { me, page } })
  flushSync() // whoever listens to keys listens now
  pressAgain()
  afterPaint(() => void follow())
})
