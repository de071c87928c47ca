import { mount, type Component } from 'svelte'
import App from './app/App.svelte'
import { fetchMe } from './app/queries'
import { match, type PageProps } from './app/routes'
import { askEarly } from './api/client'
import { watchNetwork } from './api/me.svelte'
import { firstLang, follow, speak } from './i18n/index.svelte'
import { startRouter } from './ui/router.svelte'
import { afterPaint } from './ui/screen.svelte'
import './ui/tokens.css'
import './ui/base.css'

startRouter()
watchNetwork()
// Who is signed in, the page's code, its first answers and the language come at the same
// time, and are then laid out at once. A slow answer is not waited for.
const early = Promise.race([askEarly(), new Promise((late) => setTimeout(late, 300))])
const me = fetchMe()
const code = match(location.pathname)?.route.page().then((m) => m.default as Component<PageProps>, () => undefined)
void Promise.all([code, speak(firstLang()), early, me.catch(() => {})]).then(([page]) => {
  mount(App, { target: document.getElementById('app')!, props: { me, page } })
  afterPaint(() => void follow())
})
