import type { Text } from '../text.ts'
import { token } from '../token.ts'

/** Asks the person at this host for what must never stand on a command line, in a file or in a log. Lent by hosts. */
export interface Asker {
  /** Somebody looks at what this host shows and can answer. */
  readonly isAttended: boolean
  /**
   * What is typed is not shown. Undefined when nobody can be asked, or nothing was answered. What hosts without a person take in
   * place of an answer depends on what is asked `about`. Rejects with the reason when the signal is aborted.
   */
  secret(question: Text, about: Secret, options?: { signal?: AbortSignal }): Promise<string | undefined>
}

export type Secret = 'passphrase' | 'new-passphrase' | 'recovery-phrase'

export const Asker = token<Asker>('asker')
