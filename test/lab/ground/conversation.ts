import * as assert from 'uvu/assert'
import type { Inhabitant, LabProcess } from './inhabitant.ts'
import type { TalkEvent } from '../talk/talk.ts'

/** Numbered frames from one process to another, while things happen to the network between them. */
export interface Conversation {
  readonly teller: LabProcess
  /** Resolves when so many more frames have arrived. */
  more(count: number): Promise<void>
  /** The first news of the teller's path that is so. */
  path(isIt: (event: Extract<TalkEvent, { kind: 'linked' | 'changed' }>) => boolean): Promise<TalkEvent>
  /** Fails unless each frame arrived once and in order; tells the longest silence, in seconds. */
  check(): number
}

const every = 20

export async function startConversation(
  teller: Inhabitant,
  listener: LabProcess,
  target: readonly string[],
): Promise<Conversation> {
  const process = teller.start('talk', 'tell', ...target, '--every', String(every))
  await process.event((event) => event.kind === 'linked')
  const heard = () => listener.events().filter((event) => event.kind === 'heard')
  return {
    teller: process,
    async more(count) {
      const goal = heard().length + count
      await listener.process.says(() => heard().length >= goal)
    },
    path: (isIt) => process.event((event) => (event.kind === 'linked' || event.kind === 'changed') && isIt(event)),
    check() {
      const frames = heard()
      assert.equal(
        frames.map(({ number }) => number),
        frames.map((_, at) => at + 1),
        'each frame once and in order',
      )
      const silences = frames.slice(1).map(({ at }, before) => at - frames[before]!.at)
      return Math.max(...silences) / 1000
    },
  }
}
