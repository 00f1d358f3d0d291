import { generateKeyPair, privateKeyFromProtobuf, privateKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import type { OverlayMemory } from '@palabre/sdk/contract/overlay-memory'

/** The key of the last run, or a new one that the next run will find. */
export async function keptKey(memory: OverlayMemory): Promise<PrivateKey> {
  const kept = await memory.read('key')
  return kept === undefined ? freshKey(memory) : privateKeyFromProtobuf(kept)
}

export async function freshKey(memory: OverlayMemory): Promise<PrivateKey> {
  const key = await generateKeyPair('Ed25519')
  await memory.write('key', privateKeyToProtobuf(key))
  return key
}
