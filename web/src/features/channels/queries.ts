import { client, ifMatch, take } from '../../api/client'
import type { ChannelSettings, PutChannels, Tested, Unit } from '../../api/types'

/** The ways people are told; secrets are never in it. */
export function fetchChannels(): Promise<ChannelSettings> {
  return take(client.GET('/settings/channels'))
}

/** Sets them; an empty secret or address stays as it was. */
export function saveChannels(version: number, body: PutChannels): Promise<ChannelSettings> {
  return take(client.PUT('/settings/channels', { params: { header: ifMatch(version) }, body }))
}

/** Sends a test through a channel as it is kept. */
export function testChannel(id: string): Promise<Tested> {
  return take(client.POST('/settings/channels/{id}/test', { params: { path: { id } } }))
}

/** The units whose groups can be told. */
export async function fetchUnits(): Promise<Unit[]> {
  return (await take(client.GET('/units'))).items.filter((u) => !u.ended)
}
