import type { PluginInfo } from '@palabre/sdk/contract/plugins'

/** A plugin of which only this is of interest. */
export function pluginInfo(part: Partial<PluginInfo> & Pick<PluginInfo, 'id'>): PluginInfo {
  return {
    version: '0.1.0',
    title: { en: part.id, fr: part.id },
    hosts: ['web'],
    state: 'running',
    attempt: 0,
    sees: [],
    config: {},
    configSchema: {},
    commands: [],
    holds: { taps: 0, timers: 0, commands: 0, services: 0, contributions: 0, others: 0 },
    problems: [],
    times: { import: 0, start: 0 },
    ...part,
  }
}
