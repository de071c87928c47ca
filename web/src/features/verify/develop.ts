import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { filedEdge, fit, thumbEdge, type Spot } from './photo'

/** A picture made ready to be filed. */
export interface Developed {
  bytes: ArrayBuffer
  sha256: string
  thumb: string
}

/** Draws a picture anew as a JPEG of a size that a phone's network carries: upright, and
 *  without anything else the camera wrote into it. Throws when it is no picture. */
export async function develop(file: Blob): Promise<Developed> {
  const picture = await createImageBitmap(file)
  try {
    const blob = await new Promise<Blob | null>((done) => drawn(picture, filedEdge).toBlob(done, 'image/jpeg', 0.85))
    if (!blob) throw new Error('the picture is too large to be drawn')
    const bytes = await blob.arrayBuffer()
    // not crypto.subtle: it is missing where the page is not served over TLS
    return { bytes, sha256: bytesToHex(sha256(new Uint8Array(bytes))), thumb: drawn(picture, thumbEdge).toDataURL('image/jpeg', 0.7) }
  } finally {
    picture.close()
  }
}

function drawn(picture: ImageBitmap, edge: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  ;[canvas.width, canvas.height] = fit(picture.width, picture.height, edge)
  const d = canvas.getContext('2d')
  if (!d) throw new Error('this browser draws no pictures')
  d.fillStyle = '#fff' // what is transparent
  d.fillRect(0, 0, canvas.width, canvas.height)
  d.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** Where the phone is, or why it does not say. Only asked when its owner wants it. */
export function locate(): Promise<Spot | 'denied' | 'none'> {
  return new Promise((done) => {
    if (!('geolocation' in navigator)) return done('none')
    setTimeout(() => done('none'), 20_000) // a question left unanswered never times out by itself
    navigator.geolocation.getCurrentPosition(
      (p) => done({ lat: p.coords.latitude, lon: p.coords.longitude, accuracy: p.coords.accuracy }),
      (e) => done(e.code === e.PERMISSION_DENIED && isSecureContext ? 'denied' : 'none'),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    )
  })
}
