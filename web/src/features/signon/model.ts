import type { PutSignIn, SignInSettings } from '../../api/types'

/** What is sent back of the settings read: all but version and what is known of secrets. */
export function formOf(s: SignInSettings): PutSignIn {
  return { second_factor_for: [...s.second_factor_for], provider: { ...s.provider }, ldap: { ...s.ldap }, groups: s.groups.map((g) => ({ ...g })) }
}

/** The rows of the table of groups that say something. */
export function filled(form: PutSignIn): PutSignIn {
  return { ...form, groups: form.groups.filter((g) => g.group.trim() && g.unit) }
}
