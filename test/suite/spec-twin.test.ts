import { createDoubleRatchet } from '@palabre/suite-ratchet/double-ratchet'
import { testSeed } from '@palabre/sdk/testkit'
import * as fc from 'fast-check'
import { createHash } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { keyPair, otherParts, specParts } from './other-parts.ts'
import { SpecTwin } from './spec-twin.ts'

const seed = testSeed()

/** What both write against: the ratchet, or its slow twin. */
interface Speaker {
  seal(body: Uint8Array): Uint8Array
  open(message: Uint8Array): Uint8Array | undefined
}

const secret = (name: string) => createHash('sha256').update(name).digest()
const said = Buffer.from('said')
const first = { root: secret('root'), initiatorHeader: secret('initiator'), responderHeader: secret('responder') }
const prekey = keyPair('prekey')

function ratchetSpeaker(side: 'ada' | 'ben'): Speaker {
  const machine = createDoubleRatchet(otherParts(side))
  let ratchet =
    side === 'ada'
      ? machine.initiate(first, prekey.public)!
      : machine.respond(first, { secretKey: prekey.secret, publicKey: prekey.public })
  return {
    seal(body) {
      const sealed = machine.seal(ratchet, body, said)!
      ratchet = sealed.ratchet
      return sealed.message
    },
    open(message) {
      const opened = machine.open(ratchet, message, said, 0)
      ratchet = opened?.ratchet ?? ratchet
      return opened?.body
    },
  }
}

function twinSpeaker(side: 'ada' | 'ben'): Speaker {
  const { root, initiatorHeader, responderHeader } = first
  const twin =
    side === 'ada'
      ? SpecTwin.alice(specParts(side), root, prekey.public, initiatorHeader, responderHeader)
      : SpecTwin.bob(specParts(side), root, prekey, initiatorHeader, responderHeader)
  return { seal: (body) => twin.encrypt(body, said), open: (message) => twin.decrypt(message, said) }
}

type Move =
  | { readonly do: 'say'; readonly by: 'ada' | 'ben' }
  | { readonly do: 'deliver' | 'alter'; readonly which: number; readonly keep: boolean }

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ do: fc.constant('say' as const), by: fc.constantFrom('ada' as const, 'ben' as const) }),
  fc.record({
    do: fc.constantFrom('deliver' as const, 'deliver' as const, 'deliver' as const, 'alter' as const),
    which: fc.nat(),
    keep: fc.boolean(),
  }),
)

/** Everything that went over the wire and everything that was understood. */
function play(moves: readonly Move[], ada: Speaker, ben: Speaker): string[] {
  const story: string[] = []
  const wire: { to: 'ada' | 'ben'; message: Uint8Array }[] = []
  const speakers = { ada, ben }
  let heard = false
  for (const [i, one] of moves.entries()) {
    if (one.do === 'say') {
      // Who answers has nothing to seal with before the first message came.
      if (one.by === 'ben' && !heard) continue
      const message = speakers[one.by].seal(Buffer.from(`message ${i}`))
      wire.push({ to: one.by === 'ada' ? 'ben' : 'ada', message })
      story.push(`${one.by} ${Buffer.from(message).toString('hex')}`)
    } else if (wire.length > 0) {
      const at = one.which % wire.length
      const { to, message } = wire[at]!
      if (one.do === 'deliver' && !one.keep) wire.splice(at, 1)
      const sent =
        one.do === 'alter' ? message.map((byte, j) => (j === 2 + (one.which % (message.length - 2)) ? byte ^ 1 : byte)) : message
      const body = speakers[to].open(sent)
      heard ||= to === 'ben' && body !== undefined
      story.push(`${to} hears ${body === undefined ? 'nothing' : Buffer.from(body).toString()}`)
    }
  }
  return story
}

test(`the ratchet and its twin say and hear the same, byte for byte (seed ${seed})`, () => {
  const makers = [ratchetSpeaker, twinSpeaker]
  fc.assert(
    fc.property(fc.array(move, { minLength: 5, maxLength: 60 }), (moves) => {
      const stories = makers.flatMap((ada) => makers.map((ben) => play(moves, ada('ada'), ben('ben'))))
      for (const story of stories.slice(1)) assert.equal(story, stories[0])
    }),
    { seed, numRuns: 150 },
  )
})

test.run()
