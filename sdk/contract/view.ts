import type { Text } from '../text.ts'
import { slot } from '../token.ts'

/**
 * A piece of face. It is a custom element, so that the contract needs no type of the DOM: the page makes one of `tag`, gives it
 * `properties` and puts it where `place` says; when the view leaves the slot, the element leaves the page.
 */
export interface View {
  /** Unique among views, kept in addresses and settings: `plugins`. */
  readonly id: string
  readonly title: Text
  readonly place: 'panel' | 'status' | 'settings'
  /** Already defined with `customElements.define`; starts with `palabre-`. */
  readonly tag: string
  /** Set on the element before it is shown. */
  readonly properties: Readonly<Record<string, unknown>>
}

export const View = slot<View>('view')
