/** One sentence that every provider of a contract must make true, with the proof. */
export interface Law<Subject> {
  readonly name: string
  prove(open: Open<Subject>): Promise<void>
}

/** Opens a fresh subject; `close` must leave nothing behind. */
export type Open<Subject> = () => Promise<{ subject: Subject; close(): Promise<void> }>

/** A law that needs one subject, opened for it and closed after it whatever happens. */
export function lawWith<Subject>(name: string, prove: (subject: Subject) => Promise<void>): Law<Subject> {
  return {
    name,
    async prove(open) {
      const { subject, close } = await open()
      try {
        await prove(subject)
      } finally {
        await close()
      }
    },
  }
}

/** Registers every law as a test of its own: `proveAll(test, clockLaws, open)`. */
export function proveAll<Subject>(
  test: (name: string, run: () => Promise<void>) => void,
  laws: readonly Law<Subject>[],
  open: Open<Subject>,
): void {
  for (const law of laws) test(law.name, () => law.prove(open))
}
