import * as assert from 'uvu/assert'
import type { Label } from '../contract/labels.ts'
import type { Vault } from '../contract/vault.ts'
import { isPalabreError, type Code } from '../error.ts'
import { lawWith, type Law } from './law.ts'

export interface VaultSubject {
  /** New and open. */
  readonly vault: Vault
  /** Closes it and opens it again, as the next start of the host would, answering with this passphrase. Rejects when that fails. */
  reopen(passphrase?: string): Promise<Vault>
}

export const vaultLaws: readonly Law<VaultSubject>[] = [
  lawWith('a new vault is open, asks for nothing and is empty', async ({ vault }) => {
    assert.is(vault.hasPassphrase, false)
    assert.is(await vault.read(label('a')), undefined)
  }),
  lawWith('derived keys depend on the label and on nothing else, restarts included', async ({ vault, reopen }) => {
    const key = vault.derive(label('a'))
    assert.is(key.length, 32)
    assert.equal(vault.derive(label('a')), key)
    assert.not.equal(vault.derive(label('b')), key)
    vault.derive(label('a')).fill(0)
    assert.equal(vault.derive(label('a')), key, 'what was given out is a copy')
    await vault.write(label('c'), bytes(1))
    assert.equal((await reopen()).derive(label('a')), key)
  }),
  lawWith('a secret that was written is there, under its label, after restarts too', async ({ vault, reopen }) => {
    const [a, b] = [bytes(1, 2, 3), new Uint8Array()]
    await vault.write(label('a'), a)
    await vault.write(label('b'), b)
    assert.equal([await vault.read(label('a')), await vault.read(label('b'))], [a, b])
    const again = await reopen()
    assert.equal([await again.read(label('a')), await again.read(label('b')), await again.read(label('c'))], [a, b, undefined])
    await again.write(label('a'), bytes(9))
    assert.equal([await again.read(label('a')), await again.read(label('b'))], [bytes(9), b])
    assert.equal(await (await reopen()).read(label('a')), bytes(9))
  }),
  lawWith('secrets written at the same time are all kept', async ({ vault, reopen }) => {
    const names = Array.from({ length: 10 }, (_, i) => `n${i}`)
    await Promise.all(names.map((name, i) => vault.write(label(name), bytes(i))))
    const again = await reopen()
    for (const [i, name] of names.entries()) assert.equal(await again.read(label(name)), bytes(i))
  }),
  lawWith('with a passphrase it opens for that one only, with the same keys and secrets', async ({ vault, reopen }) => {
    await vault.write(label('a'), bytes(1, 2, 3))
    const key = vault.derive(label('a'))
    await vault.setPassphrase('first one é')
    assert.is(vault.hasPassphrase, true)
    assert.is(await codeOf(reopen()), 'denied')
    assert.is(await codeOf(reopen('first one e')), 'denied')
    const again = await reopen('first one e\u0301')
    assert.is(again.hasPassphrase, true)
    assert.equal([again.derive(label('a')), await again.read(label('a'))], [key, bytes(1, 2, 3)])
  }),
  lawWith('a changed passphrase takes the place of the old one, a removed one leaves none', async ({ vault, reopen }) => {
    const key = vault.derive(label('a'))
    await vault.setPassphrase('old')
    await vault.setPassphrase('new')
    assert.is(await codeOf(reopen('old')), 'denied')
    const again = await reopen('new')
    await again.setPassphrase(undefined)
    assert.is(again.hasPassphrase, false)
    assert.equal((await reopen()).derive(label('a')), key)
  }),
  lawWith('an empty passphrase is refused and changes nothing', async ({ vault, reopen }) => {
    assert.is(await codeOf(vault.setPassphrase('')), 'bad-argument')
    assert.is(vault.hasPassphrase, false)
    await reopen()
  }),
]

function label(name: string): Label {
  return `palabre/v1/test/${name}`
}

function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values)
}

async function codeOf(work: Promise<unknown>): Promise<Code | 'no failure' | undefined> {
  try {
    await work
    return 'no failure'
  } catch (error) {
    return isPalabreError(error) ? error.code : undefined
  }
}
