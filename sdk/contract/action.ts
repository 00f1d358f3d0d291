import type { Text } from '../text.ts'
import { slot } from '../token.ts'

/** Something a person can do in a face: it stands in the palette, and may have a key. */
export interface Action {
  /** Unique among actions: `contacts.invite`. */
  readonly id: string
  readonly title: Text
  /** As it is written on a keyboard map: `Ctrl+Shift+P`, `Alt+ArrowDown`. `Ctrl` is the command key on Apple's machines. */
  readonly key?: string
  /** What it throws is told to the person. */
  run(): void | Promise<void>
}

export const Action = slot<Action>('action')
