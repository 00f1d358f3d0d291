import { joinBytes, toHex, utf8 } from '@palabre/sdk'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import type { Contacts } from '@palabre/sdk/contract/contacts'
import type { Network } from '@palabre/sdk/contract/network'
import { answers, limits, protocol, readAll } from './exchange.ts'

/** Gives the whole invite to whoever knows its id. */
export function answerInvites(network: Network, contacts: Pick<Contacts, 'inviteLink'>): Disposable {
  let underWay = 0
  return network.protocol(protocol, async (stream) => {
    if (underWay >= limits.questions) return stream.abort()
    underWay++
    const late = AbortSignal.timeout(limits.waits)
    const giveUp = () => stream.abort()
    late.addEventListener('abort', giveUp, { once: true })
    try {
      await answer(stream, contacts)
    } finally {
      late.removeEventListener('abort', giveUp)
      underWay--
    }
  })
}

async function answer(stream: ByteStream, contacts: Pick<Contacts, 'inviteLink'>): Promise<void> {
  const id = await readAll(stream, 16)
  if (id?.length !== 16) return stream.abort()
  const link = await contacts.inviteLink(toHex(id))
  await stream.write(link === undefined ? Uint8Array.of(answers.over) : joinBytes(Uint8Array.of(answers.here), utf8.encode(link)))
  await stream.closeWrite()
}
