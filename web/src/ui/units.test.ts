import { describe, expect, it } from 'vitest'
import { childrenOf, matchUnits, pathOf, type UnitLike } from './units'

const unit = (id: number, name: string, part: Partial<UnitLike> = {}): UnitLike => ({ id, name, parent: 0, code: '', aliases: [], ended: false, ...part })
const units = [
  unit(1, '云州市'),
  unit(2, '市住房城乡建设局', { parent: 1, code: 'A02' }),
  unit(3, '市发展改革委', { parent: 1, aliases: ['市发改委'] }),
  unit(4, '市发展规划局', { parent: 1, ended: true }),
]

describe('matchUnits', () => {
  it('finds by alias', () => expect(matchUnits(units, '发改委', 5).map((u) => u.id)).toEqual([3]))
  it('finds by the characters people keep when they shorten', () => expect(matchUnits(units, '市住建局', 5).map((u) => u.id)).toEqual([2]))
  it('finds by code', () => expect(matchUnits(units, 'a02', 5).map((u) => u.id)).toEqual([2]))
  it('puts units that ended last', () => expect(matchUnits(units, '市发展', 5).map((u) => u.id)).toEqual([3, 4]))
})

describe('the tree', () => {
  it('walks to the top and stops in a circle', () => {
    expect(pathOf(new Map(units.map((u) => [u.id, u])), 2)).toEqual(['云州市'])
    const circle = [unit(1, 'a', { parent: 2 }), unit(2, 'b', { parent: 1 })]
    expect(pathOf(new Map(circle.map((u) => [u.id, u])), 1)).toEqual(['a', 'b'])
  })
  it('keeps a unit whose parent is out of sight', () => {
    expect(childrenOf([unit(7, 'x', { parent: 99 })]).get(0)?.map((u) => u.id)).toEqual([7])
  })
})
