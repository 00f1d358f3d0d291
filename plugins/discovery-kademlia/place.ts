import { labels } from '@palabre/sdk/contract/labels'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { sha256 } from 'multiformats/hashes/sha2'

const day = 24 * 60 * 60 * 1000

/** How far two clocks may be apart, and how early we lie at tomorrow's place. */
const skew = 60 * 60 * 1000

/**
 * The key under which a node's whereabouts lie on one day. Those who keep or carry it learn no id from it, unless they know the id
 * already; tomorrow's is another.
 */
export async function placeOf(peer: string, time: number): Promise<CID> {
  const said = `${labels.discovery.place}\n${Math.floor(time / day)}\n${peer}`
  return CID.createV1(raw.code, await sha256.digest(new TextEncoder().encode(said)))
}

/** Where to lie at this time so that everybody whose clock is about right finds us: one place, two around midnight. */
export async function placesOf(peer: string, time: number): Promise<CID[]> {
  const all = await Promise.all([placeOf(peer, time - skew), placeOf(peer, time + skew)])
  return all[0]!.equals(all[1]) ? [all[0]!] : all
}
