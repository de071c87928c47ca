import type { Pack } from './index.svelte'
import { zh } from './zh'

const files = import.meta.glob<Record<string, string>>('../../../internal/words/zh/*.json', { eager: true, import: 'default' })

const pack: Pack = { lang: 'zh', texts: zh, sentences: Object.assign({}, ...Object.values(files)) }

export default pack
