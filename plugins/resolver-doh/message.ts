import { limits } from './limits.ts'

/** The kinds of records we ask for (RFC 1035 3.2.2, RFC 3596). */
export const kinds = { a: 1, cname: 5, txt: 16, aaaa: 28 } as const
export type Kind = (typeof kinds)['a' | 'txt' | 'aaaa']

export interface Answer {
  /** 0: there is such a name; 3: there is none; anything else: the server could not say. */
  readonly code: number
  /** The records of the kind we asked for, under the name or what it stands for. */
  readonly records: readonly Uint8Array[]
  /** Seconds they may be remembered. */
  readonly life: number
}

/** A question with recursion desired and the id 0, as RFC 8484 4.1 has it. The name has passed `labelsOf`. */
export function encodeQuestion(labels: readonly string[], kind: Kind): Uint8Array {
  const bytes = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
  for (const label of labels) bytes.push(label.length, ...new TextEncoder().encode(label))
  return Uint8Array.from([...bytes, 0, 0, kind, 0, 1])
}

/** The parts of a host name, in lower case; `undefined` when it is none (RFC 1123, and `_` as in `_dnsaddr`). */
export function labelsOf(host: string): string[] | undefined {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.')
  const areLabels = labels.every((one) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(one))
  return areLabels && labels.join('.').length <= 253 ? labels : undefined
}

/** `undefined` for what is not an answer to this question, or not all there. Reads each byte at most a few times, whatever it says. */
export function decodeAnswer(bytes: Uint8Array, asked: readonly string[], kind: Kind): Answer | undefined {
  try {
    return readAnswer(new Reader(bytes), asked.join('.'), kind)
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}

class Malformed extends Error {}

function readAnswer(reader: Reader, asked: string, kind: Kind): Answer {
  reader.skip(2)
  const flags = reader.u16()
  // A question sent back, or cut short, is no answer.
  if ((flags & 0x8000) === 0 || (flags & 0x0200) !== 0) throw new Malformed()
  const [questions, answers] = [reader.u16(), reader.u16()]
  reader.skip(4)
  if (questions !== 1 || answers > limits.records) throw new Malformed()
  if (reader.name() !== asked || reader.u16() !== kind || reader.u16() !== 1) throw new Malformed()

  const records: Uint8Array[] = []
  let name = asked
  let life: number = limits.longestLife
  for (let index = 0; index < answers; index++) {
    const record = reader.record()
    if (record.name !== name || record.class !== 1) continue
    if (record.kind !== kind && record.kind !== kinds.cname) continue
    life = Math.min(life, record.life)
    if (record.kind === kind) records.push(record.data)
    // The records that follow belong to what the name stands for.
    else name = record.alias
  }
  return { code: flags & 0x000f, records, life }
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new Malformed()
    return this.#bytes.subarray(this.#at, (this.#at += length))
  }

  skip(length: number): void {
    this.take(length)
  }

  u16(): number {
    const [high = 0, low = 0] = this.take(2)
    return high * 256 + low
  }

  /** With its pointers followed (RFC 1035 4.1.4). Each must lead further back than the one before, so that none leads in a circle. */
  name(): string {
    const labels: string[] = []
    let length = 0
    let back: number | undefined
    let earliest = this.#at
    for (;;) {
      const size = this.take(1)[0]!
      if (size === 0) break
      if (size >= 0xc0) {
        const to = (size & 0x3f) * 256 + this.take(1)[0]!
        if (to >= earliest) throw new Malformed()
        back ??= this.#at
        this.#at = earliest = to
        continue
      }
      length += size + 1
      if (size > 63 || length > 254) throw new Malformed()
      labels.push(String.fromCharCode(...this.take(size)).toLowerCase())
    }
    if (back !== undefined) this.#at = back
    return labels.join('.')
  }

  record() {
    const name = this.name()
    const [kind, family] = [this.u16(), this.u16()]
    const life = this.u16() * 65_536 + this.u16()
    const length = this.u16()
    const start = this.#at
    const data = this.take(length)
    if (kind !== kinds.cname) return { name, kind, class: family, life, data, alias: '' }
    this.#at = start
    const alias = this.name()
    if (this.#at !== start + length) throw new Malformed()
    return { name, kind, class: family, life, data, alias }
  }
}

/** The strings of a TXT record, put together (RFC 1035 3.3.14). */
export function textOf(data: Uint8Array): string {
  const parts: Uint8Array[] = []
  for (let at = 0; at < data.length; at += 1 + data[at]!) parts.push(data.subarray(at + 1, at + 1 + data[at]!))
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const part of parts) {
    all.set(part, end)
    end += part.length
  }
  return new TextDecoder().decode(all)
}

export function addressOf(data: Uint8Array): string | undefined {
  if (data.length === 4) return data.join('.')
  if (data.length !== 16) return undefined
  const groups = Array.from({ length: 8 }, (_, index) => (data[index * 2]! * 256 + data[index * 2 + 1]!).toString(16))
  // The language knows how to shorten it (RFC 5952).
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1)
}
