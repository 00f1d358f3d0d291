import { PalabreError, text } from '@palabre/sdk'
import type { Intake, Route } from '@palabre/sdk/contract/route'
import type { Sealed } from '@palabre/sdk/contract/suite'
import type { Who } from './moves.ts'

/** Something on its way; it is still there when the program that sent it is not. */
export type Frame = { readonly from: Who; readonly to: Who; readonly id: string } & (
  | { readonly kind: 'envelope'; readonly sealed: Sealed }
  | { readonly kind: 'taken'; readonly proof: Uint8Array }
  | { readonly kind: 'refused' }
)

/** Everything between the three: nothing moves on it by itself. */
export interface Wire {
  readonly frames: Frame[]
  isUp(one: Who, other: Who): boolean
  cut(one: Who, other: Who): void
  join(one: Who, other: Who): void
  /** The road of one of them. */
  road(me: Who, opened: (intake: Intake | undefined) => void): Route
}

export function createWire(whoIs: (contact: string) => Who): Wire {
  const frames: Frame[] = []
  const cuts = new Set<string>()
  const key = (one: Who, other: Who) => `${Math.min(one, other)}-${Math.max(one, other)}`
  const wire: Wire = {
    frames,
    isUp: (one, other) => !cuts.has(key(one, other)),
    cut: (one, other) => void cuts.add(key(one, other)),
    join: (one, other) => void cuts.delete(key(one, other)),
    road: (me, opened) => ({
      name: 'wire',
      rank: 10,
      open(intake) {
        opened(intake)
        return { [Symbol.dispose]: () => opened(undefined) }
      },
      hints: () => ({ at: me }),
      watchHints: () => ({ [Symbol.dispose]: () => undefined }),
      async carry(envelopes, { contact }) {
        const to = whoIs(contact)
        if (!wire.isUp(me, to)) throw new PalabreError('unreachable', text('the wire is cut', 'le fil est coupé'))
        for (const { id, sealed } of envelopes) frames.push({ kind: 'envelope', from: me, to, id, sealed })
        return { state: 'sent' }
      },
      pathTo: ({ contact }) =>
        wire.isUp(me, whoIs(contact))
          ? { kind: 'direct', transport: 'wire', address: '/memory/1', since: 0, channel: 'none', hops: [] }
          : undefined,
    }),
  }
  return wire
}
