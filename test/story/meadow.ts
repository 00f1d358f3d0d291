import { spawnSync } from 'node:child_process'
import * as assert from 'uvu/assert'
import { newPerson, repository, type CliProcess, type Person } from './cli-process.ts'

/** A bridge in the namespace of this process, 10.78.0.1, that machines of their own are plugged into. */
export function openMeadow(): void {
  sh('ip link add meadow type bridge\nip address add 10.78.0.1/24 dev meadow\nip link set meadow up')
}

export interface Machine extends AsyncDisposable {
  /** `palabre …` there. */
  run(...args: string[]): CliProcess
  /** The same for what already runs there, from another terminal. */
  palabre: Person['palabre']
  /** Takes another address for the one it has. */
  move(address: string): void
}

/** A person on a machine of her own; `rules` is what its shell does before she begins. */
export function plugIn(name: string, address: string, plugins: object, rules = ''): Machine {
  const person = newPerson({ plugins })
  let pid = 0
  const setUp = `read go
ip link set lo up
ip address add ${address}/24 dev ${name}
ip link set ${name} up
${rules}
exec "$@"`
  return {
    run(...args) {
      const command = ['unshare', '--net', '--', 'sh', '-ec', setUp, 'sh', process.execPath, `${repository}/host-cli/palabre.ts`]
      const running = person.start(args, { command, stdio: ['pipe', 'pipe', 'pipe'] })
      pid = running.child.pid!
      sh(`ip link add ${name} type veth peer name ${name}-end
ip link set ${name}-end master meadow up`)
      plugWhenThere(name, pid)
      running.child.stdin!.end('go\n')
      return running
    },
    palabre: person.palabre,
    move: (to) => sh(`nsenter --target ${pid} --net sh -ec 'ip address flush dev ${name}\nip address add ${to}/24 dev ${name}'`),
    [Symbol.asyncDispose]: () => person[Symbol.asyncDispose](),
  }
}

/** The process has its own network only once `unshare` has run. */
function plugWhenThere(name: string, pid: number): void {
  sh(`while [ "$(readlink /proc/${pid}/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do :; done
ip link set ${name} netns ${pid}`)
}

function sh(script: string): void {
  const { status, stderr } = spawnSync('sh', ['-ec', script], { encoding: 'utf8', timeout: 10_000 })
  assert.is(status, 0, `${script}\n${stderr}`)
}
