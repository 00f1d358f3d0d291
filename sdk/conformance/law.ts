/** One sentence that every provider of a contract must make true, with the proof. */
export interface Law<Subject> {
  readonly name: string
  prove(open: Open<Subject>): Promise<void>
}

/** Opens a fresh subject; `close` must leave nothing behind. */
export type Open<Subject> = () => Promise<{ subject: Subject; close(): Promise<void> }>

/** Registers every law as a test: `for (const law of clockLaws) test(law.name, () => law.prove(open))` in one line. */
export function proveAll<Subject>(
  test: (name: string, run: () => Promise<void>) => void,
  laws: readonly Law<Subject>[],
  open: Open<Subject>,
): void {
  for (const law of laws) test(law.name, () => law.prove(open))
}
