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
  readonly place: ViewPlace
  /** Already defined with `customElements.define`; starts with `palabre-`. */
  readonly tag: string
  /** Set on the element before it is shown. */
  readonly properties: Readonly<Record<string, unknown>>
  /** The lower comes first among views of its place; 50 where it is left out. */
  readonly order?: number
  /** A drawing on a square of 24, as the `d` of one path whose lines are drawn 1.75 wide. */
  readonly icon?: string
  /** For `side` and `head`: the id of the panel it belongs to. */
  readonly of?: string
}

/**
 * `panel`: fills the main area, one at a time, reached from the rail. `side`: stands beside its panel; where there is little room the
 * two take turns, and the way back goes into the element of the panel, with the attribute `slot="back"`. `head`: goes there too, with
 * `slot="head"`. `status`: a line in the status bar. `settings`: a section of the settings. `welcome`: covers everything for as long as
 * it is in the slot. `dialog`: the same, over the rest, in a box. `offer`: a strip over the main area with something the person can take
 * up or wave away; one at a time.
 */
export type ViewPlace = 'panel' | 'side' | 'head' | 'status' | 'settings' | 'welcome' | 'dialog' | 'offer'

export const View = slot<View>('view')
