import { definePlugin, utf8 } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { Identity } from '@palabre/sdk/contract/identity'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import type { Envelope } from '@palabre/sdk/contract/route'
import { Suite } from '@palabre/sdk/contract/suite'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeBody } from './body.ts'
import { encodeContent } from './content.ts'
import type { PeerState } from './peer-state.ts'
import { createSealing, type SealedRow } from './sealing.ts'

const id = '00112233445566778899aabbccddeeff'
const rowOf = (sealed: SealedRow['sealed']): SealedRow => ({
  envelope: id,
  conversation: 'bob',
  sealed,
  proof: new Uint8Array(16),
  queuedAt: 0,
  attempts: 0,
  nextTry: 0,
  storedAt: [],
})

/** The real suite of one person. */
async function openSuite() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-sealing-'))
  const lending = definePlugin({
    provides: { folder: ProfileFolder, asker: Asker },
    start: () => ({
      folder: { file: (name: string) => join(folder, name) },
      asker: { isAttended: false, secret: async () => undefined },
    }),
  })
  const others = ['suite-ratchet', 'identity-seed', 'vault-file', 'primitives-node'].map((one) =>
    join(import.meta.dirname, '..', one),
  )
  const host = await startTestHost({
    plugins: [...others, testPlugin('host-test', lending)],
    besideOthers: true,
    lend: { suites: Suite, primitives: Primitives, identity: Identity },
  })
  const [suite] = [...host.lent.suites]
  const close = async () => {
    await host.stop()
    rmSync(folder, { recursive: true })
  }
  return { ...host.lent, suite: suite!, clock: host.clock, [Symbol.asyncDispose]: close }
}

test('plaintext in the outbox, or handed to a road, does not compile', () => {
  const plaintext = utf8.encode('meet me at four')
  // @ts-expect-error -- only a suite makes what a row holds
  const row = rowOf(plaintext)
  // @ts-expect-error -- and what a road carries
  const envelope: Envelope = { id, sealed: plaintext }
  assert.equal([row.sealed, envelope.sealed], [plaintext, plaintext])
})

test('a content is sealed in as many envelopes as it takes, numbered one after the other, each with a proof of its own', async () => {
  await using ada = await openSuite()
  await using bob = await openSuite()
  const { suite, primitives, clock } = ada
  const seal = createSealing({ primitives, clock, suiteCalled: () => suite })
  const { offer, prekeys } = bob.suite.offer(bob.suite.createPrekeys(clock.now()), { once: true })
  const begun: PeerState = {
    suite: suite.name,
    session: suite.begin(offer, bob.identity.signingKey),
    epoch: 77,
    next: 5,
    heard: [],
    begunAt: 0,
  }
  const marker = 'gentian-violet '
  const content = encodeContent({ kind: 'text', id, text: marker.repeat(2_000), at: 1 })
  const { state, rows } = seal(begun, content, { conversation: 'bob', message: id, ordered: true })
  assert.is(rows.length, 3)
  assert.is(state.next, 8)
  assert.is(new Set(rows.map(({ proof }) => proof.join())).size, 3)
  for (const { sealed } of rows) assert.not.ok(Buffer.from(sealed).includes(marker))
  const first = (await bob.suite.answer(prekeys, rows[0]!.sealed, async () => undefined))!
  const body = decodeBody(first.body)!
  assert.equal([body.epoch, body.number, body.part, body.parts, body.proof], [77, 5, 0, 3, rows[0]!.proof])

  const light = seal(state, encodeContent({ kind: 'typing' }), { conversation: 'bob', ordered: false })
  assert.is(light.state.next, 8)
  const opening = bob.suite.open(first.session, light.rows[0]!.sealed)!
  assert.is(decodeBody(opening.body)!.epoch, 0)
})

test.run()
