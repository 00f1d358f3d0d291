import { newPerson, type CliProcess, type Person } from '../story/cli-process.ts'

/** `palabre relay` in a process of its own, on loopback. It keeps its address and its name when it is started again. */
export interface RelayProcess extends AsyncDisposable {
  readonly operator: Person
  /** To paste into a client. */
  readonly link: string
  /** The one that runs, or ran last. */
  readonly process: CliProcess
  /** As when the power fails. */
  kill(): Promise<void>
  start(): Promise<void>
}

export interface RelayOptions {
  /** The address of a PostgreSQL; else a file of its own. */
  readonly database?: string
  readonly plugins?: object
  readonly env?: Readonly<Record<string, string>>
}

export async function startRelayProcess({ database, plugins = {}, env = {} }: RelayOptions = {}): Promise<RelayProcess> {
  const operator = newPerson({
    plugins: {
      'transport-websocket': false,
      'network-libp2p': { config: { inboundPerSecond: 10_000 } },
      'mailbox-server': { config: { database: database === undefined ? 'sqlite' : 'env:PALABRE_TEST_DATABASE' } },
      ...plugins,
    },
    profiles: { relay: { plugins: { 'stun-server': false } } },
  })
  let running: { readonly process: CliProcess; readonly link: string }

  async function start(): Promise<void> {
    const process = operator.start(['relay', '--json'], { env: { ...env, PALABRE_TEST_DATABASE: database } })
    running = { process, link: /"link":"([^"]+)"/.exec(await process.says(/"link":"[^"]+"/))![1]! }
  }

  await start()
  return {
    operator,
    get link() {
      return running.link
    },
    get process() {
      return running.process
    },
    async kill() {
      running.process.signal('SIGKILL')
      await running.process.ended
    },
    start,
    [Symbol.asyncDispose]: () => operator[Symbol.asyncDispose](),
  }
}
