import type { Text } from '@palabre/sdk'

/** One way to show the page to the person. */
export interface WayToShow {
  readonly window: Shown['window']
  /** Undefined when this machine has no such way: the next one is tried. */
  open(address: string): Promise<OpenWindow | undefined>
}

export interface OpenWindow {
  /** Brings it to the front, at this address; false when it cannot be reached and has to be opened anew. */
  show(address: string): Promise<boolean>
  /** How it ended; never resolves where nobody can tell. */
  readonly ended: Promise<'closed' | 'lost'>
  close(): Promise<void>
}

/** What became of the wish to show the page. */
export interface Shown {
  readonly window: 'app-window' | 'default-browser' | 'none'
  /** Opens once; given when there is no window or a program asked. */
  readonly address?: string
  /** Why there is nothing to be shown, and what to do. */
  readonly reason?: Text
  readonly todo?: Text
}
