import type { Face } from '@palabre/sdk/contract/face'
import type { Choices } from './choices.ts'
import type { DeskNotices } from './desk-notice.ts'
import type { News } from './follow-news.ts'
import { newMessages } from './words.ts'

export interface Notices extends Disposable {
  came(news: News): void
  went(message: string): void
  /** Somebody wrote while the person was elsewhere, and whether to tell them is not decided. */
  readonly isToBeOffered: boolean
  /** The person wants to be told; false when the browser does not let us. To be called in a click. */
  accept(): Promise<boolean>
  decline(): void
}

interface Parts {
  readonly face: Face
  readonly choices: Choices
  readonly desk: DeskNotices
  chime(): void
  /** `isToBeOffered` may have changed. */
  changed(): void
}

const longest = 160

/** Who is told what, and for how long it stands there: never while the conversation is in view. */
export function createNotices({ face, choices, desk, chime, changed }: Parts): Notices {
  const shown = new Map<string, { readonly message: string; readonly notice: Disposable }>()
  let cameElsewhere = false

  const isInView = (conversation: string) => face.watched && face.at.view === 'chat' && face.at.subject === conversation
  const close = (conversation: string) => {
    shown.get(conversation)?.notice[Symbol.dispose]()
    shown.delete(conversation)
  }
  const show = ({ message, conversation, name, text, unread }: News) => {
    const said = choices.showsText ? text.slice(0, longest) : newMessages(unread)[face.language]
    const clicked = () => face.open('chat', conversation)
    const notice = desk.show({ tag: conversation, title: name, body: said, language: face.language, clicked })
    shown.set(conversation, { message, notice })
  }
  const watching = face.watch(() => {
    for (const conversation of shown.keys()) if (isInView(conversation)) close(conversation)
  })

  return {
    came(news) {
      if (isInView(news.conversation)) return
      cameElsewhere ||= !face.watched
      if (choices.sounds) chime()
      if (choices.tells === true && desk.permission === 'granted') show(news)
      changed()
    },
    went(message) {
      for (const [conversation, one] of shown) if (one.message === message) close(conversation)
    },
    get isToBeOffered() {
      if (!cameElsewhere) return false
      return choices.tells === undefined
        ? ['default', 'granted'].includes(desk.permission)
        : choices.tells && desk.permission === 'default'
    },
    async accept() {
      if (desk.permission === 'default') await desk.ask()
      const may = desk.permission === 'granted'
      choices.tells = may
      return may
    },
    decline() {
      choices.tells = false
    },
    [Symbol.dispose]() {
      watching[Symbol.dispose]()
      for (const conversation of shown.keys()) close(conversation)
    },
  }
}
