import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Globals } from './globals.ts'
import { openNodeHost } from './node-host.ts'

/** Somebody made on the spot: a kernel and a profile folder of their own, which is removed at the end. */
export interface DemoPerson extends AsyncDisposable {
  readonly name: string
  run<Data>(command: string, args?: object): Promise<Data>
  start(): Promise<void>
}

const verbs = ['command-messages', 'command-contacts', 'command-identity', 'network-commands']
const offInDemo = [
  'transport-websocket',
  'transport-quic',
  'discovery-mdns',
  'discovery-bootstrap',
  'discovery-kademlia',
  'nat-upnp',
]

export function openDemoPerson(name: string, { profileDir: mine, plugins, language }: Globals, signal: AbortSignal): DemoPerson {
  const profileDir = mkdtempSync(join(tmpdir(), 'palabre-demo-'))
  const own = plugins ?? join(mine, 'plugins.json')
  const host = openNodeHost({
    host: 'cli',
    profileDir,
    pluginsFile: existsSync(own) ? own : plugins,
    language,
    overlay: { source: 'palabre demo', json: JSON.stringify(overlay) },
  })
  return {
    name,
    start: () => host.start(verbs),
    run: async <Data>(command: string, args: object = {}) =>
      (await host.kernel.commands.run(command, args, { signal })).data as Data,
    async [Symbol.asyncDispose]() {
      await host.stop()
      rmSync(profileDir, { recursive: true, force: true })
    },
  }
}

/** What stands in plugins.json holds, but nothing leaves this machine, and all of it takes the road that is recorded. */
const overlay = {
  plugins: {
    'log-console': false,
    'transport-tcp': { enabled: true, config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
    ...Object.fromEntries(offInDemo.map((id) => [id, false])),
  },
}
