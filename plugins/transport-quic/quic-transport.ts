import { quic } from '@chainsafe/libp2p-quic'
import type { Transport } from '@libp2p/interface'
import { PalabreError, text } from '@palabre/sdk'
import type { NodePart } from '@palabre/sdk/contract/transport'

/** As the ecosystem has it, but for the one failure that it tells in words only. */
export const createQuic: NodePart<Transport> = (components) => {
  const transport: Transport = quic({ handshakeTimeout })(components)
  const dial = transport.dial.bind(transport)
  transport.dial = (address, options) => dial(address, options).catch((error: unknown) => Promise.reject(explained(error)))
  return transport
}

/** Milliseconds until an address is given up, so that a second try is in time for the limit of a dial. */
const handshakeTimeout = 4_000

function explained(error: unknown): unknown {
  if (!(error instanceof Error) || !/^Dialed peer \S+ but connected to /.test(error.message)) return error
  return new PalabreError('peer-unknown', text('somebody else answers there', 'quelqu’un d’autre répond là'), { cause: error })
}
