import { session } from '../../api/me.svelte'
import { toProblem } from '../../api/problem'
import { copiesBelow, drop, keep } from '../../parts/keep/copies'
import type { Typed } from './model'
import { fileReport } from './queries'

/** Files the reports of a matter that were to be filed while the server was away; how many went out. */
export async function sendWaiting(matter: number): Promise<number> {
  let sent = 0
  for (const { key, copy } of copiesBelow<Typed>(session.me?.person.id ?? 0, `report.${matter}`)) {
    const unit = Number(key.split('.').at(-2)) // docket.PERSON.report.MATTER.UNIT.TAB
    if (!copy.finish) continue
    try {
      await fileReport(matter, { unit, ...copy.typed, version: copy.version }, copy.finish)
      drop(key)
      sent++
    } catch (e) {
      if (toProblem(e).code !== 'offline') keep(key, { ...copy, finish: undefined }) // a person must look: the form shows it again
    }
  }
  return sent
}
