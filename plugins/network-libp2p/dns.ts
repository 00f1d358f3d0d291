import type { Names } from '@palabre/sdk/contract/resolver'

/** Types of records. */
const [a, txt, aaaa] = [1, 16, 28]

interface Query {
  readonly types?: number | number[]
  readonly signal?: AbortSignal
}

/** What libp2p asks by itself goes the same way as what transports ask. */
export function dnsBy(names: Names) {
  return {
    async query(name: string, { types = [a, aaaa], signal }: Query = {}) {
      const records = await Promise.all([types].flat().map((type) => recordsOf(name, type, names, signal)))
      const flags = { Status: 0, TC: false, RD: true, RA: true, AD: false, CD: false }
      return { ...flags, Question: [], Answer: records.flat() }
    },
  }
}

async function recordsOf(name: string, type: number, names: Names, signal: AbortSignal | undefined) {
  const data = type === txt ? await names.texts(name, { signal }) : await addresses(name, type, names, signal)
  return data.map((one) => ({ name, type, data: one, TTL: 0 }))
}

async function addresses(name: string, type: number, names: Names, signal: AbortSignal | undefined): Promise<string[]> {
  if (type !== a && type !== aaaa) return []
  const found = await names.addresses(name, { signal, family: type === a ? 4 : 6 })
  return found.map(({ address }) => address)
}
