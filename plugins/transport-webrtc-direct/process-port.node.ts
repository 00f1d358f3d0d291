import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { IceUdpMuxListener, type IceUdpMuxRequest } from 'node-datachannel'
import { PalabreError, text } from '@palabre/sdk'

export interface ProcessPort {
  readonly port: number
  /** Nobody is answered from now on; the port stays ours. */
  close(): void
}

type Take = (request: IceUdpMuxRequest) => void

interface Bound {
  readonly host: string
  readonly port: number
  readonly listener: IceUdpMuxListener
  take: Take | undefined
}

/**
 * One for the whole process, from the first time on. The native library frees a listener that is stopped without always taking it off
 * its socket (its flag "stopped" begins with whatever the memory held), and the next packet would end the process: so it is never
 * stopped, nor left to the collector. And whoever calls, at whichever port, is answered from the one that was opened first.
 */
let bound: Bound | undefined

/** Hears of whoever calls at a port of this address before anything is known of them; port 0 for any. */
export async function openProcessPort(host: string, port: number, take: Take): Promise<ProcessPort> {
  const wanted = bound === undefined && port === 0 ? await freePort(host) : port
  const mine = (bound ??= bind(host, wanted))
  if (mine.take !== undefined || mine.host !== host || (port !== 0 && mine.port !== port)) throw onlyOne(mine)
  mine.take = take
  return { port: mine.port, close: () => void (mine.take = undefined) }
}

function bind(host: string, port: number): Bound {
  const listener = new IceUdpMuxListener(port, host)
  const one: Bound = { host, port, listener, take: undefined }
  listener.onUnhandledStunRequest((request) => one.take?.(request))
  return one
}

/** The library takes a number, and 0 for a number. */
async function freePort(host: string): Promise<number> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  socket.bind(0, host)
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}

const onlyOne = ({ host, port }: Bound) =>
  new PalabreError(
    'bad-settings',
    text(
      `this process has ${host}, port ${port}, for webrtc-direct until it ends, and can have no other`,
      `ce processus a ${host}, port ${port}, pour webrtc-direct jusqu’à sa fin, et ne peut en avoir d’autre`,
    ),
    { todo: text('Start Palabre anew.', 'Relancez Palabre.') },
  )
