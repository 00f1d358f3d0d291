import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit'
import { textOf, type Text } from '@palabre/sdk'
import type { InviteSays } from '@palabre/sdk/contract/contacts'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import type { Port } from '@palabre/sdk/contract/port'
import { acceptPage } from './accept-page.ts'
import { bookPage } from './book-page.ts'
import { contactPage } from './contact-page.ts'
import { contactsStyle } from './contacts-style.ts'
import type { Book, Person } from './follow-book.ts'
import { inviteIn, saveInvite } from './invite-file.ts'
import { invitePage, type OwnInvite } from './invite-page.ts'
import { defineScanner, scannerTag } from './scanner.ts'
import type { Desk } from './desk.ts'
import { takeDrops } from './take-drops.ts'
import { words } from './words.ts'

export const contactsTag = 'palabre-contacts'

export function defineContacts(): void {
  defineScanner()
  if (customElements.get(contactsTag) === undefined) customElements.define(contactsTag, ContactsPanel)
}

/** What a place says of an invite: the address of a page, or what stands after its `#`, is one as well as a link. */
function asSubject(said: string): string {
  const invite = said.trim()
  return invite.startsWith('palabre:') ? invite : `palabre:invite#${invite.split('#').at(-1)}`
}

/** Four pages: everybody, one of them, my invite, an invite of somebody. The subject of the place says which. */
class ContactsPanel extends LitElement {
  static override styles = contactsStyle
  static override properties: PropertyDeclarations = {
    face: { attribute: false },
    invite: { state: true },
    says: { state: true },
    number: { state: true },
    trouble: { state: true },
    removing: { state: true },
    scanner: { state: true },
    isBusy: { state: true },
  }

  declare face: Face
  declare port: Port
  declare book: Book
  declare invite: OwnInvite | undefined
  declare says: InviteSays | undefined
  declare number: string | undefined
  declare trouble: Text | undefined
  declare removing: boolean
  declare scanner: HTMLElement | undefined
  declare isBusy: boolean

  #dropping: Disposable | undefined
  #shown: string | undefined = undefined

  constructor() {
    super()
    this.removing = this.isBusy = false
    wearFace(this, () => [this.book])
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#dropping = takeDrops((file) => {
      this.face.open('contacts', 'accept')
      void this.#readFile(file)
    })
  }

  override disconnectedCallback(): void {
    this.#dropping?.[Symbol.dispose]()
    super.disconnectedCallback()
  }

  takeFocus(): boolean {
    const find = (selector: string) => this.renderRoot.querySelector<HTMLElement>(selector)
    const first = find('[data-first]') ?? find('h1')
    first?.focus()
    return first !== null
  }

  override willUpdate(): void {
    const { view, subject } = this.face.at
    if (view !== 'contacts' || subject === this.#shown) return
    this.#shown = subject
    this.trouble = this.says = this.number = undefined
    this.removing = false
    this.scanner = undefined
    // What was switched on or off meanwhile tells nobody.
    void this.book.refresh()
    if (subject === 'invite' && this.invite === undefined) void this.#do(() => this.#makeInvite())
    if (subject?.startsWith('palabre:') === true) void this.#do(() => this.#read(subject))
    if (subject?.startsWith('pal1') === true) void this.#do(() => this.#readNumber(subject))
  }

  override render(): TemplateResult {
    const subject = this.#shown
    const desk = this.#desk()
    if (subject === 'invite') return invitePage(this.invite, desk)
    if (subject === 'accept' || subject?.startsWith('palabre:') === true)
      return acceptPage(subject === 'accept' ? '' : subject, this.says, desk)
    if (subject === undefined) return bookPage(this.book.now, desk)
    const person = this.book.now.people.find(({ id }) => id === subject)
    return person === undefined
      ? this.#notThere(desk)
      : contactPage(person, { number: this.number, removing: this.removing, keepers: this.book.now.keepers }, desk)
  }

  #notThere({ language, go }: Desk): TemplateResult {
    if (!this.book.now.isReady) return html``
    return html`<div class="empty">
      <p>${words.notThere[language]}</p>
      <button class="button" @click=${() => go(undefined)}>${words.all[language]}</button>
    </div>`
  }

  #desk(): Desk {
    const run = (command: string, args: object) =>
      this.#do(async () => {
        await this.port.run(command, args)
        await this.book.refresh()
      })
    return {
      language: this.face.language,
      trouble: this.trouble ?? this.book.now.trouble,
      isBusy: this.isBusy,
      go: (subject) => this.face.open('contacts', subject),
      talk: (peer) => this.face.open('chat', peer),
      run,
      copy: (said) =>
        this.#do(async () => {
          await navigator.clipboard.writeText(said)
          this.face.say(words.copied)
        }),
      // Begins when the pointer leaves the field for the button, which must not be taken from under it.
      read: (said) => this.#try(() => this.#read(said)),
      readFile: (file) => this.#readFile(file),
      save: saveInvite,
      scanner: this.scanner,
      scan: (on) => (this.scanner = on ? this.#scanner() : undefined),
      accept: (said) =>
        this.#do(async () => {
          const { data } = await this.port.run('invite.accept', { invite: said.trim() })
          await this.book.refresh()
          this.face.open('chat', (data as Person).id)
        }),
      another: () => this.#do(() => this.#makeInvite()),
      askRemove: (asks) => (this.removing = asks),
      remove: (person) =>
        this.#do(async () => {
          await this.port.run('contacts.remove', { contact: person.id, yes: true })
          await this.book.refresh()
          this.face.open('contacts')
        }),
    }
  }

  async #readFile(file: Blob): Promise<void> {
    await this.#do(async () => this.face.open('contacts', asSubject(await inviteIn(file))))
  }

  #scanner(): HTMLElement {
    const found = (said: string) => this.face.open('contacts', asSubject(said))
    return Object.assign(document.createElement(scannerTag), { face: this.face, found })
  }

  /** One thing at a time; what goes wrong is said on the page. */
  async #do(work: () => Promise<void>): Promise<void> {
    this.isBusy = true
    await this.#try(work)
    this.isBusy = false
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.trouble = undefined
    try {
      await work()
    } catch (error) {
      this.trouble = textOf(error)
    }
  }

  async #makeInvite(): Promise<void> {
    this.invite = (await this.port.run('invite.create', {})).data as OwnInvite
    await this.book.refresh()
  }

  async #read(said: string): Promise<void> {
    this.says = undefined
    if (said.trim() === '') return
    this.says = (await this.port.run('invite.read', { invite: said.trim() })).data as InviteSays
  }

  async #readNumber(peer: string): Promise<void> {
    const { safetyNumber } = (await this.port.run('contacts.show', { contact: peer })).data as { safetyNumber: string }
    if (peer === this.#shown) this.number = safetyNumber
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('removing')) return
    const next = this.removing ? '[data-answer="keep"]' : '[data-asks]'
    if (changed.get('removing') !== undefined) this.renderRoot.querySelector<HTMLElement>(next)?.focus()
  }
}
