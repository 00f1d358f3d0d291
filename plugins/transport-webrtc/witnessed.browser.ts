import type { Witnessed } from './witness.ts'

/** A page is told that a connection failed and nothing more. */
export const witnessed: Witnessed = (iceServers) => ({ iceServers })
