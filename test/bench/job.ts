/** One thing that is measured. `*.bench.ts` files export a list of them as `jobs`. */
export interface Job {
  /** `npm run bench -- kernel/start` runs the job `start` of `kernel.bench.ts`. */
  readonly name: string
  /** Each row is shown as it comes. Throws when the job cannot be done, never because of a number. */
  run(): AsyncIterable<Row>
}

/** One line of the table: what we took in each round and, in the same rounds, what the peer took. Less is better everywhere. */
export interface Row {
  readonly what: string
  readonly unit: Unit
  readonly ours: readonly number[]
  readonly peer?: { readonly name: string; readonly took: readonly number[] }
  readonly aim?: Aim
  /** Said beneath the line: how the time divides, what is unlike real life. */
  readonly notes?: readonly string[]
}

export type Unit = 'ns' | 'ms' | 'kB' | 'MB'

/** What must stay small: our share of the peer's, what we take, or how much more than the peer. */
export interface Aim {
  readonly of: 'ratio' | 'ours' | 'more'
  readonly atMost: number
}
