import { client, ifMatch, once, take } from '../../api/client'
import type { FigureBody, MatterPage, MeasureBody, MeasurePage } from '../../api/types'

/** A matter with everything its reader may know. */
export function fetchMatter(id: number): Promise<MatterPage> {
  return take(client.GET('/matters/{id}', { params: { path: { id } } }))
}

/** Confirms for a unit that it has received the matter. */
export function acknowledge(id: number, unit: number, version: number): Promise<MatterPage> {
  return take(client.POST('/matters/{id}/acknowledge', { params: { path: { id }, header: { ...once(), ...ifMatch(version) } }, body: { unit } }))
}

/** What a matter is measured by, planned and actual. */
export function fetchMeasures(id: number): Promise<MeasurePage> {
  return take(client.GET('/matters/{id}/measures', { params: { path: { id } } }))
}

/** Sets all measures of a matter; those left out are withdrawn. */
export function setMeasures(id: number, measures: MeasureBody[]): Promise<MeasurePage> {
  return take(client.PUT('/matters/{id}/measures', { params: { path: { id } }, body: { measures } }))
}

/** Gives a figure, or corrects one. */
export function observe(id: number, figure: FigureBody): Promise<MeasurePage> {
  return take(client.POST('/matters/{id}/observations', { params: { path: { id }, header: once() }, body: figure }))
}
