/** What the unit parts need to know of a unit. */
export interface UnitLike {
  id: number
  name: string
  parent: number
  code: string
  aliases: string[] | null
  ended: boolean
  ord?: number
}

/** The units that answer to the words: by name, then alias, then code; standing ones first. */
export function matchUnits<U extends UnitLike>(units: U[], words: string, limit: number): U[] {
  const w = words.trim().toLowerCase()
  if (!w) return units.filter((u) => !u.ended).slice(0, limit)
  const scored: { u: U; score: number }[] = []
  for (const u of units) {
    const score = scoreUnit(u, w)
    if (score > 0) scored.push({ u, score: u.ended ? score - 10 : score })
  }
  scored.sort((a, b) => b.score - a.score || a.u.name.length - b.u.name.length)
  return scored.slice(0, limit).map((s) => s.u)
}

function scoreUnit(u: UnitLike, w: string): number {
  const name = u.name.toLowerCase()
  if (name === w) return 100
  if (name.startsWith(w)) return 80
  if (name.includes(w)) return 60
  if (u.aliases?.some((a) => a.toLowerCase().includes(w))) return 50
  if (u.code.toLowerCase().startsWith(w)) return 40
  return letters(name, w) ? 20 : 0
}

/** All of w's characters in order: 市住建局 finds 市住房城乡建设局. */
function letters(name: string, w: string): boolean {
  let at = 0
  for (const ch of name) if (ch === w[at]) at++
  return w.length > 2 && at === w.length
}

/** The names from the top down to a unit's parent. */
export function pathOf(byID: Map<number, UnitLike>, id: number): string[] {
  const names: string[] = []
  const seen = new Set<number>()
  for (let at = byID.get(id)?.parent ?? 0; at && !seen.has(at); at = byID.get(at)?.parent ?? 0) {
    seen.add(at)
    const u = byID.get(at)
    if (u) names.unshift(u.name)
  }
  return names
}

/** Children by parent, in the units' own order; a unit whose parent is not listed stands at the top. */
export function childrenOf<U extends UnitLike>(units: U[]): Map<number, U[]> {
  const ids = new Set(units.map((u) => u.id))
  const kids = new Map<number, U[]>()
  for (const u of units) {
    const parent = ids.has(u.parent) ? u.parent : 0
    const row = kids.get(parent)
    if (row) row.push(u)
    else kids.set(parent, [u])
  }
  for (const row of kids.values()) row.sort((a, b) => (a.ord ?? 0) - (b.ord ?? 0) || a.id - b.id)
  return kids
}
