import { newPerson, type CliProcess } from '../story/cli-process.ts'

/** A relay as an operator runs it, in a process of its own, that may be killed and started again where it was. */
export interface RelayProcess extends AsyncDisposable {
  readonly link: string
  readonly process: CliProcess
  kill(): Promise<void>
}

const settings = {
  plugins: {},
  profiles: { relay: { plugins: { 'stun-server': false, 'transport-websocket': false } } },
}

export async function startRelayProcess(): Promise<RelayProcess> {
  const operator = newPerson(settings)
  const start = async () => {
    const process = operator.start(['relay', '--json'])
    const [, link = ''] = /"link":"([^"]+)"/.exec(await process.says(/"link":"[^"]+"/)) ?? []
    return { process, link }
  }
  let now = await start()
  return {
    get link() {
      return now.link
    },
    get process() {
      return now.process
    },
    async kill() {
      now.process.signal('SIGKILL')
      await now.process.ended
      now = await start()
    },
    [Symbol.asyncDispose]: () => operator[Symbol.asyncDispose](),
  }
}
