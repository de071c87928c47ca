// Two hands in one text: what only one of them changed is taken from that one.

/** What became of two hands' changes; clash where both changed the same. */
export interface Merged<T> {
  value: T
  clash: boolean
}

/** Two hands in a record of fields, field by field; mine where both changed one. */
export function mergeFlat<T extends object>(base: T, mine: T, theirs: T): Merged<T> {
  const value = { ...theirs }
  let clash = false
  for (const key of Object.keys(mine) as (keyof T)[]) {
    if (alike(mine[key], base[key])) continue
    if (!alike(theirs[key], base[key]) && !alike(theirs[key], mine[key])) clash = true
    value[key] = mine[key]
  }
  return { value, clash }
}

/** Two hands in what is only taken whole: mine, asked where theirs is new too. */
export function mergeWhole<T>(base: T, mine: T, theirs: T): Merged<T> {
  if (alike(mine, base)) return { value: theirs, clash: false }
  return { value: mine, clash: !alike(theirs, base) && !alike(theirs, mine) }
}

/** Whether two values of plain data are the same; the order of fields is none of it. */
export const alike = (a: unknown, b: unknown) => JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder)

function inOrder(_: string, v: unknown): unknown {
  if (!v || typeof v !== 'object' || Array.isArray(v)) return v
  return Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whether kept data have the fields of a pattern, each of its kind: an older program may have kept them. */
export function fits<T extends object>(kept: unknown, pattern: T): kept is T {
  if (!kept || typeof kept !== 'object') return false
  return Object.entries(pattern).every(([key, want]) => {
    const got = (kept as Record<string, unknown>)[key]
    return typeof got === typeof want && Array.isArray(got) === Array.isArray(want)
  })
}
