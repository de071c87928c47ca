import { tk } from '../i18n/index.svelte'

// Where the words of closed lists stand that fields of the journal hold: by the field,
// and for what belongs to a meeting by the act that changed it too.
const byField: Record<string, string[]> = {
  result: ['result'], effect: ['effect'], reason: ['reason'], urgency: ['urgency'], outcome: ['outcome'], pressed_for: ['owe'], rung: ['role'], role: ['role'], level: ['level'],
  report_status: ['report_at'], request_status: ['request_at'], kind: ['report_kind', 'request', 'check_kind'],
}
const byAct: Record<string, Record<string, string>> = {
  convene: { status: 'meet.status', kind: 'meet.kind' }, room: { status: 'meet.status' }, record: { kind: 'room.kind' },
  state: { status: 'meet.said' }, minutes: { status: 'meet.minutes' }, issue: { status: 'meet.minutes' },
}

/** The word people know for a value of a closed list; the value itself where none is known. */
export function listed(value: string, field: string, act: string): string {
  const of = byAct[act]?.[field]
  for (const list of of ? [of] : (byField[field] ?? ['status'])) {
    const said = tk(`${list}.${value}`, '')
    if (said) return said
  }
  return value
}
