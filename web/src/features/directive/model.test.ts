import { describe, expect, it } from 'vitest'
import type { Clause } from '../../api/types'
import { contents, frontReader, typeset } from './model'

const clause = (ord: number, parent: number, kind: Clause['kind'], part: Partial<Clause> = {}): Clause =>
  ({ id: ord + 1, directive: 1, ord, parent, kind, part: 'body', label: '', path: '', text: `text ${ord}`, page: 0, line: 0, matters: [], hidden: 0, ...part })

describe('typeset', () => {
  const set = typeset([
    clause(0, -1, 'front'),
    clause(1, -1, 'heading', { text: '一、扩大供给' }),
    clause(2, 1, 'clause', { matters: [{ id: 1, no: '', status: 'assigned', lamp: 'act', reason: { key: '' } }], lamp: 'act' }),
    clause(3, 2, 'clause'),
    clause(4, 1, 'clause', { hidden: 2 }),
  ])
  it('counts depth from the parents', () => expect(set.map((s) => s.depth)).toEqual([0, 0, 1, 2, 1]))
  it('calls a demand without a matter open', () => expect(set[3]!.open).toBe(true))
  it('does not call a clause open whose matters the reader may not see', () => expect(set[4]!.open).toBe(false))
  it('never calls text or headings open', () => expect(set[0]!.open || set[1]!.open).toBe(false))
  it('lists headings as contents', () => expect(contents(set)).toEqual([{ ord: 1, text: '一、扩大供给', depth: 0 }]))
})

describe('tables', () => {
  it('gives all rows of a table the same widths and keeps its head out of the contents', () => {
    const set = typeset([clause(0, -1, 'heading', { text: 'No.\tAction\tLead' }), clause(1, 0, 'clause', { text: '1\tOpen two new schools\tHousing' }), clause(2, 0, 'clause')])
    expect(set[0]!.widths).toEqual(['minmax(2.20em, 5fr)', 'minmax(4.40em, 20fr)', 'minmax(4.40em, 7fr)'])
    expect(set[1]!.widths).toEqual(set[0]!.widths)
    expect(set[2]!.widths).toEqual([])
    expect(contents(set)).toEqual([])
  })
})

describe('rows of a table whose last cells are empty', () => {
  const row = (ord: number, kind: 'heading' | 'clause', ...cells: string[]) => clause(ord, -1, kind, { text: cells.join('\t') })
  it('keep every cell under its own head', () => {
    const set = typeset([row(0, 'heading', 'Ref', 'Action', 'By when', 'Measure'), row(1, 'clause', '1', 'Open', 'May', '3'), row(2, 'clause', '2', 'Publish', 'ASAP'), row(3, 'clause', '3', 'Review', '', '5')])
    expect(set[2]!.cells).toEqual(['2', 'Publish', 'ASAP', ''])
    expect(set.map((s) => s.heads[2])).toEqual([undefined, 'By when', 'By when', 'By when'])
    expect(new Set(set.map((s) => s.widths.join(' '))).size).toBe(1)
  })
  it('do not take on the columns of the next table', () => {
    const set = typeset([row(0, 'heading', 'A', 'B'), row(1, 'clause', '1', '2'), row(2, 'heading', 'C', 'D', 'E'), row(3, 'clause', '1', '2')])
    expect(set.map((s) => s.cells.length)).toEqual([2, 2, 3, 3])
  })
})

describe('frontReader', () => {
  const d = { title: '云州市人民政府关于改善人居环境的意见', number: '云政发〔2026〕3号', issuer: '云州市人民政府' }
  it('finds a title broken over two lines, and does not take the signature for a title', () => {
    const read = frontReader(d)
    expect(read('云政发〔2026〕3号\n云州市人民政府关于\n改善人居环境的意见').map((l) => l.as)).toEqual(['number', 'title', 'title'])
    expect(read('各县、区人民政府：').map((l) => l.as)).toEqual([''])
    expect(read('云州市人民政府\n2026年3月5日').map((l) => l.as)).toEqual(['sign', 'sign'])
  })
})
