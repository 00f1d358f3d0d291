import type { SeededRandom } from '@palabre/sdk/testkit'

/**
 * What goes wrong with a stream, each on average once in so many bytes of one direction. It hangs on how many bytes have passed and
 * not on how they were cut into chunks, so that one seed means one run.
 */
export interface StreamFaults {
  /** One bit is flipped. */
  readonly corrupt?: number
  /** A byte is lost. */
  readonly lose?: number
  /** A byte comes twice. */
  readonly duplicate?: number
  /** A byte changes places with the next one. */
  readonly reorder?: number
  /** The connection ends, with everything up to here delivered. */
  readonly cut?: number
}

export type FaultKind = keyof StreamFaults

const kinds: readonly FaultKind[] = ['corrupt', 'lose', 'duplicate', 'reorder', 'cut']

/** One direction of one connection. */
export interface Mischief {
  /** What becomes of the next bytes; after a cut nothing more is asked. */
  apply(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly cut: boolean }
}

interface Fault {
  readonly kind: FaultKind
  /** The byte of the stream that it strikes. */
  at: number
}

export function createMischief(faults: StreamFaults, random: SeededRandom, tell: (kind: FaultKind) => void): Mischief {
  const distance = (kind: FaultKind) => 1 + Math.floor(-Math.log(1 - random.next()) * (faults[kind] ?? 0))
  const ahead = kinds.filter((kind) => faults[kind] !== undefined).map((kind): Fault => ({ kind, at: distance(kind) }))
  let passed = 0
  /** Waits for its successor, to go after it. */
  let held: number | undefined

  const strike = (byte: number): { out: number[]; cut: boolean } => {
    let out = [byte]
    let hold = false
    let cut = false
    for (const fault of ahead) {
      if (fault.at !== passed) continue
      fault.at += distance(fault.kind)
      tell(fault.kind)
      if (fault.kind === 'corrupt') out = out.map((one) => one ^ (1 << random.below(8)))
      if (fault.kind === 'lose') out = []
      if (fault.kind === 'duplicate') out = [...out, ...out]
      if (fault.kind === 'reorder') hold = true
      if (fault.kind === 'cut') cut = true
    }
    if (held !== undefined) out = [...out, held]
    held = hold && !cut ? out.pop() : undefined
    return { out, cut }
  }

  return {
    apply(bytes) {
      if (ahead.every(({ at }) => at >= passed + bytes.length) && held === undefined) {
        passed += bytes.length
        return { bytes, cut: false }
      }
      const result: number[] = []
      for (const byte of bytes) {
        const { out, cut } = strike(byte)
        passed++
        result.push(...out)
        if (cut) return { bytes: Uint8Array.from(result), cut }
      }
      return { bytes: Uint8Array.from(result), cut: false }
    },
  }
}
