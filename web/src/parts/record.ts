import type { ItemKind } from '../api/types'

/** The kinds of lines on a meeting's record, in the order screens show them and keys choose them (Alt+1 … Alt+6). */
export const itemKinds: ItemKind[] = ['decision', 'instruction', 'commitment', 'commendation', 'principle', 'note']

/** Whether somebody has to act on such a line: then it names units and a day (Go: ItemKind.Acts). */
export const acts = (kind: ItemKind | '') => kind === 'decision' || kind === 'instruction' || kind === 'commitment'
