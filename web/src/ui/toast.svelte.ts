/** A short word after an act, with its undoing where there is one. */
export interface Toast {
  id: number
  text: string
  bad: boolean
  undo?: { label: string; run: () => void }
}

let next = 1
let shown = $state<Toast[]>([])

export const toasts = {
  get all() {
    return shown
  },
}

/** Says something for six seconds (faults stay until closed). */
export function tell(text: string, options: { bad?: boolean; undo?: Toast['undo'] } = {}): void {
  const toast = { id: next++, text, bad: options.bad ?? false, undo: options.undo }
  shown = [...shown.slice(-2), toast]
  if (!toast.bad) setTimeout(() => dismiss(toast.id), 6000)
}

/** Takes a word away. */
export function dismiss(id: number): void {
  shown = shown.filter((x) => x.id !== id)
}
