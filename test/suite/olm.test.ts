import Olm from '@matrix-org/olm'
import { createDoubleRatchet, type Ratchet } from '@palabre/suite-ratchet/double-ratchet'
import { testSeed, seededRandom, type SeededRandom } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { bare, olmParts, olmSecrets, readFirst, writeFirst } from './olm-parts.ts'
import { keyPairX25519, sharedX25519 } from './x25519.ts'

/** Our ratchet, with Olm's algorithms as its parts, talks with libolm itself. */
const seed = testSeed()
const machine = createDoubleRatchet(olmParts)
const none = new Uint8Array()

test.before(() => Olm.init())

/** Ours, as `Olm.Session` says it. */
function ours(ratchet: Ratchet, wrap: (message: Uint8Array) => Uint8Array) {
  let answered = false
  return {
    encrypt(text: string) {
      const sealed = machine.seal(ratchet, Buffer.from(text), none)!
      ratchet = sealed.ratchet
      return { type: answered ? 1 : 0, body: base64(answered ? sealed.message : wrap(sealed.message)) }
    },
    decrypt(type: number, body: string): string | undefined {
      const message = type === 0 ? readFirst(bytes(body)).message : bytes(body)
      const opened = machine.open(ratchet, message, none, 0)
      if (opened === undefined) return undefined
      ratchet = opened.ratchet
      answered = true
      return Buffer.from(opened.body).toString()
    },
  }
}

interface Side {
  encrypt(text: string): { type: number; body: string }
  decrypt(type: number, body: string): string | undefined
}

/** Turns of several messages; each turn arrives shuffled and some of it twice. */
function converse(random: SeededRandom, begins: Side, answers: Side, turns: number): void {
  for (let turn = 0; turn < turns; turn++) {
    const [from, to] = turn % 2 === 0 ? [begins, answers] : [answers, begins]
    const sent = Array.from({ length: 1 + random.below(5) }, (_, i) => {
      const text = `turn ${turn}, message ${i} ${'·'.repeat(random.below(400))}`
      return { text, ...from.encrypt(text) }
    })
    const left = sent.slice()
    while (left.length > 0) {
      const [{ text, type, body }] = left.splice(random.below(left.length), 1) as [(typeof sent)[0]]
      assert.is(to.decrypt(type, body), text)
    }
    // libolm throws for what it has opened before; ours gives nothing.
    for (const { type, body } of sent) assert.is(hears(to, type, body), undefined)
  }
}

function hears(side: Side, type: number, body: string): string | undefined {
  try {
    return side.decrypt(type, body)
  } catch {
    return undefined
  }
}

test(`libolm begins, our ratchet answers (seed ${seed})`, () => {
  const random = seededRandom(seed)
  for (let run = 0; run < 8; run++) {
    const [identity, oneTime] = [keyPairX25519(), keyPairX25519()]
    const [account, session] = [new Olm.Account(), new Olm.Session()]
    account.create()
    session.create_outbound(account, base64(identity.publicKey), base64(oneTime.publicKey))
    const hello = session.encrypt('hello')
    assert.is(hello.type, 0)

    const first = readFirst(bytes(hello.body))
    assert.equal(Buffer.from(first.oneTimeKey), Buffer.from(oneTime.publicKey))
    const { root, chain } = olmSecrets([
      sharedX25519(oneTime.secretKey, first.identityKey),
      sharedX25519(identity.secretKey, first.baseKey),
      sharedX25519(oneTime.secretKey, first.baseKey),
    ])
    const { ratchetKey } = olmParts.openHeader(bare, first.message, none)!
    const me = ours(
      { ...unspoken, root, theirs: ratchetKey, receiving: { headerKey: bare, key: chain, n: 0 } },
      (message) => message,
    )
    assert.is(me.decrypt(0, hello.body), 'hello')
    session.decrypt(1, me.encrypt('answer').body)
    converse(random, session as Side, me, 20)
    session.free()
    account.free()
  }
})

test(`our ratchet begins, libolm answers (seed ${seed})`, () => {
  const random = seededRandom(seed)
  for (let run = 0; run < 8; run++) {
    const [account, session] = [new Olm.Account(), new Olm.Session()]
    account.create()
    account.generate_one_time_keys(1)
    const theirs = (JSON.parse(account.identity_keys()) as { curve25519: string }).curve25519
    const oneTime = Object.values((JSON.parse(account.one_time_keys()) as { curve25519: Record<string, string> }).curve25519)[0]!

    const [identity, base, own] = [keyPairX25519(), keyPairX25519(), keyPairX25519()]
    const { root, chain } = olmSecrets([
      sharedX25519(identity.secretKey, bytes(oneTime)),
      sharedX25519(base.secretKey, bytes(theirs)),
      sharedX25519(base.secretKey, bytes(oneTime)),
    ])
    const me = ours({ ...unspoken, root, own, sending: { headerKey: bare, key: chain, n: 0 } }, (message) =>
      writeFirst(bytes(oneTime), base.publicKey, identity.publicKey, message),
    )
    const hello = me.encrypt('hello')
    session.create_inbound(account, hello.body)
    assert.is(session.decrypt(0, hello.body), 'hello')
    converse(random, me, session as Side, 20)
    session.free()
    account.free()
  }
})

const unspoken: Omit<Ratchet, 'root'> = {
  own: undefined,
  theirs: undefined,
  sending: undefined,
  receiving: undefined,
  nextSending: bare,
  nextReceiving: bare,
  before: 0,
  skipped: [],
}

function base64(key: Uint8Array): string {
  return Buffer.from(key).toString('base64').replace(/=+$/, '')
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64')
}

test.run()
