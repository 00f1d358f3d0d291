import { spawnSync } from 'node:child_process'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const inside = 'PALABRE_TEST_NAMESPACE'

/** Whether this process is the one that was started in a network of its own. */
export const isInside = process.env[inside] === '1'

/**
 * Outside, one test: that the tests of this file pass when it runs anew in a network of its own. `missing` is what else they need
 * that is not here.
 */
export function proveInside(file: string, { missing = whyNoNamespace(), timeout = 220_000 }: Proof = {}): void {
  const name = 'its tests pass in a network of their own'
  if (missing !== undefined) console.log(`SKIPPED: ${name}: ${missing}`)
  const prove = missing === undefined ? test : test.skip
  prove(name, () => {
    const { code, said } = runInNamespace(file, timeout)
    assert.is(code, 0, said)
    const measured = said.match(/MEASURED: .*/g) ?? []
    // The first of them may stand behind a dot of the report.
    if (measured.length > 0) console.log(['', ...measured].join('\n'))
  })
  test.run()
}

interface Proof {
  readonly missing?: string | undefined
  /** In milliseconds. */
  readonly timeout?: number
}

/** What keeps a network namespace from being made here; undefined when nothing does. */
function whyNoNamespace(): string | undefined {
  const { status, stderr, error } = spawnSync(program, [...args, network], { encoding: 'utf8' })
  return status === 0 ? undefined : `no network namespace can be made here: ${stderr?.trim() || error?.message}`
}

/** One that reaches nobody: an interface with an address that is not loopback and a default route, which WebRTC in a browser asks for. */
function runInNamespace(file: string, timeout: number): { code: number | null; said: string } {
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
