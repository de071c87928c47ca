import type { Pack } from './index.svelte'
import { en } from './en'

const files = import.meta.glob<Record<string, string>>('../../../internal/words/en/*.json', { eager: true, import: 'default' })

const pack: Pack = { lang: 'en', texts: en, sentences: Object.assign({}, ...Object.values(files)) }

export default pack
