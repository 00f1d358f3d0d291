import { text, type Text } from '@palabre/sdk'
import type { PluginInfo, PluginState } from '@palabre/sdk/contract/plugins'

/** The five ways a plugin can look. Each has a colour, a shape and a word, and any one of the three would do. */
export type Look = 'on' | 'moving' | 'off' | 'reserve' | 'trouble'

export const lookOf = (state: PluginState): Look => looks[state].look

export const wordOf = (state: PluginState): Text => looks[state].word

/** The switch shows what the person wants, which a plugin in trouble does not live up to. */
export const isWanted = ({ state }: Pick<PluginInfo, 'state'>): boolean => lookOf(state) !== 'off'

/** Trying again is all that is left to do by hand. */
export const isGivenUp = ({ state }: Pick<PluginInfo, 'state'>): boolean => state === 'failed' || state === 'quarantined'

const looks: Record<PluginState, { look: Look; word: Text }> = {
  found: { look: 'moving', word: text('Found', 'Trouvé') },
  checked: { look: 'moving', word: text('Checked', 'Vérifié') },
  planned: { look: 'moving', word: text('Waiting to start', 'Va démarrer') },
  starting: { look: 'moving', word: text('Starting', 'Démarre') },
  running: { look: 'on', word: text('Running', 'En marche') },
  stopping: { look: 'moving', word: text('Stopping', 'S’arrête') },
  stopped: { look: 'off', word: text('Stopped', 'Arrêté') },
  disabled: { look: 'off', word: text('Off', 'Désactivé') },
  standby: { look: 'reserve', word: text('In reserve', 'En réserve') },
  blocked: { look: 'trouble', word: text('Blocked', 'Bloqué') },
  failed: { look: 'trouble', word: text('Failed', 'En échec') },
  quarantined: { look: 'trouble', word: text('Given up', 'Mis à l’écart') },
}
