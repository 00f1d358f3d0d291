import { LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { textOf, type Text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { actOn } from './act-on.ts'
import { chatStyle } from './chat-style.ts'
import { composerTag, defineComposer, type ComposerElement } from './composer.ts'
import { createFoundWords } from './found-words.ts'
import { actOfKey, type MessageAct } from './message-acts.ts'
import type { RowContext } from './message-row.ts'
import { noTalk } from './no-talk.ts'
import { createReadingPlace } from './reading-place.ts'
import { noMarks, type RowMarks } from './row-marks.ts'
import { rowStyle } from './row-style.ts'
import { saidStyle } from './said-style.ts'
import { searchBox } from './search-box.ts'
import { searchStyle } from './search-style.ts'
import type { Talk } from './talk.ts'
import { defineTalkDialog, talkDialogTag, type TalkDialog, type TalkQuestion } from './talk-dialog.ts'
import { talkView } from './talk-view.ts'
import { toolsStyle } from './tools-style.ts'
import { words } from './words.ts'

export const chatTag = 'palabre-chat'

export function defineChat(): void {
  defineComposer()
  defineTalkDialog()
  if (customElements.get(chatTag) === undefined) customElements.define(chatTag, ChatPanel)
}

/** What the actions of this view ask for. */
const asks = ['search', 'fuse', 'clear', 'retry'] as const

class ChatPanel extends LitElement {
  static override styles = [chatStyle, rowStyle, saidStyle, toolsStyle, searchStyle]
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    marks: { state: true },
  }

  declare face: Face
  declare open: (peer: string) => Talk
  declare asked: EventTarget
  declare marks: RowMarks

  #talk: Talk | undefined
  #following: Disposable | undefined
  #watching: Disposable | undefined
  #place = createReadingPlace()
  readonly #search = createFoundWords(() => this.requestUpdate())

  constructor() {
    super()
    this.marks = noMarks
    wearFace(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    for (const what of asks) this.asked.addEventListener(what, this.#answer)
    this.#watching = this.face.watch(() => this.#markRead())
  }

  override disconnectedCallback(): void {
    for (const what of asks) this.asked.removeEventListener(what, this.#answer)
    this.#watching?.[Symbol.dispose]()
    this.#leave()
    super.disconnectedCallback()
  }

  /** The frame asks, when the person comes here. */
  takeFocus(): boolean {
    const composer = this.renderRoot.querySelector<ComposerElement>(composerTag)
    composer?.takeFocus()
    return composer !== null
  }

  override willUpdate(): void {
    const { view, subject } = this.face.at
    // Elsewhere the conversation stays as it was left.
    if ((view !== 'chat' && view !== '') || subject === this.#talk?.peer) return
    this.#leave()
    if (subject === undefined) return
    const talk = (this.#talk = this.open(subject))
    this.#following = talk.watch(() => {
      if (this.#log !== null) this.#place.hold(this.#log)
      this.requestUpdate()
    })
    this.#place = createReadingPlace()
  }

  #leave(): void {
    this.#following?.[Symbol.dispose]()
    void this.#talk?.[Symbol.asyncDispose]()
    this.#talk = undefined
    this.marks = noMarks
    this.#search.close()
  }

  override render(): TemplateResult {
    return this.#talk === undefined ? noTalk(this.face) : this.#conversation(this.#talk)
  }

  #conversation(talk: Talk): TemplateResult {
    const name = talk.now.with?.name ?? '…'
    return talkView({
      face: this.face,
      talk,
      name,
      rows: this.#context(talk, name),
      search: this.#searchBox(talk, name),
      isAway: this.#place.isAway,
      toSearch: this.#toSearch,
      toEnd: this.#toEnd,
      ask: this.#ask,
      scrolled: this.#scrolled,
      point: this.#point,
      walk: this.#walk,
    })
  }

  #context(talk: Talk, name: string): RowContext {
    const { language } = this.face
    const { messages } = talk.now.stretch
    const { active } = this.marks
    const isHeld = active !== undefined && messages.some(({ id }) => id === active)
    return {
      ...this.marks,
      language,
      name,
      // One of them can always be reached with the Tab key.
      active: isHeld ? active : messages.findLast(({ kind }) => kind === 'text')?.id,
      replied: (id) => talk.message(id),
      whyWaiting: (id) => talk.now.waiting.get(id)?.why[language],
      act: (what, message, sign) => this.#act(talk, what, message, sign),
      follow: (link) => this.face.open('contacts', link),
    }
  }

  #act(talk: Talk, what: MessageAct, message: StoredMessage, sign?: string): void {
    const scene = {
      talk,
      composer: this.renderRoot.querySelector<ComposerElement>(composerTag),
      marks: this.marks,
      mark: this.#mark,
      say: (said: Text) => this.face.say(said),
      show: (one: StoredMessage) => this.#show(talk, one),
    }
    actOn(message, what, scene, sign).catch(this.#tell)
  }

  readonly #mark = (part: Partial<RowMarks>) => (this.marks = { ...this.marks, ...part })

  readonly #tell = (error: unknown) => this.face.say(textOf(error))

  async #show(talk: Talk, message: StoredMessage): Promise<void> {
    if (!talk.now.stretch.messages.some(({ id }) => id === message.id)) await talk.around(message.place)
    this.#mark({ found: message.id, active: message.id })
    this.#place.leave()
    await this.updateComplete
    const row = this.renderRoot.querySelector<HTMLElement>(`[data-message="${message.id}"]`)
    row?.scrollIntoView({ block: 'center' })
    row?.focus({ preventScroll: true })
  }

  #searchBox(talk: Talk, name: string): TemplateResult | typeof nothing {
    if (this.#search.now === undefined) return nothing
    return searchBox(this.#search.now, {
      language: this.face.language,
      name,
      seek: (wanted) => void this.#search.seek(talk, wanted),
      choose: (message) => void this.#show(talk, message).catch(this.#tell),
      close: () => {
        this.#search.close()
        this.takeFocus()
      },
    })
  }

  readonly #toSearch = () => {
    if (this.#talk === undefined) return
    this.#search.toggle()
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.search input')?.focus())
  }

  /** What is asked of this view by its actions. */
  readonly #answer = ({ type }: Event) => {
    const talk = this.#talk
    if (talk === undefined) return this.face.say(words.choose)
    if (type === 'search') this.#toSearch()
    else if (type === 'retry') void talk.retry().catch(this.#tell)
    else this.#ask(type as TalkQuestion)
  }

  readonly #ask = (question: TalkQuestion) => void this.renderRoot.querySelector<TalkDialog>(talkDialogTag)?.ask(question)

  /** The row that the pointer or the focus moves to shows its tools; one that moves under a pointer at rest does not. */
  readonly #point = (event: Event) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-message]')
    const id = row?.dataset['message']
    if (id === undefined || id === this.marks.active) return
    this.#mark({ active: id, choosing: undefined, removing: undefined })
  }

  /** Up and down walk through the messages, letters do what the tools do. */
  readonly #walk = (event: KeyboardEvent) => {
    const row = event.target as HTMLElement
    if (!row.matches('li[data-message]')) return
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (event.key === 'Escape') this.takeFocus()
    if (step === undefined) return this.#press(event, row.dataset['message']!)
    event.preventDefault()
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('li.message')]
    all[all.indexOf(row) + step]?.focus()
  }

  #press(event: KeyboardEvent, id: string): void {
    const talk = this.#talk
    const message = talk?.message(id)
    const act = message === undefined ? undefined : actOfKey(event, message)
    if (talk === undefined || message === undefined || act === undefined) return
    event.preventDefault()
    this.#act(talk, act, message)
  }

  get #log(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.log')
  }

  readonly #scrolled = () => {
    const log = this.#log
    if (log === null || this.#talk === undefined) return
    const wasAway = this.#place.isAway
    this.#place.scrolled(log, this.#talk)
    if (this.#place.isAway !== wasAway) this.requestUpdate()
    this.#markRead()
  }

  readonly #toEnd = () => {
    this.#mark({ found: undefined })
    const there = this.#talk?.toEnd().then(() => {
      this.#place.goToEnd()
      this.requestUpdate()
    })
    there?.catch(this.#tell)
  }

  #markRead(): void {
    if (this.#place.isAtEnd && this.face.watched && this.checkVisibility()) this.#talk?.markRead()
  }

  protected override updated(): void {
    const log = this.#log
    if (log === null || this.#talk === undefined) return
    this.#place.settle(log, this.#talk)
    this.#markRead()
  }
}
