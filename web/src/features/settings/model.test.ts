import { describe, expect, it } from 'vitest'
import { browserName } from './model'

describe('browserName', () => {
  it('tells Edge from the Chrome it claims to be', () => {
    expect(browserName('Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0')).toBe('Edge · Windows')
  })
  it('keeps what it does not know, cut short', () => {
    expect(browserName('curl/8.0')).toBe('curl/8.0')
  })
})
