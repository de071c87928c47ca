/** How many of a long list to draw: forty at once, the rest while the browser is idle, never fewer than are needed. */
export function gradually(total: () => number, needed: () => number): { readonly count: number } {
  const step = 40
  let drawn = $state(step)
  $effect(() => {
    if (drawn >= total()) return
    const id = setTimeout(() => (drawn += step), 30)
    return () => clearTimeout(id)
  })
  const count = $derived(Math.max(drawn, needed()))
  return {
    get count() {
      return count
    },
  }
}
