/**
 * The form of an address for which multiaddrs have no word: `/palabre/NAME.VALUE`, where NAME is what the transport is called and VALUE
 * its own affair, as in `/palabre/hyperdht.Zm9v`. Every node reads and hands on such addresses, whatever transports it has; who has
 * none that takes them passes them by.
 */
export const ownAddress = {
  /** The protocol, as multiaddrs name it. */
  name: 'palabre',
  /** Of the range that is kept for private use, in the table of multicodecs. */
  code: 0x30_00_70,
  /** Characters of `NAME.VALUE` at most. */
  length: 128,
} as const
