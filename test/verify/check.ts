/** One thing to verify. It may count for more than one, as a run of tests does. */
export interface Check {
  readonly name: string
  run(): Promise<Outcome>
}

export interface Outcome {
  readonly passed: number
  readonly failed: number
  /** Shown when something failed. */
  readonly details: string
}

/** The outcome of a check that holds or does not. */
export const outcome = (holds: boolean, details: string): Outcome => ({ passed: holds ? 1 : 0, failed: holds ? 0 : 1, details })
