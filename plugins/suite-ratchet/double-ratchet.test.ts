import { Primitives } from '@palabre/sdk/contract/primitives'
import { startTestHost, type TestHost } from '@palabre/sdk/testkit'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createDoubleRatchet, type DoubleRatchet, type Ratchet } from './double-ratchet.ts'
import { limits } from './limits.ts'
import { ratchetParts } from './ratchet-parts.ts'
import { skippedSize } from './skipped-keys.ts'

interface Context {
  host: TestHost<{ primitives: typeof Primitives }>
  machine: DoubleRatchet
  /** How often a chain was stepped. */
  steps: number
  ada: Ratchet
  ben: Ratchet
}

/** What a peer can make us do, whatever they send: the headers here are sealed with the right keys. */
const test = suite<Context>('limits of the ratchet')

const said = new Uint8Array(33)
const day = 24 * 60 * 60 * 1000
const now = Date.UTC(2026, 0, 1)

test.before(async (context) => {
  const folder = new URL('../primitives-node', import.meta.url).pathname
  context.host = await startTestHost({ plugins: [folder], lend: { primitives: Primitives } })
})
test.after(({ host }) => host.stop())

test.before.each((context) => {
  const { primitives } = context.host.lent
  const parts = ratchetParts(primitives)
  context.steps = 0
  context.machine = createDoubleRatchet({
    ...parts,
    stepChain(chain) {
      context.steps++
      return parts.stepChain(chain)
    },
  })
  const [root, initiatorHeader, responderHeader] = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte))
  const secrets = { root: root!, initiatorHeader: initiatorHeader!, responderHeader: responderHeader! }
  const prekey = primitives.x25519.generate()
  context.ada = context.machine.initiate(secrets, prekey.publicKey)!
  context.ben = context.machine.respond(secrets, prekey)
})

/** So many messages of Ada's. */
function say(context: Context, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => {
    const sealed = context.machine.seal(context.ada, Uint8Array.of(i & 255), said)!
    context.ada = sealed.ratchet
    return sealed.message
  })
}

function hear(context: Context, message: Uint8Array, at = now): number | undefined {
  const before = structuredClone(context.ben)
  const opened = context.machine.open(context.ben, message, said, at)
  assert.equal(context.ben, before, 'nothing given is changed')
  if (opened !== undefined) context.ben = opened.ratchet
  return opened?.body[0]
}

const kept = ({ ben }: Context) => ben.skipped.reduce((sum, { keys }) => sum + keys.length / skippedSize, 0)

test('a header that asks for 2^31 keys is refused before the first one is made', (context) => {
  const { host, ada } = context
  const forge = (before: number, n: number, { headerKey } = ada.sending!) =>
    ratchetParts(host.lent.primitives).sealMessage(
      { headerKey, messageKey: new Uint8Array(32) },
      { ratchetKey: ada.own!.publicKey, before, n },
      new Uint8Array(9),
      said,
    )
  const refused = (message: Uint8Array) => {
    context.steps = 0
    assert.is(hear(context, message), undefined)
    assert.is(context.steps, 0)
  }
  for (const n of [2 ** 31, 2 ** 32 - 1, limits.skippedAtOnce + 1]) refused(forge(0, n))
  assert.is(hear(context, say(context, 1)[0]!), 0)
  for (const n of [2 ** 31, 2 ** 32 - 1, limits.skippedAtOnce + 2]) refused(forge(0, n))
  const next = { ...ada.sending!, headerKey: context.ben.nextReceiving }
  for (const [before, n] of [
    [2 ** 31, 0],
    [0, 2 ** 31],
    [600, 600],
  ] as const)
    refused(forge(before, n, next))
})

test('a thousand missing at once are made up for, one more is not', (context) => {
  const [first, ...rest] = say(context, limits.skippedAtOnce + 3)
  assert.is(hear(context, first!), 0)
  assert.is(hear(context, rest.at(-1)!), undefined)
  assert.is.not(hear(context, rest.at(-2)!), undefined)
  assert.is(kept(context), limits.skippedAtOnce)
  assert.is(hear(context, rest[0]!), 1)
  assert.is(kept(context), limits.skippedAtOnce - 1)
})

test('of more than two thousand missing the oldest are given up', (context) => {
  const messages = say(context, 3001)
  for (const at of [0, 1000, 2000, 3000]) assert.is.not(hear(context, messages[at]!), undefined)
  assert.is(kept(context), limits.skippedKept)
  assert.is(hear(context, messages[997]!), undefined)
  assert.is.not(hear(context, messages[998]!), undefined)
  assert.is.not(hear(context, messages[2999]!), undefined)
})

test('what has been missing for thirty days is neither opened nor kept', (context) => {
  const messages = say(context, 4)
  assert.is(hear(context, messages[2]!), 2)
  assert.is(kept(context), 2)
  assert.is(hear(context, messages[0]!, now + 29 * day), 0)
  assert.is(hear(context, messages[1]!, now + 31 * day), undefined)
  assert.is(hear(context, messages[3]!, now + 31 * day), 3)
  assert.is(kept(context), 0)
})

test('the missing of five chains are waited for', (context) => {
  const lost: Uint8Array[] = []
  for (let turn = 0; turn < 7; turn++) {
    const [missing, came] = say(context, 2)
    lost.push(missing!)
    assert.is(hear(context, came!), 1)
    const answer = context.machine.seal(context.ben, Uint8Array.of(7), said)!
    context.ben = answer.ratchet
    context.ada = context.machine.open(context.ada, answer.message, said, now)!.ratchet
  }
  assert.is(context.ben.skipped.length, limits.chains)
  assert.equal(
    lost.map((message) => hear(context, message)),
    [undefined, undefined, 0, 0, 0, 0, 0],
  )
})

test('who answers seals nothing before something came', ({ machine, ben }) => {
  assert.is(machine.seal(ben, new Uint8Array(), said), undefined)
})

test('a key of low order is not turned to', (context) => {
  const { host, ada } = context
  const bad = ratchetParts(host.lent.primitives).sealMessage(
    { headerKey: ada.sending!.headerKey, messageKey: new Uint8Array(32) },
    { ratchetKey: new Uint8Array(32), before: 0, n: 0 },
    new Uint8Array(9),
    said,
  )
  assert.is(hear(context, bad), undefined)
})

test.run()
