import type { Verb } from './queries'

/** Every verb, as the law lists them; a new one that is missing here does not compile. */
const known: Record<Verb, true> = {
  import: true, edit: true, add: true, match_name: true, discard: true, adopt: true, register: true, assign: true, acknowledge: true,
  dispute: true, confirm: true, reassign: true, lapse: true, plan: true, deliver: true, waive: true, claim: true, return: true, verify: true,
  refute: true, strike_off: true, archive: true, reopen: true, park: true, resume: true, stop: true, restart: true, chase: true, extend: true,
  file: true, approve: true, accept: true, withdraw: true, ask: true, decide: true, instruct: true, close: true, look_back: true, open_round: true, convene: true, room: true, record: true, strike: true, keep: true, freeze: true, state: true, slips: true, minutes: true, issue: true,
  draw: true, rename: true, move: true, merge: true, split: true, end: true, import_units: true, sign_in: true, sign_out: true, link: true,
  password: true, set_measures: true, observe: true, set_lamps: true, set_calendar: true, recount: true, offer_evidence: true, remove_evidence: true, edit_evidence: true,
  urge: true, set_telling: true, remind: true, stand_in: true, factor: true, token: true, sign_in_rules: true, sync: true,
}

export const verbs = Object.keys(known) as Verb[]
