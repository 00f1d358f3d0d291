import { text, type Text } from '@palabre/sdk'
import { reply, type Reply } from '@palabre/sdk/contract/command'

/** `off`: nothing is wrong, it is switched off or was not configured. */
type Verdict = 'good' | 'weak' | 'bad' | 'off'

/** One thing that was looked at. */
export interface Finding {
  readonly check: string
  readonly verdict: Verdict
  readonly says: Text
  /** For programs. */
  readonly figures?: Readonly<Record<string, unknown>>
}

const marks: Record<Verdict, string> = { good: '✓', weak: '!', bad: '✗', off: '–' }

export function findingReply({ check, verdict, says, figures = {} }: Finding): Reply {
  const line = (words: string) => `${marks[verdict]} ${check}: ${words}`
  return reply({ check, verdict, ...figures }, text(line(says.en), line(says.fr)))
}
