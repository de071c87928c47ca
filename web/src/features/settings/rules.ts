import { t, tk } from '../../i18n/index.svelte'
import type { Rules } from '../../api/types'

/** The rules that are a length of time, in the order of a matter's life. */
export const terms = ['receipt', 'plan', 'approve', 'review', 'decide', 'verify', 'note', 'reply', 'reply_urgent', 'reply_top'] as const satisfies readonly (keyof Rules)[]

/** The rules that are a number, with what is possible. */
export const counts = [
  { name: 'part_before', min: 0, max: 60 },
  { name: 'level_earlier', min: 0, max: 20 },
  { name: 'max_evidence', min: 1, max: 50 },
] as const satisfies readonly { name: keyof Rules; min: number; max: number }[]

/** A length of time in words: "2wd" is 2 working days; undefined for what is none. */
export function termWords(text: string): string | undefined {
  const s = text.trim().toLowerCase()
  if (s === 'eom' || s === 'eoq') return t(`rules.${s}`)
  const m = /^(\d{1,5})(h|d|wd|m)$/.exec(s)
  return m ? `${Number(m[1])} ${tk(`due.unit.${m[2]}`, m[2])}` : undefined
}

/** Months typed as "3, 6, 12"; undefined for anything else. */
export function months(text: string): number[] | undefined {
  const parts = text.split(/[,，、\s]+/).filter(Boolean)
  const out = parts.map(Number)
  return out.every((n) => Number.isInteger(n) && n >= 1 && n <= 60) && out.length <= 6 ? out : undefined
}
