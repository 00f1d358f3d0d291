import { equalBytes, fromHex, isPalabreError, utf8 } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Contacts } from '@palabre/sdk/contract/contacts'
import type { Identity } from '@palabre/sdk/contract/identity'
import type { Network } from '@palabre/sdk/contract/network'
import type { ShortInvites } from '@palabre/sdk/contract/short-invites'
import { answers, limits, protocol, readAll } from './exchange.ts'
import { faults } from './faults.ts'
import { isShortLink, readShortLink, shortLink, type ShortInvite } from './short-format.ts'
import { worthTelling } from './worth-telling.ts'

interface Sources {
  readonly network: Network
  readonly contacts: Pick<Contacts, 'readInvite'>
  readonly identity: Pick<Identity, 'signingKey' | 'idOf' | 'userId'>
  readonly clock: Pick<Clock, 'now'>
  readonly signal: AbortSignal
}

export function createShortInvites({ network, contacts, identity, clock, signal }: Sources): ShortInvites {
  return {
    shorten({ id, expiresAt }) {
      const addresses = worthTelling(network.addresses())
      if (addresses.length === 0) return undefined
      return shortLink({ key: identity.signingKey, id, expiresAt, peer: network.self, addresses })
    },
    async expand(said, { signal: given } = {}) {
      if (!isShortLink(said)) return undefined
      const short = readShortLink(said)
      if (short === undefined) throw faults.broken()
      if (equalBytes(short.key, identity.signingKey)) throw faults.own()
      if (short.expiresAt <= clock.now()) throw faults.over()
      const link = await fetchWhole(short, AbortSignal.any([signal, AbortSignal.timeout(limits.waits), ...(given ? [given] : [])]))
      await check(link, short)
      return link
    },
  }

  async function fetchWhole(short: ShortInvite, waiting: AbortSignal): Promise<string> {
    try {
      await network.ready()
      await network.dial(
        short.addresses.map((address) => `${address}/p2p/${short.peer}`),
        { signal: waiting },
      )
      const stream = await network.open(short.peer, protocol, { signal: waiting })
      const giveUp = () => stream.abort()
      waiting.addEventListener('abort', giveUp, { once: true })
      try {
        await stream.write(fromHex(short.id)!, { signal: waiting })
        await stream.closeWrite()
        return linkIn(await readAll(stream, limits.answer))
      } finally {
        waiting.removeEventListener('abort', giveUp)
        stream.abort()
      }
    } catch (error) {
      if (isPalabreError(error) && ['unreachable', 'timed-out', 'peer-unknown', 'closed', 'cancelled'].includes(error.code))
        throw faults.notThere(error)
      if (isPalabreError(error) && error.code === 'wrong-version') throw faults.notAnswered(error)
      throw error
    }
  }

  /** Signed, in time, and from whom the short one says. */
  async function check(link: string, { key }: ShortInvite): Promise<void> {
    const says = await contacts.readInvite(link).catch((error: unknown) => {
      throw isPalabreError(error) && error.code === 'denied' ? faults.over() : faults.notTheirs(error)
    })
    if (says.id !== identity.idOf(key)) throw faults.notTheirs()
  }
}

function linkIn(answer: Uint8Array | undefined): string {
  if (answer?.[0] === answers.over && answer.length === 1) throw faults.over()
  const link = answer?.[0] === answers.here ? utf8.decode(answer.subarray(1)) : undefined
  if (link === undefined) throw faults.notTheirs()
  return link
}
