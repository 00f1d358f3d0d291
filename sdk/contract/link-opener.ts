import { token } from '../token.ts'

/** Whether this machine opens `palabre:` links with us. Lent by hosts that can be opened so, where the system lets a person choose. */
export interface LinkOpener {
  /** `ours`: they come here. `others`: to another program, or another Palabre. `nobody`: nothing opens them. */
  state(): Promise<LinksGo>
  /** Only on the person's word. Fails with `storage-failed`. */
  register(): Promise<void>
  /** Takes back what `register` did, and nothing of others. */
  unregister(): Promise<void>
}

export type LinksGo = 'ours' | 'others' | 'nobody'

export const LinkOpener = token<LinkOpener>('link-opener')
