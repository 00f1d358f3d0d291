import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One case of a Wycheproof file; every field but these is hexadecimal text. */
export interface Case {
  readonly tcId: number
  readonly comment?: string
  readonly flags?: readonly string[]
  readonly result: 'valid' | 'invalid' | 'acceptable'
  readonly size?: number
}

export interface Group<Fields extends string> {
  readonly tests: readonly (Case & Readonly<Record<Fields, string>>)[]
  readonly publicKey: { readonly pk: string }
  readonly tagSize?: number
}

export function groupsOf<Fields extends string>(file: string): readonly Group<Fields>[] {
  const json = readFileSync(join(import.meta.dirname, 'wycheproof', `${file}.json`), 'utf8')
  return (JSON.parse(json) as { testGroups: Group<Fields>[] }).testGroups
}

export function bytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

export function hex(value: Uint8Array | undefined): string | undefined {
  return value === undefined ? undefined : Buffer.from(value).toString('hex')
}
