import { follow, text } from '@palabre/sdk'
import { reply, type CommandContext, type Reply } from '@palabre/sdk/contract/command'
import type { Choices, KeptChoices } from './kept-choices.ts'

export function choiceCommands(choices: KeptChoices) {
  return {
    show: () => replyOf(choices.now()),
    async keep({ key, value }: { key: string; value: string }) {
      await choices.keep(key, value)
      return replyOf(choices.now())
    },
    /** What is kept now, then each change. */
    async *watch(_args: object, { signal }: CommandContext): AsyncGenerator<Reply> {
      const changes = follow<void>((tell) => choices.watch(() => tell()), signal)
      yield replyOf(choices.now())
      for await (const _change of changes) yield replyOf(choices.now())
    },
  }
}

function replyOf(now: Choices): Reply {
  const rows = Object.entries(now)
    .map(([key, value]) => `${key} = ${value}`)
    .toSorted()
    .join('\n')
  return reply(now, rows === '' ? text('Nothing was chosen yet.', 'Rien n’a encore été choisi.') : text(rows, rows))
}
