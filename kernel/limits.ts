import { PalabreError, text } from '@palabre/sdk'

/** How long, in milliseconds, and how often. */
export const limits = {
  start: 10_000,
  stop: 5_000,
  /** To let go of a provider that leaves; shorter than a stop, so that the slow one is blamed and not the provider. */
  leave: 2_000,
  /** To end a command whose caller has gone. */
  answer: 2_000,
  /** To take changed settings while running. */
  config: 5_000,
  /** Waits before the first, second and third retry; after that, quarantine. */
  retries: [1_000, 4_000, 16_000],
  crashes: 3,
  crashWindow: 5 * 60_000,
} as const

export function tooSlow(id: string, doing: keyof typeof slowness, ms: number): PalabreError {
  const seconds = ms / 1000
  const { en, fr } = slowness[doing]
  return new PalabreError(
    'plugin-too-slow',
    text(`${id} ${en.replace('#', `${seconds}`)}`, `${id} ${fr.replace('#', `${seconds}`)}`),
    { plugin: id },
  )
}

const slowness = {
  start: text('did not start within # s', 'n’a pas démarré en # s'),
  stop: text('did not stop within # s and was left behind', 'ne s’est pas arrêté en # s et a été abandonné'),
  leave: text('did not let go of a provider within # s', 'n’a pas lâché un fournisseur en # s'),
  config: text('did not take its new settings within # s', 'n’a pas pris ses nouveaux réglages en # s'),
}
