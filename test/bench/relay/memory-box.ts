import { definePlugin } from '@palabre/sdk'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import { Network } from '@palabre/sdk/contract/network'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { startTestHost, streamPair, testPlugin } from '@palabre/sdk/testkit'
import { join } from 'node:path'

/** A mailbox of this process, and a stream to it. */
export interface MemoryBox extends AsyncDisposable {
  readonly stream: ByteStream
  readonly primitives: Primitives
}

const folderOf = (id: string) => join(import.meta.dirname, '../../../plugins', id)

/** Its streams are in memory: what is left is its own work. */
export async function openMemoryBox(folder: string, database: string): Promise<MemoryBox> {
  let serve: ((stream: ByteStream) => unknown) | undefined
  const network = {
    protocol(_name: string, handler: (stream: ByteStream) => unknown) {
      serve = handler
      return { [Symbol.dispose]: () => undefined }
    },
  } as unknown as Network
  const around = definePlugin({
    provides: { network: Network, folder: ProfileFolder },
    start: () => ({ network, folder: { file: (name: string) => join(folder, name) } }),
  })
  const host = await startTestHost({
    plugins: [...['clock-system', 'primitives-node', 'mailbox-desk', 'mailbox-server'].map(folderOf), testPlugin('around', around)],
    config: { 'mailbox-server': { database } },
    lend: { primitives: Primitives },
    besideOthers: true,
  })
  const [mine, theirs] = streamPair('here')
  serve?.(theirs)
  return { stream: mine, primitives: host.lent.primitives, [Symbol.asyncDispose]: () => host.stop() }
}
