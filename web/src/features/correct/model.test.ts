import { describe, expect, it } from 'vitest'
import type { Assignment, Clause, Matter } from '../../api/types'
import { Cutter, marksOf, pieces } from './marks'
import { applied, counts, idle, inverse, levelOf, openNames, shortPath, untaken, whole } from './model'

const from = (clause: number, start: number, end: number, origin: 'own' | 'inherited' | 'hand' = 'own') => ({ origin, clause, span: { start, end } })
const who = (role: Assignment['role'], name: string, unit = 0, part: Partial<Assignment> = {}): Assignment => ({ role, name, unit, unit_name: unit ? name : '', suggested: [], from: from(4, 0, 2), ...part })
const matter = (id: number, part: Partial<Matter> = {}): Matter => ({
  id, no: '', owner: 1, directive: 1, clause: 9, clause_ord: 4, ord: 0, span: { start: 0, end: 5 }, title: '', requirement: '新增学位', strength: '', duty: false,
  status: 'draft', result: '', aside: false, due: '2026-09-30', first_due: '', review_on: '', provisional: false, assignments: [], dues: [], measures: [], findings: [], version: 1,
  assess_on: '', was: 'draft', look_on: '', condition: '', round: 1, effect: '', milestones: [], ...part,
})

const clause = (ord: number, text: string): Clause => ({ id: ord, directive: 1, ord, parent: -1, kind: 'clause', part: 'body', label: '', path: '', text, page: 0, line: 0, matters: [], hidden: 0 })

describe('names to settle', () => {
  it('asks once for a name that stands in several rows and gathers its suggestions', () => {
    const rows = [
      matter(1, { assignments: [who('lead', '市教育局', 3), who('support', '各有关部门', 0, { vague: true })] }),
      matter(2, { assignments: [who('support', '各有关部门', 0, { vague: true, suggested: [{ id: 7, name: '市民政局' }] })] }),
      matter(3, { assignments: [who('lead', '市规划局')] }),
      matter(4, { aside: true, assignments: [who('lead', '市林业局')] }),
    ]
    expect(openNames(rows)).toEqual([
      { name: '各有关部门', vague: true, rows: 2, suggested: [{ id: 7, name: '市民政局' }] },
      { name: '市规划局', vague: false, rows: 1, suggested: [] },
    ])
  })
  it('needs no unit for a leader, who is a person', () => expect(openNames([matter(1, { assignments: [who('leader', '某副市长')] })])).toEqual([]))
})

describe('undo', () => {
  it('puts back exactly the fields a patch names', () => {
    const m = matter(1, { due: '2026-09-30', assignments: [who('lead', '市教育局', 3)] })
    expect(inverse(m, { due: '2026-10-31', assignments: [] })).toEqual({ due: '2026-09-30', assignments: [{ role: 'lead', name: '市教育局', unit: 3 }] })
  })
  it('knows a patch that changes nothing', () => {
    expect(idle(matter(1), { due: '2026-09-30' })).toBe(true)
    expect(idle(matter(1), { due: '' })).toBe(false)
  })
  it('shows a change before the server answers, keeping where the rest came from', () => {
    const m = matter(1, { assignments: [who('lead', '市教育局', 3)] })
    const next = applied(m, { assignments: [{ role: 'lead', name: '市教育局', unit: 3 }, { role: 'support', unit: 8 }] }, (id) => (id === 8 ? '市财政局' : '市教育局'))
    expect(next.assignments.map((a) => [a.name, a.from.origin])).toEqual([['市教育局', 'own'], ['市财政局', 'hand']])
  })
})

describe('shortPath', () => {
  it('says the heading where the number alone would be ambiguous', () => {
    expect(shortPath({ ord: 3, label: '（二）', path: '一、 / （二）' })).toBe('一（二）')
    expect(shortPath({ ord: 3, label: '1.2', path: '1 / 1.2' })).toBe('1.2')
    expect(shortPath({ ord: 3, label: '', path: '' })).toBe('4')
  })
})

describe('counts', () => {
  it('does not ask to look at rows set aside', () => {
    const f = [{ code: 'no_lead', severity: 'doubt' as const }]
    expect(counts([matter(1, { findings: f }), matter(2, { findings: f, aside: true }), matter(3)])).toEqual({ all: 3, look: 1, aside: 1 })
  })
})

describe('marks', () => {
  const text = '新增学位。(市教育局牵头, 9月底前)'
  it('cuts a text so that its pieces joined are the text', () => {
    const m = matter(1, { assignments: [who('lead', '市教育局', 3, { from: from(4, 6, 10) })], dues: [{ kind: 'date', on: '', from: '', words: '9月底前', from_text: from(4, 14, 18) }] })
    const cut = pieces(text, marksOf(m))
    expect(cut.map((p) => p.text).join('')).toBe(text)
    expect(cut.filter((p) => p.tint).map((p) => [p.tint, p.text])).toEqual([['unit', '市教育局'], ['due', '9月底前']])
  })
  it('shows what was inherited in the clause that states it', () => {
    const m = matter(1, { assignments: [who('lead', '市教育局', 3, { from: from(2, 0, 4, 'inherited') })] })
    expect(marksOf(m)[0]?.tint).toBe('rule')
  })
  it('names both drafts where their words overlap', () => {
    const both = [matter(1, { assignments: [who('lead', 'x', 1, { from: from(4, 0, 4) })] }), matter(2, { measures: [{ direction: 'exactly', value: 1, words: '', from: from(4, 2, 6) }] })]
    expect(pieces('零一二三四五六', both.flatMap(marksOf)).map((p) => p.matters)).toEqual([[1], [1, 2], [2], []])
  })
  it('ignores what a person entered and spans past the end', () => {
    const m = matter(1, { assignments: [who('lead', 'x', 1, { from: from(4, 0, 3, 'hand') }), who('lead', 'y', 1, { from: from(4, 2, 99) })] })
    expect(pieces('零一二三', marksOf(m)).map((p) => p.text)).toEqual(['零一', '二三'])
  })
  it('cuts a clause again only when a draft that touches it has changed', () => {
    const clauses = [clause(4, '市教育局牵头'), clause(5, '市财政局牵头')]
    const rows = [matter(1, { assignments: [who('lead', 'x', 1, { from: from(4, 0, 4) })] }), matter(2, { clause_ord: 5, assignments: [who('lead', 'y', 1, { from: from(5, 0, 4) })] })]
    const cutter = new Cutter()
    const first = cutter.cut(clauses, rows)
    const second = cutter.cut(clauses, [rows[0]!, { ...rows[1]!, aside: true }])
    expect(second.get(4)).toBe(first.get(4))
    expect(second.get(5)).toEqual([{ text: '市财政局牵头', matters: [] }])
  })
})

describe('sentences by hand', () => {
  it('offers what no row stands for, and nothing that is set aside, a heading or front matter', () => {
    const kinds = (['front', 'heading', 'text', 'clause', 'clause'] as const).map((kind, ord) => ({ ...clause(ord, '市教育局负责'), kind }))
    expect([...untaken(kinds, [matter(1, { clause_ord: 3, aside: true })])]).toEqual([2, 4])
  })
  it('takes a sentence whole, without its number, and says where the words stand', () => {
    const c = { label: '（二）', text: '（二） 市财政局落实资金。 ' }
    const { span, words } = whole(c)
    expect(words).toBe('市财政局落实资金。')
    expect(c.text.slice(span.start, span.end)).toBe(words)
  })
  it('puts a unit made from a name at the level its name tells', () => {
    expect(['槐荫街道办事处', '青禾县人民政府', '临江区', '市城管局', 'Licensing Team'].map(levelOf)).toEqual(['township', 'county', 'county', 'unit', 'unit'])
  })
})
