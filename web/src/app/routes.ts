import type { Component } from 'svelte'
import type { Area } from '../i18n/areas'
import { bring } from '../i18n/index.svelte'
import type { Key } from '../i18n/zh'

/** What every page is given: the parts of its address. */
export interface PageProps {
  params: Record<string, string>
}

/** A page: the pattern of its address, the code it loads, the name in its title. */
export interface Route {
  pattern: string
  title: Key
  page: () => Promise<{ default: Component<PageProps> | Component }>
  /** The feature's own texts, where it has some. */
  texts?: Area
  /** Other features whose words it shows. */
  also?: Area[]
  /** Reachable by who is not signed in. */
  open?: boolean
  /** Fills the screen, without the frame. */
  bare?: boolean
}

/** Every page, most particular first. */
export const routes: Route[] = [
  { pattern: '/', title: 'desk.title', page: () => import('../features/desk/Page.svelte') },
  { pattern: '/directives', title: 'directives.title', page: () => import('../features/directives/Page.svelte') },
  { pattern: '/import', title: 'import.title', page: () => import('../features/directives/ImportPage.svelte') },
  { pattern: '/directives/:id', title: 'directive.title', page: () => import('../features/directive/Page.svelte') },
  { pattern: '/directives/:id/correct', title: 'correct.title', page: () => import('../features/correct/Page.svelte'), texts: 'correct' },
  { pattern: '/docket', title: 'ledger.title', page: () => import('../features/ledger/Page.svelte') },
  { pattern: '/matters/:id', title: 'matter.title', page: () => import('../features/matter/Page.svelte'), texts: 'matter' },
  { pattern: '/verify', title: 'verify.title', page: () => import('../features/verify/Page.svelte'), texts: 'verify' },
  { pattern: '/verify/:id', title: 'verify.title', page: () => import('../features/verify/Page.svelte'), texts: 'verify' },
  { pattern: '/rounds', title: 'rounds.title', page: () => import('../features/rounds/Page.svelte') },
  { pattern: '/journal', title: 'journal.title', page: () => import('../features/journal/Page.svelte'), also: ['matter', 'stocktakes', 'room'] },
  { pattern: '/units', title: 'units.title', page: () => import('../features/units/Page.svelte') },
  { pattern: '/units/:id', title: 'units.title', page: () => import('../features/units/Page.svelte') },
  { pattern: '/people', title: 'people.title', page: () => import('../features/people/Page.svelte') },
  { pattern: '/notices', title: 'notices.title', page: () => import('../features/notices/Page.svelte') },
  { pattern: '/sheets', title: 'sheets.title', page: () => import('../features/sheets/Page.svelte'), texts: 'sheets' },
  { pattern: '/sheets/:id', title: 'sheets.title', page: () => import('../features/sheets/OneSheet.svelte'), texts: 'sheets' },
  { pattern: '/stocktakes', title: 'meet.title', page: () => import('../features/stocktakes/Page.svelte'), texts: 'stocktakes' },
  { pattern: '/stocktakes/new', title: 'meet.plan', page: () => import('../features/stocktakes/Plan.svelte'), texts: 'stocktakes' },
  { pattern: '/stocktakes/keeping', title: 'keeping.title', page: () => import('../features/keeping/Page.svelte'), texts: 'keeping' },
  { pattern: '/stocktakes/:id', title: 'meet.meeting', page: () => import('../features/stocktakes/Meeting.svelte'), texts: 'stocktakes' },
  { pattern: '/stocktakes/:id/plan', title: 'meet.change_plan', page: () => import('../features/stocktakes/Plan.svelte'), texts: 'stocktakes' },
  { pattern: '/stocktakes/:id/statements/:unit', title: 'meet.statement', page: () => import('../features/stocktakes/Statement.svelte'), texts: 'stocktakes' },
  { pattern: '/stocktakes/:id/minutes', title: 'meet.minutes', page: () => import('../features/stocktakes/Minutes.svelte'), texts: 'stocktakes' },
  { pattern: '/settings/channels', title: 'channels.title', page: () => import('../features/channels/Page.svelte'), texts: 'channels' },
  { pattern: '/settings/sign-in', title: 'signon.title', page: () => import('../features/signon/Page.svelte'), texts: 'signon' },
  { pattern: '/settings', title: 'settings.title', page: () => import('../features/settings/Page.svelte'), texts: 'settings' },
  { pattern: '/stocktakes/:id/room', title: 'room.title', page: () => import('../features/room/Page.svelte'), texts: 'room', bare: true },
  { pattern: '/stocktakes/:id/screen', title: 'room.screen', page: () => import('../features/room/Screen.svelte'), texts: 'room', bare: true },
  { pattern: '/stocktakes/:id/packs/:no', title: 'pack.title', page: () => import('../features/room/PackPage.svelte'), texts: 'room' },
  { pattern: '/link/:token', title: 'link.title', page: () => import('../features/link/Page.svelte'), open: true },
]

/** A page's code, its texts with it. */
export async function load(route: Route): Promise<Component<PageProps>> {
  const [code] = await Promise.all([route.page(), bring(route.texts), ...(route.also ?? []).map(bring)])
  return code.default as Component<PageProps>
}

/** The page of an address with the parts of it the pattern names. */
export function match(path: string): { route: Route; params: Record<string, string> } | undefined {
  const parts = path.replace(/\/+$/, '').split('/')
  for (const route of routes) {
    const params = fit(route.pattern.replace(/\/+$/, '').split('/'), parts)
    if (params) return { route, params }
  }
  return undefined
}

function fit(pattern: string[], parts: string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [i, want] of pattern.entries()) {
    const got = parts[i] ?? ''
    if (want.startsWith(':')) params[want.slice(1)] = decodeURIComponent(got)
    else if (want !== got) return undefined
  }
  return params
}
