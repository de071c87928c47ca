import { describe, expect, it } from 'vitest'
import { browserName, grouped, lastDay, picture, plusDays } from './model'

describe('browserName', () => {
  it('tells Edge from the Chrome it claims to be', () => {
    expect(browserName('Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0')).toBe('Edge · Windows')
  })
  it('keeps what it does not know, cut short', () => {
    expect(browserName('curl/8.0')).toBe('curl/8.0')
  })
})

describe('second factor and tokens', () => {
  it('groups a key by four', () => expect(grouped('ABCDEFGHIJ')).toBe('ABCD EFGH IJ'))
  it('draws a code as a picture of its own', () => expect(picture('otpauth://totp/x?secret=ABC')).toMatch(/^data:image\/gif;base64,/))
  it('counts days over the end of a month', () => expect(plusDays('2026-02-27', 3)).toBe('2026-03-02'))
  it('names the last day, not the instant after it', () => expect(lastDay('2026-06-02T00:00:00Z')).toBe('2026-06-01'))
})
