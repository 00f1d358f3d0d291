import { signalWire } from '@palabre/sdk/contract/signal-wire'

/** Every bound of the server, in one place. Times in milliseconds, sizes in bytes. */
export const limits = {
  sockets: 4_000,
  rooms: 50_000,
  /** Of one address; a whole network may stand behind one. */
  socketsOfAddress: 64,
  roomsOfSocket: 128,
  /** In all: who knocks at random is shown out. */
  refusalsOfSocket: 1_000,
  /** Who comes by an address may enter so many rooms at once, and so many each second in the long run. */
  entries: { atOnce: 400, perSecond: 8 },
  /** A name is not taken again before everybody who knows it has gone on to the next. */
  used: 2 * signalWire.life,
  usedNames: 500_000,
  /** From the first byte of a socket to its being one; and how long one stays in which nobody is in a room. */
  handshake: 5_000,
  idle: 10_000,
  /** What may wait to be read by somebody slow. */
  unread: 128 * 1_024,
  sweep: 1_000,
} as const
