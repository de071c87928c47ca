import { mount } from 'svelte'
import App from './app/App.svelte'
import { watchNetwork } from './api/me.svelte'
import { firstLang, speak } from './i18n/index.svelte'
import { startRouter } from './ui/router.svelte'
import './ui/tokens.css'
import './ui/base.css'

startRouter()
watchNetwork()
void speak(firstLang()).then(() => mount(App, { target: document.getElementById('app')! }))
