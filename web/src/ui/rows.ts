// j k e in any list: rows carry data-row, their opening link data-open, their edit data-edit;
// what a row can be answered with carries its key as data-key.

/** True while keys belong to a field or a dialog. */
export function typing(e: KeyboardEvent): boolean {
  const at = e.target as HTMLElement
  return e.ctrlKey || e.metaKey || e.altKey || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)
}

/** Moves the focus through the rows of a list with j and k; e edits the row at hand. */
export function rowKeys(node: HTMLElement) {
  function keys(e: KeyboardEvent) {
    if (typing(e) || (document.querySelector('dialog[open]') && !node.closest('dialog'))) return
    const rows = [...node.querySelectorAll<HTMLElement>('[data-row]')]
    const at = rows.findIndex((r) => r.contains(document.activeElement))
    const answer = /^[a-z]$/.test(e.key) ? rows[at]?.querySelector<HTMLElement>(`[data-key="${e.key}"]`) : undefined
    if (answer) {
      e.preventDefault()
      answer.click()
      return
    }
    if (e.key !== 'j' && e.key !== 'k' && e.key !== 'e') return
    if (e.key === 'e') {
      rows[at]?.querySelector<HTMLElement>('[data-edit]')?.click()
      return
    }
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + (e.key === 'j' ? 1 : -1)))]
    const target = next?.querySelector<HTMLElement>('[data-open]') ?? next
    target?.focus()
    target?.scrollIntoView({ block: 'nearest' })
    e.preventDefault()
  }
  document.addEventListener('keydown', keys)
  return { destroy: () => document.removeEventListener('keydown', keys) }
}
