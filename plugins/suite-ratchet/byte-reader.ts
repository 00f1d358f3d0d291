import { numberAt } from './bytes.ts'

/** Thrown by a reader that finds less, more or other than what must be there. */
class Malformed extends Error {}

/** Takes bytes apart from front to back. What it gives are views, never copies. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  take(length: number): Uint8Array {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new Malformed()
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  number(length: 1 | 2 | 4 | 6): number {
    const at = this.#at
    this.take(length)
    return numberAt(this.#bytes, at, length)
  }

  /** A count that nobody makes larger than `most`. */
  count(length: 1 | 2, most: number): number {
    const count = this.number(length)
    if (count > most) throw new Malformed()
    return count
  }

  /** As many things as the count before them says. */
  list<T>(length: 1 | 2, most: number, read: () => T): T[] {
    return Array.from({ length: this.count(length, most) }, read)
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new Malformed()
  }
}

/** All of the bytes, or undefined when they are not what `read` expects. */
export function parse<T>(bytes: Uint8Array, read: (from: ByteReader) => T): T | undefined {
  try {
    const reader = new ByteReader(bytes)
    const value = read(reader)
    reader.end()
    return value
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}
