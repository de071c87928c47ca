/** One line of a form of figures: a measure and what is known of it. */
export interface Figure { measure: number; name: string; unit: string; last?: number; lastDay?: string; value: string; asOf: string; note: string }

/** A figure to send. */
export interface NewFigure { measure: number; value: number; as_of: string; note?: string }

interface MeasureLike { id: number; name: string; unit: string; held: { day: string; value: number }[] }

/** The form's lines, filled in with the last values; nothing is sent for a line left as it is. */
export function prefill(measures: MeasureLike[], today: string): Figure[] {
  return measures.map((m) => {
    const last = m.held[m.held.length - 1]
    return { measure: m.id, name: m.name, unit: m.unit, last: last?.value, lastDay: last?.day, value: last ? String(last.value) : '', asOf: today, note: '' }
  })
}

/** A number as people type it, thousands marked or not; NaN for what is none. */
export function typed(text: string): number {
  const plain = text.trim().replace(/[,，\s]/g, '')
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN
}

/** Whether a line says something new: another value, or the same said again by a note. */
export function said(f: Figure): boolean {
  return f.value.trim() !== '' && (typed(f.value) !== f.last || f.note.trim() !== '')
}

/** What is to be sent, and the measures whose line is no number. */
export function toSend(lines: Figure[]): { figures: NewFigure[]; bad: number[] } {
  const figures: NewFigure[] = [], bad: number[] = []
  for (const f of lines) {
    if (!said(f)) continue
    const value = typed(f.value)
    if (Number.isNaN(value) || !f.asOf) bad.push(f.measure)
    else figures.push({ measure: f.measure, value, as_of: f.asOf, ...(f.note.trim() ? { note: f.note.trim() } : {}) })
  }
  return { figures, bad }
}
