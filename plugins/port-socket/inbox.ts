import type { PalabreError } from '@palabre/sdk'
import type { Reply } from '@palabre/sdk/contract/command'
import type { Asker } from './requests.ts'

/** Replies of a stream that wait to be read. */
export interface Inbox extends Asker {
  /** The next reply; undefined at the end; rejects with what the stream failed with, after all that came before. */
  next(): Promise<Reply | undefined>
}

export function createInbox(): Inbox {
  const replies: Reply[] = []
  let over: { readonly error?: PalabreError } | undefined
  let wake = () => {}
  const finish = (how: { readonly error?: PalabreError }) => {
    over = how
    wake()
  }
  return {
    reply(reply) {
      replies.push(reply)
      wake()
    },
    end: () => finish({}),
    fail: (error) => finish({ error }),
    async next() {
      while (replies.length === 0 && over === undefined) await new Promise<void>((resolve) => (wake = resolve))
      if (replies.length > 0) return replies.shift()
      if (over?.error !== undefined) throw over.error
      return undefined
    },
  }
}
