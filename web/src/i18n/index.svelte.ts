import { areas, type Area } from './areas'
import type { Key } from './zh'

/** The languages of the screens. */
export type Lang = 'zh' | 'en'

/** Values filled into a sentence by name. */
export type Args = Record<string, string | number>

/** One language's texts: the screens' own that every page may say, and the sentences of internal/words. */
export interface Pack {
  lang: Lang
  texts: Record<string, string>
  sentences: Record<string, string>
}

let pack = $state.raw<Pack>()
let more = $state.raw<Record<string, string>>({}) // sentences that follow the first frame
let brought = $state.raw<Record<Lang, Record<string, string>>>({ zh: {}, en: {} }) // what only some pages say
let following = false
let spoken: Lang | undefined // the language asked for last
const wanted = new Set<Area>()

const packs: Record<Lang, () => Promise<{ default: Pack }>> = {
  zh: () => import('./zh.pack'),
  en: () => import('./en.pack'),
}

const mores: Record<Lang, () => Promise<{ default: Record<string, string> }>> = {
  zh: () => import('./zh.more'),
  en: () => import('./en.more'),
}

/** The language to start with: the last one chosen here, else the browser's. */
export function firstLang(): Lang {
  const kept = /(?:^|; )docket_lang=(zh|en)(?:;|$)/.exec(document.cookie)?.[1]
  if (kept) return kept as Lang
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** Loads a language (only that one) and shows everything in it. */
export async function speak(lang: Lang): Promise<void> {
  spoken = lang
  const [next] = await Promise.all([packs[lang](), ...[...wanted].map((area) => fetchArea(area, lang))])
  if (spoken !== lang) return // another was asked for meanwhile
  show(next.default)
  if (following) void follow()
  document.cookie = `docket_lang=${lang}; path=/; max-age=31536000; samesite=lax` // the server sends this language along
}

async function fetchArea(area: Area, lang: Lang): Promise<void> {
  const { default: texts } = await areas[area][lang]()
  brought = { ...brought, [lang]: { ...brought[lang], ...texts } }
}

/** Brings what only one feature says; its page waits for it as for its code. */
export async function bring(area: Area | undefined): Promise<void> {
  if (!area) return
  wanted.add(area)
  await fetchArea(area, spoken ?? firstLang())
}

/** Shows everything in a language that is there. */
export function show(next: Pack): void {
  pack = next
  more = {}
  document.documentElement.lang = next.lang === 'zh' ? 'zh-CN' : 'en'
}

/** Loads the sentences that a page can stand without: what is said when something goes
 *  wrong later. Until then the server's English holds. */
export async function follow(): Promise<void> {
  following = true
  const asked = lang()
  const loaded = await mores[asked]().catch(() => undefined)
  if (loaded && lang() === asked) more = loaded.default
}

/** The language shown. */
export function lang(): Lang {
  return pack?.lang ?? 'zh'
}

/** The text of a key, with {name} filled in and {n|one|many} chosen by number. */
export function t(key: Key, args?: Args): string {
  return fill(own(key) ?? key, args)
}

const own = (key: string) => pack?.texts[key] ?? brought[lang()][key]
const sentence = (key: string) => pack?.sentences[key] ?? more[key]

/** The text of a key put together at run time, or the sentence the server says under it; the fallback when there is none. */
export function tk(key: string, fallback = key, args?: Args): string {
  const text = own(key) ?? sentence(key)
  return text === undefined ? fallback : fill(text, args)
}

/** The sentence of a key of internal/words, its days in the reader's writing; undefined when there is none. */
export function say(key: string, args?: Args): string | undefined {
  const s = sentence(key)
  if (s === undefined || !args) return s
  const shown = Object.entries(args).map(([k, v]) => [k, typeof v === 'string' && /^\d{4}-\d\d-\d\d$/.test(v) ? day(v) : v])
  return fill(s, Object.fromEntries(shown))
}

/** Fills {name} and {name|one|many}; a name without a value stays visible. */
export function fill(text: string, args?: Args): string {
  if (!args) return text
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = args[name]
    if (value === undefined) return whole
    if (one !== undefined && many !== undefined) return Number(value) === 1 ? one : many
    return typeof value === 'number' ? number(value) : value
  })
}

/** The browser's formatters are dear to make (a first one costs a slow machine
 *  a tenth of a second): each is made when first needed, and once. */
const formatters = new Map<string, Intl.DateTimeFormat>()
let grouped: Intl.NumberFormat | undefined

const locale = () => (lang() === 'zh' ? 'zh-CN' : 'en-GB')

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options)
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale(), options)
  formatters.set(key, made)
  return made
}

/** A number in the reader's writing; both languages group digits alike. */
export function number(n: number): string {
  if (Number.isInteger(n) && Math.abs(n) < 1000) return String(n)
  return (grouped ??= new Intl.NumberFormat('en-GB')).format(n)
}

/** A day "2026-03-05" for tables: 2026-03-05 in Chinese, 5 Mar 2026 in English; "" stays "". */
export function day(iso: string | undefined): string {
  if (!iso) return ''
  if (lang() === 'zh') return iso.slice(0, 10)
  return format(iso, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** A day with its weekday, for headings. */
export function longDay(iso: string | undefined): string {
  if (!iso) return ''
  return format(iso, { day: 'numeric', month: 'long', year: 'numeric', weekday: 'short' })
}

/** A day written out, for papers. */
export function plainDay(iso: string | undefined): string {
  if (!iso) return ''
  return format(iso, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** Day and month only, for strips of days. */
export function shortDay(iso: string): string {
  return format(iso, { day: 'numeric', month: 'numeric' })
}

/** One letter or character for the weekday. */
export function weekday(iso: string): string {
  return format(iso, { weekday: 'narrow' })
}

function format(iso: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(iso.slice(0, 10) + 'T00:00:00Z')
  return formatter({ ...options, timeZone: 'UTC' }).format(date)
}

/** An instant in the reader's own time zone, to the minute. */
export function instant(iso: string | null | undefined): string {
  if (!iso || iso.startsWith('0001')) return ''
  return formatter({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
}

/** The day of an instant in the reader's own time zone, as day writes it. */
export function dayOf(iso: string): string {
  const at = new Date(iso)
  return day(new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString())
}

/** The time of day of an instant, in the reader's own time zone. */
export function clock(iso: string): string {
  return formatter({ hour: '2-digit', minute: '2-digit' }).format(new Date(iso))
}

/** A file's size. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Names joined as the language does it: 、 or commas. */
export function list(names: string[]): string {
  return names.join(lang() === 'zh' ? '、' : ', ')
}
