import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { getuid, platform } from 'node:process'

/**
 * The lab lives in network, mount and process namespaces of its own. It has no way to any other network, its names are seen by nobody
 * else, and with its first process all of it is gone, however that one ended.
 */
const shell = 'mount -t tmpfs none /run && mkdir -p /run/netns && ip link set lo up && "$@"; exit $?'
const mark = 'PALABRE_LAB'

export const isInside = (): boolean => process.env[mark] === 'inside'

/** Why the lab cannot be had on this machine. */
export function whyNot(): string | undefined {
  if (platform !== 'linux') return `network namespaces are a thing of Linux, this is ${platform}`
  for (const [program, found] of [
    ['ip', 'iproute2'],
    ['nft', 'nftables'],
    ['unshare', 'util-linux'],
    ['mount', 'mount'],
  ] as const)
    if (spawnSync(program, ['--version'], { env: withSbin() }).error !== undefined)
      return `${program} is missing (Debian: apt-get install ${found})`
  const trial = 'ip netns add a && ip -n a link add one type veth peer name other && ip netns exec a nft add table inet t'
  const { status, stderr } = spawnSync('unshare', [...flags(), 'sh', '-c', shell, 'sh', 'sh', '-c', trial], {
    encoding: 'utf8',
    env: withSbin(),
  })
  return status === 0 ? undefined : `namespaces cannot be made here: ${stderr.trim().split('\n').at(-1)}`
}

/** Runs a script of ours inside, and tells the code it ended with. */
export async function runInside(script: string, ...args: readonly string[]): Promise<number> {
  const child = spawn('unshare', [...flags(), 'sh', '-c', shell, 'sh', process.execPath, script, ...args], {
    stdio: 'inherit',
    env: { ...withSbin(), [mark]: 'inside' },
  })
  const end = () => void child.kill('SIGKILL')
  process.once('SIGTERM', end).once('SIGHUP', end)
  // The terminal interrupts all of it; we wait for the report.
  process.on('SIGINT', () => undefined)
  const [code] = (await once(child, 'close')) as [number | null]
  return code ?? 1
}

function flags(): string[] {
  const own = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
  return getuid?.() === 0 ? own : ['--user', '--map-root-user', ...own]
}

/** Where Debian keeps `ip` and `nft`, which is not in everybody's path. */
function withSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` }
}
