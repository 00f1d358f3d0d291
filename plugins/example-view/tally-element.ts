import type { Face } from '@palabre/sdk/contract/face'
import type { Tally } from './tally.ts'
import { counted } from './words.ts'

export const tallyTag = 'palabre-tally'

/** The class is made when it is needed: whoever reads the catalogue without a page has no elements. */
export function defineTally(): void {
  if (customElements.get(tallyTag) === undefined) customElements.define(tallyTag, tallyElement())
}

/** A view needs no library: any custom element will do. This one says a number, in the language that is spoken. */
function tallyElement(): CustomElementConstructor {
  return class extends HTMLElement {
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
}
