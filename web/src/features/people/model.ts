import type { PersonRow, Post } from '../../api/types'

/** Whether a post is held on a day. */
export function held(p: Post, today: string): boolean {
  return (!p.from || p.from <= today) && (!p.to || today <= p.to)
}

/** People whose name, login or unit holds the words; those who cannot sign in come last. */
export function found(all: PersonRow[], words: string): PersonRow[] {
  const w = words.trim().toLowerCase()
  const hit = (p: PersonRow) => !w || [p.name, p.login, p.email, ...p.posts.map((x) => x.unit_name)].some((x) => x.toLowerCase().includes(w))
  return all.filter(hit).sort((a, b) => Number(b.active) - Number(a.active))
}
