const wideQuery = matchMedia('(min-width: 1100px)')
const phoneQuery = matchMedia('screen and (max-width: 760px)')
let wide = $state(wideQuery.matches)
let phone = $state(phoneQuery.matches)
wideQuery.addEventListener('change', (e) => (wide = e.matches))
phoneQuery.addEventListener('change', (e) => (phone = e.matches))

/** What the screen has room for. */
export const screen = {
  /** A panel fits beside the text. */
  get wide() {
    return wide
  },
  /** One thumb: cards, not tables. */
  get phone() {
    return phone
  },
}

/** Does something once the present state is painted: what the reader need not wait for. */
export function afterPaint(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then))
}
