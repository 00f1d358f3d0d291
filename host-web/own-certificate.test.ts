import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openCertificate } from './own-certificate.ts'

const dir = mkdtempSync(join(tmpdir(), 'palabre-certificate-'))
test.after(() => rmSync(dir, { recursive: true }))

test('it holds for the addresses, is nobody else’s to read, and is the same the next time', async () => {
  const file = join(dir, 'same', 'certificate.json')
  const made = await openCertificate(file, ['127.0.0.1', '192.0.2.7', 'fd00::7'])
  const read = new X509Certificate(made.cert)
  for (const address of ['127.0.0.1', '192.0.2.7', 'fd00::7']) assert.ok(read.checkIP(address), address)
  assert.ok(read.checkHost('localhost'))
  assert.not(read.checkIP('192.0.2.8'))
  assert.not(read.ca)
  assert.ok(read.verify(read.publicKey))
  assert.is(statSync(file).mode & 0o777, 0o600)
  assert.equal(await openCertificate(file, ['192.0.2.7']), made)
})

test('another address, or a file that is none, make a new one', async () => {
  const file = join(dir, 'other.json')
  const first = await openCertificate(file, ['192.0.2.7'])
  const second = await openCertificate(file, ['192.0.2.8'])
  assert.is.not(second.fingerprint, first.fingerprint)
  writeFileSync(file, '{}')
  assert.is.not((await openCertificate(file, ['192.0.2.8'])).fingerprint, second.fingerprint)
})

test.run()
