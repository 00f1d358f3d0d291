import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Address, Mapped } from './server-answers.ts'
import { readAddress, readHiddenAddress, readMessage, writeMessage } from './stun-message.node.ts'
import { askByUdp, type Server } from './udp-question.node.ts'

const bindingRequest = 0x0001
const bindingSuccess = 0x0101
const mappedAddress = 0x0001
const xorMappedAddress = 0x0020

/** Asks servers, one after the other, from one socket, so that their answers can be compared. `undefined`: it did not answer. */
export async function askStunByUdp(servers: readonly Server[], signal: AbortSignal): Promise<(Mapped | undefined)[]> {
  const sockets = new Map<boolean, Socket>()
  const answers: (Mapped | undefined)[] = []
  try {
    for (const server of servers) {
      const six = isIPv6(server.host)
      const socket = sockets.get(six) ?? createSocket(six ? 'udp6' : 'udp4')
      sockets.set(six, socket)
      answers.push(await askOne(socket, server, signal))
    }
  } finally {
    for (const socket of sockets.values()) socket.close()
  }
  return answers
}

async function askOne(socket: Socket, server: Server, signal: AbortSignal): Promise<Mapped | undefined> {
  const request = writeMessage(bindingRequest)
  const begun = performance.now()
  const mapped = await askByUdp(socket, server, request, (bytes) => readAnswer(bytes, request), signal)
  return mapped === undefined ? undefined : { ...mapped, ms: performance.now() - begun }
}

/** `undefined` for what does not answer this request. */
export function readAnswer(bytes: Uint8Array, request: Uint8Array): Address | undefined {
  const message = readMessage(bytes, request)
  if (message?.kind !== bindingSuccess) return undefined
  const hidden = message.attribute(xorMappedAddress)
  if (hidden !== undefined) return readHiddenAddress(hidden, request)
  const plain = message.attribute(mappedAddress)
  return plain === undefined ? undefined : readAddress(plain)
}
