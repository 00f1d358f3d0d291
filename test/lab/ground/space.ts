import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** A network namespace: a machine with interfaces of its own, or a router, or a piece of the internet. */
export interface Space extends AsyncDisposable {
  readonly name: string
  /** `ip …` inside. */
  ip(line: string): Promise<string>
  /** Loads rules, as nft reads them. */
  nft(rules: string): Promise<string>
  setting(name: string, value: string | number): Promise<void>
  /** A process of Node inside; ended with the space. */
  node(args: readonly string[], options?: SpawnOptions): ChildProcess
  /** What a process must be started with to run inside. */
  readonly enter: readonly string[]
}

export async function openSpace(name: string): Promise<Space> {
  await run('ip', ['netns', 'add', name])
  await run('ip', ['-n', name, 'link', 'set', 'lo', 'up'])
  const running = new Set<ChildProcess>()
  const enter = ['ip', 'netns', 'exec', name]
  return {
    name,
    enter,
    ip: (line) => run('ip', ['-n', name, ...line.split(' ')]),
    nft: (rules) => run('ip', ['netns', 'exec', name, 'nft', '-j', rules]),
    setting: async (key, value) => {
      await run('ip', ['netns', 'exec', name, 'sh', '-c', `echo ${value} > /proc/sys/net/${key}`])
    },
    node(args, options = {}) {
      const child = spawn('ip', ['netns', 'exec', name, process.execPath, ...args], options)
      running.add(child)
      child.once('close', () => running.delete(child))
      return child
    },
    async [Symbol.asyncDispose]() {
      const ends = [...running].map((child) => once(child, 'close'))
      for (const child of running) child.kill('SIGKILL')
      await Promise.all(ends)
      await run('ip', ['netns', 'delete', name])
    },
  }
}

/** A cable between an interface here and one there. */
export async function plug(here: Space, name: string, there: Space, other: string): Promise<void> {
  await run('ip', ['link', 'add', name, 'netns', here.name, 'type', 'veth', 'peer', 'name', other, 'netns', there.name])
  await Promise.all([here.ip(`link set ${name} up`), there.ip(`link set ${other} up`)])
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, args)
  return stdout
}
