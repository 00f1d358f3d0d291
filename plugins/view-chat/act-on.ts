import type { Text } from '@palabre/sdk'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import type { ComposerElement } from './composer.ts'
import type { MessageAct } from './message-acts.ts'
import type { RowMarks } from './row-marks.ts'
import type { Talk } from './talk.ts'
import { words } from './words.ts'

/** Where an act takes place. */
interface Scene {
  readonly talk: Talk
  readonly composer: ComposerElement | null
  readonly marks: RowMarks
  mark(part: Partial<RowMarks>): void
  say(said: Text): void
  /** Leads to a message, wherever in the conversation it is. */
  show(message: StoredMessage): Promise<void>
}

/** Does with a message what the person wants. Deleting is asked for twice; whatever is done in between takes the first back. */
export async function actOn(message: StoredMessage, what: MessageAct, scene: Scene, sign = ''): Promise<void> {
  const { talk, composer, mark, say } = scene
  const { id } = message
  const isSure = scene.marks.removing === id
  mark({ removing: undefined })
  switch (what) {
    case 'choose':
      return mark({ choosing: scene.marks.choosing === id ? undefined : id })
    case 'react':
      mark({ choosing: undefined })
      return talk.react(id, sign)
    case 'reply':
      return composer?.reply(message)
    case 'edit':
      return composer?.change(message)
    case 'copy':
      await navigator.clipboard.writeText(message.text)
      return say(words.copied)
    case 'remove':
      if (isSure) return talk.remove(id)
      mark({ removing: id })
      return say(words.reallyRemove)
    case 'withdraw':
      return talk.withdraw(id)
    case 'again':
      return talk.again(message)
    case 'forget':
      return talk.forget(id)
    case 'retry':
      return talk.retry()
    case 'jump':
      return scene.show(message)
  }
}
