import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'

/**
 * Whether the program at the other end of a loopback connection runs for the user that we run for, or for root. On Linux other users
 * can read the address a browser was started with; this keeps them out all the same. True where the system does not tell.
 */
export async function isSameUser(socket: Socket, ourUser: number | undefined): Promise<boolean> {
  if (process.platform !== 'linux' || ourUser === undefined) return true
  const user = await userOfPeer(socket)
  return user === undefined || user === ourUser || user === 0
}

/** The kernel's tables list the peer's end of the connection with the user it belongs to. */
async function userOfPeer({ remoteAddress, remotePort, localPort }: Socket): Promise<number | undefined> {
  if (remoteAddress === undefined || remotePort === undefined || localPort === undefined) return undefined
  const peers = addressForms(remoteAddress).map((address) => `${address}:${hex(remotePort)}`)
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const rows = (await readFile(table, 'utf8').catch(() => '')).split('\n').map((row) => row.trim().split(/\s+/))
    const row = rows.find(([, peer, us]) => peers.includes(peer ?? '') && us?.endsWith(`:${hex(localPort)}`))
    if (row !== undefined) return Number(row[7])
  }
  return undefined
}

/** An address as the tables write it: 32-bit words in the machine's byte order, which is little-endian wherever Node runs today. */
function addressForms(address: string): string[] {
  if (address === '::1') return ['00000000000000000000000001000000']
  const word = address.split('.').toReversed().map(Number).map(hexByte).join('')
  return [word, `0000000000000000FFFF0000${word}`]
}

function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0')
}

function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0')
}
