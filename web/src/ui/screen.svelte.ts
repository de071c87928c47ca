const wideQuery = matchMedia('(min-width: 1100px)')
const phoneQuery = matchMedia('(max-width: 760px)')
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
