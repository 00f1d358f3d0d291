import type { Language } from '@palabre/sdk'
import type { Conversation } from '@palabre/sdk/contract/messenger'
import { previewOf } from './preview.ts'
import { words } from './words.ts'

/** What stands under a name: the last that was said, or why there is nothing. */
export function lastWords({ last, blocked, waiting }: Conversation, language: Language): string {
  if (blocked) return words.blocked[language]
  if (last === undefined) return (waiting ? words.waiting : words.nothingSaid)[language]
  if (last.kind === 'notice') return words.notice[language]
  const said = last.deletedAt === undefined ? previewOf(last.text) : words.deleted[language]
  return last.mine ? words.you[language] + said : said
}
