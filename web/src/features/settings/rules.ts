import { t, tk } from '../../i18n/index.svelte'
import type { Rules } from '../../api/types'

/** The rules that are a length of time, in the order of a matter's life. */
export const terms = ['receipt', 'plan', 'approve', 'review', 'decide', 'verify', 'note', 'reply', 'reply_urgent', 'reply_top'] as const satisfies readonly (keyof Rules)[]

/** The rules that are a number, with what is possible. */
export const counts = [
  { name: 'part_before', min: 0, max: 60 },
  { name: 'level_earlier', min: 0, max: 20 },
  { name: 'max_evidence', min: 1, max: 50 },
  { name: 'to_head', min: 0, max: 60 },
  { name: 'to_office', min: 0, max: 60 },
  { name: 'to_leader', min: 0, max: 60 },
] as const satisfies readonly { name: keyof Rules; min: number; max: number }[]

/** A length of time in words: "2wd" is 2 working days; undefined for what is none. */
export function termWords(text: string): string | undefined {
  const s = text.trim().toLowerCase()
  if (s === 'eom' || s === 'eoq') return t(`rules.${s}`)
  const m = /^(\d{1,5})(h|d|wd|m)$/.exec(s)
  const n = Number(m?.[1])
  return m ? `${n} ${tk(`due.unit.${m[2]}`, m[2], { n })}` : undefined
}

/** Months typed as "3, 6, 12"; undefined for anything else. */
export function months(text: string): number[] | undefined {
  return numbers(text, 1)
}

/** Working days ahead, typed as "7, 3, 1, 0"; undefined for anything else. */
export function daysAhead(text: string): number[] | undefined {
  return numbers(text, 0)
}

function numbers(text: string, least: number): number[] | undefined {
  const out = text.split(/[,，、\s]+/).filter(Boolean).map(Number)
  return out.every((n) => Number.isInteger(n) && n >= least && n <= 60) && out.length <= 6 ? out : undefined
}
