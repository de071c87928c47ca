import type { Pack } from './index.svelte'
import texts from './en.ts?area=base&texts'

// Of the sentences shared with the server, those that pages show as they open, refusals among them.
const files = import.meta.glob<Record<string, string>>('../../../internal/words/en/{lamp,owe,verb,why,finding,measure,notice,error,refuse,store}.json', { eager: true, import: 'default' })

const pack: Pack = { lang: 'en', texts, sentences: Object.assign({}, ...Object.values(files)) }

export default pack
