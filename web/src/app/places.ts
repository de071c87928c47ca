import { session } from '../api/me.svelte'
import type { Key } from '../i18n/zh'
import type { IconName } from '../ui/Icon.svelte'

/** A main page: where it is, its name, and its keys. */
export interface Place {
  href: string
  key: Key
  icon: IconName
  hint?: string
}

/** The main pages the reader's posts open, in the rail's order. */
export function places(): Place[] {
  const all: (Place & { show?: boolean })[] = [
    { href: '/', key: 'desk.title', icon: 'desk', hint: 'g d' },
    { href: '/directives', key: 'directives.title', icon: 'directive', hint: 'g i', show: session.may('read') },
    { href: '/docket', key: 'ledger.title', icon: 'docket', hint: 'g l', show: session.may('read') },
    { href: '/stocktakes', key: 'meet.title', icon: 'meeting', hint: 'g s', show: session.may('read') },
    { href: '/verify', key: 'verify.title', icon: 'check', show: session.may('verify') },
    { href: '/rounds', key: 'rounds.title', icon: 'clock', show: session.may('read') },
    { href: '/units', key: 'units.title', icon: 'units', hint: 'g u' },
    { href: '/journal', key: 'journal.title', icon: 'eye', show: session.may('read_journal') },
    { href: '/people', key: 'people.title', icon: 'people', show: session.may('manage_people') || session.may('read_people') },
    { href: '/settings', key: 'settings.title', icon: 'settings' },
  ]
  return all.filter((p) => p.show !== false)
}
