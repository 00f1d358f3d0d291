import type { Language } from '@palabre/sdk'
import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** The page says on its root element which language is spoken; whoever shows words follows it. */
export class SpokenLanguage implements ReactiveController {
  readonly #observer: MutationObserver

  constructor(host: ReactiveControllerHost) {
    this.#observer = new MutationObserver(() => host.requestUpdate())
    host.addController(this)
  }

  get now(): Language {
    return document.documentElement.lang.startsWith('fr') ? 'fr' : 'en'
  }

  hostConnected(): void {
    this.#observer.observe(document.documentElement, { attributeFilter: ['lang'] })
  }

  hostDisconnected(): void {
    this.#observer.disconnect()
  }
}
