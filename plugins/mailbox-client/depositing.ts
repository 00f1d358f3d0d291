import { isPalabreError, toHex } from '@palabre/sdk'
import type { DepositAddress } from './hints.ts'
import { limits } from './limits.ts'
import { faults } from './faults.ts'
import { openMailboxStream, type MailboxStream, type StreamSources } from './mailbox-stream.ts'
import { sealBlock, type Item } from './block.ts'

/** Puts blocks into other people's queues, on streams that are kept for a while. */
export interface Depositor {
  /** Resolves when the mailbox says that it keeps the block. */
  deposit(address: DepositAddress, items: readonly Item[]): Promise<void>
  close(): void
}

interface Open {
  readonly stream: MailboxStream
  readonly slots: Map<string, Promise<number>>
  used: number
}

export function createDepositor(sources: StreamSources): Depositor {
  const { primitives, clock, signal } = sources
  const open = new Map<string, Promise<Open>>()

  function streamTo({ relay }: DepositAddress): { readonly one: Promise<Open>; readonly isFresh: boolean } {
    const there = open.get(relay.peer)
    if (there !== undefined) return { one: there, isFresh: false }
    const one = openMailboxStream(sources, relay).then((stream): Open => ({ stream, slots: new Map(), used: clock.monotonic() }))
    open.set(relay.peer, one)
    const gone = () => void (open.get(relay.peer) === one && open.delete(relay.peer))
    one.then(({ stream }) => stream.closed.then(gone), gone)
    void one.then(closeWhenIdle, () => undefined)
    return { one, isFresh: true }
  }

  async function closeWhenIdle(one: Open): Promise<void> {
    const isOver = one.stream.closed.then(() => true)
    for (let rest = limits.idle; rest > 0 && !signal.aborted; rest = one.used + limits.idle - clock.monotonic()) {
      const enough = new AbortController()
      const isIdle = clock.sleep(rest, AbortSignal.any([signal, enough.signal])).then(
        () => false,
        () => false,
      )
      const hasEnded = await Promise.race([isOver, isIdle])
      enough.abort()
      if (hasEnded) return
    }
    one.stream.close()
  }

  async function put(one: Open, address: DepositAddress, block: Uint8Array): Promise<void> {
    one.used = clock.monotonic()
    const queue = toHex(address.sender)
    const slot = one.slots.get(queue) ?? one.stream.claim('sender', address.sender, address.seed)
    one.slots.set(queue, slot)
    slot.catch(() => one.slots.delete(queue))
    await one.stream.deposit(await slot, block)
    one.used = clock.monotonic()
  }

  return {
    async deposit(address, items) {
      const block = sealBlock(primitives, address.seal, items)
      if (block === undefined) throw faults.badKey()
      const { one, isFresh } = streamTo(address)
      try {
        await put(await one, address, block)
      } catch (error) {
        // The stream that was kept may have ended meanwhile: the mailbox knows the block when it comes twice.
        const isLost = isPalabreError(error) && error.actor === 'network'
        if (isFresh || !isLost || open.get(address.relay.peer) === one || signal.aborted) throw error
        await put(await streamTo(address).one, address, block)
      }
    },
    close() {
      for (const one of open.values())
        one.then(
          ({ stream }) => stream.close(),
          () => undefined,
        )
    },
  }
}
