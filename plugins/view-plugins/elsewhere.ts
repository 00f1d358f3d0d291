import type { HostKind } from '@palabre/sdk'
import type { PluginInfo } from '@palabre/sdk/contract/plugins'

/**
 * Whether a plugin is made for other hosts than the kernel's. Nobody tells which that is, but every plugin that runs is made for it:
 * a plugin that has no host in common with all of them cannot be switched on here.
 */
export function isMadeForOthers({ hosts }: PluginInfo, all: readonly PluginInfo[]): boolean {
  const running = all.filter(({ state }) => state === 'running')
  const possible = every.filter((host) => running.every((info) => info.hosts.includes(host)))
  return possible.length > 0 && !hosts.some((host) => possible.includes(host))
}

const every: readonly HostKind[] = ['cli', 'desktop', 'web']
