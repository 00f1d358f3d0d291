import { hkdfSync } from 'node:crypto'
import type { PrivateKey } from '@libp2p/interface'
import { labels } from '@palabre/sdk/contract/labels'
import HyperDHT, { type KeyPair } from 'hyperdht'

/** The key under which a node stands in the table: it follows from the node's own and changes with it, and neither tells the other. */
export function dhtKeyOf({ raw }: Pick<PrivateKey, 'raw'>): KeyPair {
  return HyperDHT.keyPair(new Uint8Array(hkdfSync('sha256', raw, '', labels.overlay.table, 32)))
}
