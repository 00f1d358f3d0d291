import { PeerConnection } from 'node-datachannel'
import type { IceServer, Witnessed } from './witness.ts'

let made = 0

/**
 * The library's connection tells only that it failed. The one below it still knows by which certificate: it is made here, and watched
 * until it stands.
 */
export const witnessed: Witnessed = (iceServers, saw) => {
  const connection = new PeerConnection(`peer-${++made}`, { iceServers: iceServers.flatMap(urlsOf) })
  const onStateChange = connection.onStateChange.bind(connection)
  let stood = false
  const watch = (told: (state: string) => void) =>
    onStateChange((state) => {
      if (state === 'connected') stood = true
      if (state === 'failed' && !stood) look()
      told(state)
    })
  // It takes one listener, and the library will be that one.
  Object.defineProperty(connection, 'onStateChange', { value: watch })

  function look(): void {
    const shown = connection.remoteFingerprint().value
    const agreed = /^a=fingerprint:\S+ (\S+)/m.exec(connection.remoteDescription()?.sdp ?? '')?.[1]
    // Without one no packet came through at all, which is no wonder between two NATs.
    if (shown === '' || agreed === undefined) return
    saw(shown.toUpperCase() === agreed.toUpperCase() ? 'ours-refused' : 'theirs-swapped')
  }
  return { iceServers, peerConnection: connection }
}

/** As the library writes them. */
const urlsOf = ({ urls, username, credential }: IceServer): string[] =>
  urls.map((url) => (username === undefined ? url : url.replace(':', () => `:${username}:${credential}@`)))
