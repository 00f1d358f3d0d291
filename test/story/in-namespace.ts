import { spawnSync } from 'node:child_process'

const inside = 'PALABRE_TEST_NAMESPACE'

/** Whether this process is the one that was started in a network of its own. */
export const isInside = process.env[inside] === '1'

/** What keeps a network namespace from being made here; undefined when nothing does. */
export function whyNoNamespace(): string | undefined {
  const { status, stderr, error } = spawnSync(program, [...args, network], { encoding: 'utf8' })
  return status === 0 ? undefined : `no network namespace can be made here: ${stderr?.trim() || error?.message}`
}

/**
 * Runs a file of tests in a network namespace that reaches nobody: one interface with an address that is not loopback and a default
 * route, which WebRTC in a browser asks for.
 */
export function runInNamespace(file: string, timeout = 150_000): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(program, [...args, `${network}\nexec "$0" "$1"`, process.execPath, file], {
    encoding: 'utf8',
    env: { ...process.env, [inside]: '1' },
    timeout,
    killSignal: 'SIGKILL',
  })
  return { code: status, said: `${stdout}\n${stderr}` }
}

const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
const [program, ...args] = ['unshare', ...asRoot, '--net', '--', 'sh', '-ec'] as const

const network = `ip link set lo up
ip link add talk type veth peer name tree
ip address add 10.77.0.1/24 dev talk
ip link set talk up
ip link set tree up
ip route add default via 10.77.0.2`
