/** A value on a day, as the wire writes it. */
export interface Point { day: string; value: number }

/** A place in the drawing. */
export interface Spot { x: number; y: number }

/** What a course chart is drawn from. */
export interface CourseData { line: Point[]; held: Point[]; step: boolean; low?: number; high?: number; on: string }

/** The drawing: paths and marks in a box of width × height. */
export interface Drawing { plan: string; actual: string; spots: Spot[]; today: number; band?: [number, number]; ticks: { y: number; value: number }[]; from: string; to: string }

const dayNumber = (iso: string) => Date.parse(iso + 'T00:00:00Z') / 86_400_000

/** Draws planned against actual. Days and values that are all the same get room of their own. */
export function draw(data: CourseData, width: number, height: number): Drawing {
  const days = [...data.line, ...data.held].map((p) => p.day)
  if (data.on) days.push(data.on)
  days.sort()
  const from = days[0] ?? '', to = days[days.length - 1] ?? ''
  const values = [...data.line, ...data.held].map((p) => p.value)
  if (data.low !== undefined) values.push(data.low)
  if (data.high !== undefined) values.push(data.high)
  let low = Math.min(...values, Infinity), high = Math.max(...values, -Infinity)
  if (!Number.isFinite(low)) low = high = 0
  if (low === high) { low -= 1; high += 1 }
  const first = dayNumber(from), span = Math.max(1, dayNumber(to) - first)
  const spot = (p: Point): Spot => ({ x: ((dayNumber(p.day) - first) / span) * width, y: height - ((p.value - low) / (high - low)) * height })
  const y = (value: number) => spot({ day: from, value }).y
  return {
    plan: path(data.line.map(spot), data.step), actual: path(data.held.map(spot), false), spots: data.held.map(spot),
    today: spot({ day: data.on || to, value: low }).x, from, to,
    band: data.low !== undefined && data.high !== undefined ? [y(data.high), y(data.low)] : undefined,
    ticks: [{ y: y(high), value: high }, { y: y(low), value: low }],
  }
}

/** A line through spots, by steps where a value holds until the next. */
export function path(spots: Spot[], step: boolean): string {
  const n = (x: number) => String(Math.round(x * 10) / 10)
  return spots.map((s, i) => (i === 0 ? `M${n(s.x)} ${n(s.y)}` : step ? `H${n(s.x)}V${n(s.y)}` : `L${n(s.x)} ${n(s.y)}`)).join('')
}

/** Rows of the table behind the chart: every day on which something is planned or known. */
export function tableOf(data: CourseData): { day: string; plan?: number; actual?: number }[] {
  const rows = new Map<string, { day: string; plan?: number; actual?: number }>()
  const row = (day: string) => rows.get(day) ?? rows.set(day, { day }).get(day)!
  for (const p of data.line) row(p.day).plan = p.value
  for (const p of data.held) row(p.day).actual = p.value
  return [...rows.values()].sort((a, b) => a.day.localeCompare(b.day))
}
