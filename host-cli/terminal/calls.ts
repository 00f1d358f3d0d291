import type { Kernel } from '@palabre/kernel'
import type { Asker } from '@palabre/sdk/contract/asker'
import type { Reply } from '@palabre/sdk/contract/command'
import { HolderLeft, runAttached } from '../attached-run.ts'
import type { HoldNote } from '../hold-file.ts'
import { noneRuns } from '../other-holder.ts'

/** All that a conversation needs of a kernel, wherever that is: commands. */
export interface Calls {
  run(command: string, args?: object): Promise<Reply>
  /** Each answer of a command that goes on. */
  follow(command: string): AsyncIterable<Reply>
}

export function callsHere({ commands }: Kernel, signal: AbortSignal): Calls {
  return {
    run: (command, args = {}) => commands.run(command, args, { signal }),
    follow: (command) => commands.stream(command, {}, { signal }),
  }
}

/** In the Palabre that holds the profile. */
export function callsThere(note: HoldNote, asker: Asker, signal: AbortSignal): Calls {
  return {
    async run(command, args = {}) {
      const answers = await Array.fromAsync(asked({ command, args, lasts: false }))
      return answers.at(-1) ?? { data: null }
    },
    follow: (command) => asked({ command, args: {}, lasts: true }),
  }

  async function* asked(call: Parameters<typeof runAttached>[1]): AsyncGenerator<Reply> {
    try {
      yield* runAttached(note, call, { asker, signal })
    } catch (error) {
      throw error instanceof HolderLeft ? noneRuns() : error
    }
  }
}
