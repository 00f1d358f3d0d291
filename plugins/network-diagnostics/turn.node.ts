import { createHash, createHmac } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { utf8 } from '@palabre/sdk'
import type { Address, TurnAnswer } from './server-answers.ts'
import { readHiddenAddress, readMessage, writeMessage, type Attribute, type StunMessage } from './stun-message.node.ts'
import { askByUdp, type Server } from './udp-question.node.ts'

export interface Account {
  readonly username: string
  readonly credential: string
}

const kinds = {
  allocate: 0x0003,
  allocated: 0x0103,
  notAllocated: 0x0113,
  refresh: 0x0004,
} as const

const attributes = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  realm: 0x0014,
  nonce: 0x0015,
  relayedAddress: 0x0016,
  transport: 0x0019,
} as const

const forNoTime = { kind: attributes.lifetime, value: new Uint8Array(4) }
/** The number of UDP among protocols, and three bytes for later use. */
const overUdp = { kind: attributes.transport, value: Uint8Array.of(17, 0, 0, 0) }
const unauthorized = 401
const staleNonce = 438
const integrityLength = 20

/** Asks for an address as somebody who is to be relayed does (RFC 8656 §7), over UDP, and gives it back at once. */
export async function askTurnByUdp(server: Server, account: Account, signal: AbortSignal): Promise<TurnAnswer> {
  const socket = createSocket(isIPv6(server.host) ? 'udp6' : 'udp4')
  let challenge: StunMessage | undefined
  const request = (kind: number, attribute: Attribute) =>
    challenge === undefined ? writeMessage(kind, [attribute]) : signed(kind, attribute, challenge, account)
  const allocate = async () => {
    const bytes = request(kinds.allocate, overUdp)
    return askByUdp(socket, server, bytes, (answer) => readReply(answer, bytes), signal)
  }
  try {
    const begun = performance.now()
    let answer = await allocate()
    // Once to be told what to sign, and once more where that was too old by then.
    for (const expected of [unauthorized, staleNonce]) {
      if (answer === undefined || !('code' in answer) || answer.code !== expected) break
      challenge = answer.message
      answer = await allocate()
    }
    if (answer === undefined || 'code' in answer) return answer === undefined ? undefined : { code: answer.code }
    await sent(socket, server, request(kinds.refresh, forNoTime))
    return { given: answer.given, ms: performance.now() - begun }
  } finally {
    socket.close()
  }
}

const sent = (socket: Socket, { host, port }: Server, bytes: Buffer) =>
  new Promise<void>((resolve) => {
    socket.send(bytes, port, host, () => resolve())
  })

type Reply = { readonly given: Address } | { readonly code: number; readonly message: StunMessage }

/** `undefined` for what does not answer this request. */
function readReply(bytes: Uint8Array, request: Uint8Array): Reply | undefined {
  const message = readMessage(bytes, request)
  if (message?.kind === kinds.allocated) {
    const value = message.attribute(attributes.relayedAddress)
    const given = value === undefined ? undefined : readHiddenAddress(value, request)
    return given === undefined ? undefined : { given }
  }
  const error = message?.kind === kinds.notAllocated ? message.attribute(attributes.errorCode) : undefined
  return error === undefined || error.length < 4 ? undefined : { code: error[2]! * 100 + error[3]!, message: message! }
}

/** RFC 8489 §9.2: over all that stands before the signature, whose own length is counted already. */
function signed(kind: number, attribute: Attribute, challenge: StunMessage, { username, credential }: Account): Buffer {
  const realm = challenge.attribute(attributes.realm) ?? new Uint8Array()
  const nonce = challenge.attribute(attributes.nonce) ?? new Uint8Array()
  const key = createHash('md5')
    .update(Buffer.concat([utf8.encode(`${username}:`), realm, utf8.encode(`:${credential}`)]))
    .digest()
  const message = writeMessage(kind, [
    attribute,
    { kind: attributes.username, value: utf8.encode(username) },
    { kind: attributes.realm, value: realm },
    { kind: attributes.nonce, value: nonce },
    { kind: attributes.integrity, value: new Uint8Array(integrityLength) },
  ])
  const before = message.subarray(0, message.length - integrityLength - 4)
  message.set(createHmac('sha1', key).update(before).digest(), message.length - integrityLength)
  return message
}
