import { readdirSync, readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** What only one feature says, by the beginnings of the keys: cut out of the catalogues
 *  (src/i18n/zh.ts and en.ts, a text a line) and loaded with the feature of that name. */
export const areas: Record<string, string[]> = {
  channels: ['channels.'],
  correct: ['adopt.', 'correct.', 'doubt.', 'name.', 'tint.'],
  keeping: ['keeping.'],
  matter: ['check.', 'check_kind.', 'check_why.', 'commitment.', 'did.', 'do.', 'draft.', 'effect.', 'effect_why.', 'matter.', 'move.', 'move_do.', 'move_why.', 'move_words.', 'note.', 'note_at.', 'outcome.', 'owed.', 'plan.', 'reason.', 'report.', 'report_at.', 'report_kind.', 'request.', 'request_at.', 'request_by.', 'request_why.', 'result.', 'urgency.'],
  room: ['pack.', 'room.'],
  settings: ['act_name.', 'feed.', 'lamps.', 'rules.', 'settings.', 'telling.', 'worktime.'],
  sheets: ['sheets.'],
  signon: ['signon.'],
  stocktakes: ['meet.'],
  verify: ['verify.'],
}

const keyOf = (line: string) => /^ {2}'([^']+)': /.exec(line)?.[1] ?? ''
const begins = (key: string, area: string) => areas[area]!.some((start) => key.startsWith(start))

/** What the sources outside a feature hold, by file. */
function outside(area: string): [file: string, text: string][] {
  const all = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((f) => `src/${f}`)
  const wanted = all.filter((f) => /\.(ts|svelte)$/.test(f) && !f.startsWith(`src/features/${area}/`) && !/^src\/(i18n|api\/schema)|\.test\.ts$/.test(f))
  return wanted.map((f) => [f, readFileSync(f, 'utf8')])
}

/** Which area a key belongs to. What is said outside its feature too belongs to none: every page has it. */
export function cut(keys: string[]): Map<string, string> {
  const of = new Map<string, string>()
  for (const area of Object.keys(areas)) {
    const elsewhere = outside(area).map(([, text]) => text).join('\n')
    for (const key of keys) if (begins(key, area) && !elsewhere.includes(`'${key}'`)) of.set(key, area)
  }
  return of
}

/** Where keys of an area are put together at run time outside its feature: nowhere, or they would be missing there. */
export function strays(): string[] {
  return Object.keys(areas).flatMap((area) => outside(area).flatMap(([file, text]) => areas[area]!.filter((start) => text.includes('`' + start)).map((start) => `${file}: ${start} belongs to ${area}`)))
}

let known: Map<string, string> | undefined

/** Gives `zh.ts?area=NAME&texts` the texts of that area; those of `base` belong to every page. */
export const texts: Plugin = {
  name: 'texts',
  enforce: 'pre',
  buildStart: () => void (known = undefined),
  load(id) {
    const [, lang, area] = /\/i18n\/(zh|en)\.ts\?area=(\w+)&texts$/.exec(id) ?? []
    if (!lang) return
    const file = `src/i18n/${lang}.ts`
    this.addWatchFile(file)
    const lines = readFileSync(file, 'utf8').split('\n').filter(keyOf)
    const of = (known ??= cut(lines.map(keyOf)))
    return `export default {\n${lines.filter((line) => (of.get(keyOf(line)) ?? 'base') === area).join('\n')}\n}`
  },
}
