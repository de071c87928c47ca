import type { MatterPage } from '../../api/types'
import { day, t, tk } from '../../i18n/index.svelte'
import type { Act } from './model'

/** What the button of an act says. */
export function actWords(a: Act): string {
  switch (a.kind) {
    case 'look': return t(a.report.may.includes('approve') ? 'do.approve' : 'do.review', { unit: a.report.unit_name })
    case 'decide': return t('do.decide', { what: t(`request.${a.request.kind}`), unit: a.request.unit_name })
    case 'close': return t('do.close')
    case 'write': return t(a.begun ? 'do.go_on' : 'do.write', { unit: a.unit.name })
    case 'check': return t(`do.check_${a.look}`)
    case 'ask': return t(`do.ask_${a.what as 'extension' | 'park' | 'stop'}`, { unit: a.unit.name })
    case 'instruct': return t('do.instruct')
    case 'urge': return t('do.urge')
    case 'move': return move(a)
  }
}

function move(a: Extract<Act, { kind: 'move' }>): string {
  const words = tk(`move.${a.verb}`, a.verb)
  if (a.of) return t('do.for', { act: words, unit: a.ofName })
  return a.unit ? t('do.for', { act: words, unit: a.unitName }) : words
}

/** Tells acts apart in a list. */
export function actKey(a: Act): string {
  switch (a.kind) {
    case 'look': return `look-${a.report.id}`
    case 'decide': return `decide-${a.request.id}`
    case 'close': return `close-${a.note.id}`
    case 'write': return `write-${a.unit.id}`
    case 'ask': return `ask-${a.what}-${a.unit.id}`
    case 'move': return `${a.verb}-${a.unit}-${a.of}`
    default: return a.kind
  }
}

/** What has happened, in one sentence. */
export function didWords(a: Act, page: MatterPage): string {
  const no = page.matter.no
  switch (a.kind) {
    case 'move': return tk(`did.${a.verb}`, t('did.done', { no }), { no, unit: a.of ? a.ofName : a.unitName, due: day(page.matter.due) })
    case 'ask': return t('did.ask', { no })
    case 'decide': return t('did.decide', { unit: a.request.unit_name })
    case 'close': return t('did.close', { no: a.note.no })
    case 'instruct': return t('did.instruct', { no })
    case 'urge': return t('did.urge', { slip: page.urges.at(-1)?.slip ?? '' })
    case 'check': return t('did.check', { no })
    default: return t('did.done', { no })
  }
}
