import { join } from 'node:path'
import { newPerson, repository, type CliProcess } from '../../story/cli-process.ts'
import type { TalkEvent } from '../talk/talk.ts'
import type { Space } from './space.ts'

/** Somebody with a profile of their own on a machine of the lab, who runs the real command line there. */
export interface Inhabitant extends AsyncDisposable {
  start(...args: string[]): LabProcess
}

/** `palabre … --json` while it runs: what it says, an event a line. */
export interface LabProcess {
  readonly process: CliProcess
  /** What was said so far. */
  events<T = TalkEvent>(): T[]
  /** The first that is so, from now or before; a process that does not come to say it is ended, and this fails with what it said. */
  event<T = TalkEvent>(isIt: (event: T) => boolean): Promise<T>
}

/** Far beyond every limit of the network. */
const patience = 30_000

export type PluginSettings = Readonly<Record<string, boolean | object>>

/** What a lab of networks needs none of: twenty processes start on two cores. */
const homebody = Object.fromEntries(
  [
    'messenger-pipeline',
    'route-link',
    'contacts-book',
    'command-contacts',
    'command-messages',
    'invite-short',
    'mailbox-friends',
  ].map((name) => [name, false]),
)

/** Where they listen as shipped, to everybody: outside a lab a person of the tests would listen to its own machine alone. */
const open = { 'transport-tcp': true, 'transport-websocket': true }

const talk = { from: join(import.meta.dirname, '..', 'talk') }

/** Plugins of the profile `network` with these settings over them. */
export function moveIn(space: Space, plugins: PluginSettings = {}): Inhabitant {
  const settings = Object.entries(plugins).map(([name, one]) => [
    name,
    typeof one === 'boolean' ? one : { enabled: true, config: one },
  ])
  const person = newPerson({ plugins: { ...homebody, ...open, 'lab-talk': talk, ...Object.fromEntries(settings) } })
  const command = [...space.enter, process.execPath, join(repository, 'host-cli', 'palabre.ts')]
  return {
    start(...args) {
      const running = person.start(['--profile', 'network', '--json', ...args], { command })
      return {
        process: running,
        events: <T>() => eventsIn<T>(running.said()),
        async event<T>(isIt: (event: T) => boolean) {
          const late = setTimeout(() => running.signal('SIGKILL'), patience)
          const said = await running.says((said) => eventsIn<T>(said).some(isIt)).finally(() => clearTimeout(late))
          return eventsIn<T>(said).find(isIt)!
        },
      }
    },
    [Symbol.asyncDispose]: () => person[Symbol.asyncDispose](),
  }
}

/** A last line that is not whole yet is left for later. */
function eventsIn<T>(said: string): T[] {
  const lines = said.split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as T)
}
