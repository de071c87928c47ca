import { describe, expect, it } from 'vitest'
import { aliasList, eras, shares } from './model'

describe('a unit’s past', () => {
  it('ends each name on the eve of the next', () => {
    const past = eras({ to: '', versions: [{ from: '', name: '市政务服务局', parent: 1 }, { from: '2024-03-01', name: '市数据局', parent: 1 }] })
    expect(past.map((e) => [e.name, e.from, e.to])).toEqual([['市数据局', '2024-03-01', ''], ['市政务服务局', '', '2024-02-29']])
  })
})

describe('boxes', () => {
  it('read aliases however they are parted, once each', () => expect(aliasList('发改委、市发改委\n发改委')).toEqual(['发改委', '市发改委']))
  it('read the parts of a split with their codes', () => {
    expect(shares('市文化局 A12\n市旅游局\n Parks and Streets')).toEqual([{ name: '市文化局', code: 'A12' }, { name: '市旅游局', code: '' }, { name: 'Parks and', code: 'Streets' }])
  })
})
