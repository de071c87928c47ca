import { describe, expect, it } from 'vitest'
import { asQuery, exportSearch, groupPatch, narrowed, parse, toggled, usual, viewPatch, asView } from './model'

const q = (s: string) => new URLSearchParams(s)

describe('the ledger’s address', () => {
  it('reads what it says and nothing more', () => {
    const f = parse(q('lamp=act,watch&unit=7&below=true&due_to=2026-12-31&sort=due&desc=true'))
    expect(asQuery(f)).toMatchObject({ lamp: ['act', 'watch'], unit: 7, below: true, due_to: '2026-12-31', sort: 'due', desc: true })
    expect(f.columns).toEqual(usual)
  })
  it('drops columns that do not exist', () => expect(parse(q('columns=no,secret,due')).columns).toEqual(['no', 'due']))
  it('calls sort and group no narrowing', () => {
    expect(narrowed(parse(q('sort=due&group=unit')))).toBe(false)
    expect(narrowed(parse(q('text=养老')))).toBe(true)
  })
  it('exports the filter without the page', () => {
    const s = new URLSearchParams(exportSearch(q('lamp=act&cursor=abc&page=3&matter=9'), ['no', 'due']))
    expect([s.get('lamp'), s.get('cursor'), s.get('matter'), s.get('columns')]).toEqual(['act', null, null, 'no,due'])
  })
})

describe('saved views', () => {
  it('come back as they were kept', () => {
    const f = parse(q('lamp=act&group=unit&columns=no,due'))
    const patch = viewPatch(asView(f, '急办'))
    const back = parse(q(Object.entries(patch).filter(([, v]) => v).map(([k, v]) => `${k}=${v}`).join('&')))
    expect(back).toEqual(f)
  })
  it('clear what the view does not say', () => expect(viewPatch({ query: {}, columns: [], group: '' })).toMatchObject({ unit: undefined, text: undefined, cursor: undefined }))
})

describe('filters', () => {
  it('toggle a lamp in and out', () => {
    expect(toggled(undefined, 'act')).toBe('act')
    expect(toggled(['act', 'watch'], 'act')).toBe('watch')
    expect(toggled(['act'], 'act')).toBeUndefined()
  })
  it('open a group as a filter', () => expect(groupPatch('unit', '12')).toMatchObject({ group: undefined, unit: '12' }))
})
