import qrcode from 'qrcode-generator'

/** A browser's name as people say it, from what it calls itself. */
export function browserName(agent: string): string {
  const browser = /Edg\//.test(agent) ? 'Edge' : /Firefox\//.test(agent) ? 'Firefox' : /Chrome\//.test(agent) ? 'Chrome' : /Safari\//.test(agent) ? 'Safari' : ''
  const system = /Windows/.test(agent) ? 'Windows' : /Android/.test(agent) ? 'Android' : /iPhone|iPad/.test(agent) ? 'iOS' : /Mac OS/.test(agent) ? 'macOS' : /Linux/.test(agent) ? 'Linux' : ''
  return [browser, system].filter(Boolean).join(' · ') || agent.slice(0, 40)
}

/** A key in groups of four, as people type it. */
export function grouped(key: string): string {
  return key.replace(/(.{4})(?=.)/g, '$1 ')
}

/** An address as a QR code, in a picture the content policy lets through. */
export function picture(uri: string): string {
  const code = qrcode(0, 'M')
  code.addData(uri)
  code.make()
  return code.createDataURL(5, 10)
}

/** The day so many days after one. */
export function plusDays(day: string, n: number): string {
  return new Date(Date.parse(day + 'T00:00:00Z') + n * 86_400_000).toISOString().slice(0, 10)
}

/** The last day of what ends at an instant: tokens end when their last day is over. */
export function lastDay(instant: string): string {
  return new Date(Date.parse(instant) - 1).toISOString().slice(0, 10)
}
