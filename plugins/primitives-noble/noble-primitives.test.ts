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

test('randomness can be chosen, for known answers', async () => {
  const { subject, close } = await open()
  const { publicKey } = subject.mlKem768.generate(new Uint8Array(64))
  const random = new Uint8Array(32)
  assert.equal(subject.mlKem768.encapsulate(publicKey, random), subject.mlKem768.encapsulate(publicKey, random))
  await close()
})

test.run()
