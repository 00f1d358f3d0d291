import { proveAll } from '@palabre/sdk/conformance/law'
import { primitivesLaws } from '@palabre/sdk/conformance/primitives'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const open = async () => {
  const host = await startTestHost({ plugins: [import.meta.dirname], lend: { primitives: Primitives } })
  return { subject: host.lent.primitives, close: () => host.stop() }
}

proveAll(test, primitivesLaws, open)

test('results are nobody’s Buffer', async () => {
  const { subject, close } = await open()
  const pair = subject.x25519.generate()
  const results = [
    subject.randomBytes(4),
    subject.sha256(pair.publicKey),
    pair.publicKey,
    subject.aead.seal(pair.publicKey, new Uint8Array(24), new Uint8Array(4000), pair.publicKey),
  ]
  for (const bytes of results) assert.is(Object.getPrototypeOf(bytes), Uint8Array.prototype)
  await close()
})

test.run()
