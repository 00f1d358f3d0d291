import type { Language, Text } from '@palabre/sdk'
import type { Person } from './follow-book.ts'

/** What the pages are told besides their subject, and what they can ask for. */
export interface Desk {
  readonly language: Language
  readonly trouble: Text | undefined
  readonly isBusy: boolean
  go(subject: string | undefined): void
  talk(peer: string): void
  run(command: string, args: object): Promise<void>
  copy(said: string): Promise<void>
  read(said: string): Promise<void>
  /** An invite in a file, or in a picture of its code. */
  readFile(file: Blob): Promise<void>
  save(link: string): void
  /** The camera, while it looks for a code. */
  readonly scanner: HTMLElement | undefined
  scan(on: boolean): void
  accept(said: string): Promise<void>
  another(): Promise<void>
  askRemove(asks: boolean): void
  remove(person: Person): Promise<void>
}
