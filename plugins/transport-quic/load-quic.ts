import { PalabreError, text } from '@palabre/sdk'

/** QUIC is native code, made for each platform apart; where there is none, everything but QUIC goes on. */
export async function loadQuic<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    throw new PalabreError(
      'plugin-failed',
      text(
        'QUIC has no native part for this machine; the other roads work without it',
        'QUIC n’a pas de partie native pour cette machine ; les autres routes fonctionnent sans lui',
      ),
      {
        todo: text(
          'Install again with optional packages (npm install --include=optional), or switch transport-quic off.',
          'Réinstallez avec les paquets facultatifs (npm install --include=optional), ou désactivez transport-quic.',
        ),
        cause,
      },
    )
  }
}
