import type { Listener } from '@libp2p/interface'

/** A browser never listens. */
export const listenOnProcessPort = (listener: Listener): Listener => listener
