/** What the system shows of ours, and whether it may. */
export interface DeskNotices {
  /** `missing` where there are none for this page: another browser, or a page over plain HTTP from another machine. */
  readonly permission: NotificationPermission | 'missing'
  /** To be called in a click. Shows the browser's own question, unless it has an answer. */
  ask(): Promise<void>
  show(notice: DeskNotice): Disposable
}

interface DeskNotice {
  /** One at a time of this name: a later one takes its place. */
  readonly tag: string
  readonly title: string
  readonly body: string
  readonly language: string
  clicked(): void
}

export const deskNotices: DeskNotices = {
  get permission() {
    return 'Notification' in globalThis ? Notification.permission : 'missing'
  },
  async ask() {
    await Notification.requestPermission()
  },
  show({ tag, title, body, language, clicked }) {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href ?? ''
    // Silent: whether there is a sound is a choice of its own.
    const shown = new Notification(title, { tag, body, icon, lang: language, silent: true })
    shown.addEventListener('click', () => {
      globalThis.focus()
      shown.close()
      clicked()
    })
    return { [Symbol.dispose]: () => shown.close() }
  },
}
