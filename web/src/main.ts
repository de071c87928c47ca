import { mount } from 'svelte'
import App from './app/App.svelte'
import { fetchMe } from './app/queries'
import { match } from './app/routes'
import { watchNetwork } from './api/me.svelte'
import { firstLang, speak } from './i18n/index.svelte'
import { startRouter } from './ui/router.svelte'
import './ui/tokens.css'
import './ui/base.css'

startRouter()
watchNetwork()
// Who is signed in, the page's code and the language come at the same time, not one after the other.
const me = fetchMe()
me.catch(() => {})
match(location.pathname)?.route.page().catch(() => {})
void speak(firstLang()).then(() => mount(App, { target: document.getElementById('app')!, props: { me } }))
