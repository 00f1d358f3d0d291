import { MemoryDatastore } from 'datastore-core'
import { Key } from 'interface-datastore'
import { limits } from './limits.ts'

/** Keeps so many records and no more: the one that was written longest ago makes room, and one that is too long is not kept. */
export class BoundedRecords extends MemoryDatastore {
  readonly #written = new Set<string>()
  readonly #most: number

  constructor(most: number = limits.records) {
    super()
    this.#most = most
  }

  override put(key: Key, value: Uint8Array): Key {
    if (value.byteLength > limits.recordBytes) return key
    const name = key.toString()
    this.#written.delete(name)
    this.#written.add(name)
    const [oldest = name] = this.#written
    if (this.#written.size > this.#most) this.delete(new Key(oldest))
    void super.put(key, value)
    return key
  }

  override delete(key: Key): void {
    this.#written.delete(key.toString())
    void super.delete(key)
  }
}
