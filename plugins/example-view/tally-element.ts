import type { Face } from '@palabre/sdk/contract/face'
import type { Tally } from './tally.ts'
import { counted } from './words.ts'

export const tallyTag = 'palabre-tally'

export function defineTally(): void {
  if (customElements.get(tallyTag) === undefined) customElements.define(tallyTag, TallyElement)
}

/** A view needs no library: any custom element will do. This one says a number, in the language that is spoken. */
class TallyElement extends HTMLElement {
  declare face: Face
  declare tally: Tally
  #watching: readonly Disposable[] = []

  connectedCallback(): void {
    const show = () => (this.textContent = counted(this.tally.now)[this.face.language])
    this.#watching = [this.face.watch(show), this.tally.watch(show)]
    show()
  }

  disconnectedCallback(): void {
    for (const one of this.#watching) one[Symbol.dispose]()
  }
}
