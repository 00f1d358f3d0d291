import type { PluginInfo, PluginState } from '@palabre/sdk/contract/plugins'

/** The five ways a plugin can look. Each has a colour, a shape and a word, and any one of the three would do. */
export type Look = 'on' | 'moving' | 'off' | 'reserve' | 'trouble'

export const lookOf = (state: PluginState): Look => looks[state]

/** The switch shows what the person wants, which a plugin in trouble does not live up to. */
export const isWanted = ({ state }: Pick<PluginInfo, 'state'>): boolean => looks[state] !== 'off'

/** Trying again is all that is left to do by hand. */
export const isGivenUp = ({ state }: Pick<PluginInfo, 'state'>): boolean => state === 'failed' || state === 'quarantined'

const looks: Record<PluginState, Look> = {
  found: 'moving',
  checked: 'moving',
  planned: 'moving',
  starting: 'moving',
  running: 'on',
  stopping: 'moving',
  stopped: 'off',
  disabled: 'off',
  standby: 'reserve',
  blocked: 'trouble',
  failed: 'trouble',
  quarantined: 'trouble',
}
