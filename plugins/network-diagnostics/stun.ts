import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'

/** Where a STUN server says that we come from, and how long it took. */
export interface Mapped {
  readonly address: string
  readonly port: number
  readonly ms: number
}

const header = 20
const cookie = 0x2112a442
const bindingSuccess = 0x0101
const mappedAddress = 0x0001
const xorMappedAddress = 0x0020
/** RFC 8489 §6.2.1 begins with 500 ms and doubles; three are enough to tell a person. */
const waits = [500, 1_000, 1_500]

/** Asks servers, one after the other, from one socket, so that their answers can be compared. `undefined`: it did not answer. */
export async function askStun(
  servers: readonly { readonly host: string; readonly port: number }[],
  signal: AbortSignal,
): Promise<(Mapped | undefined)[]> {
  const sockets = new Map<boolean, Socket>()
  const answers: (Mapped | undefined)[] = []
  try {
    for (const { host, port } of servers) {
      const six = isIPv6(host)
      const socket = sockets.get(six) ?? createSocket(six ? 'udp6' : 'udp4')
      sockets.set(six, socket)
      answers.push(await askOne(socket, host, port, signal))
    }
  } finally {
    for (const socket of sockets.values()) socket.close()
  }
  return answers
}

async function askOne(socket: Socket, host: string, port: number, signal: AbortSignal): Promise<Mapped | undefined> {
  const request = writeRequest()
  const begun = performance.now()
  const answer = Promise.withResolvers<Mapped>()
  const hear = (bytes: Uint8Array) => {
    const mapped = readAnswer(bytes, request)
    if (mapped !== undefined) answer.resolve({ ...mapped, ms: performance.now() - begun })
  }
  const fail = () => undefined
  socket.on('message', hear).on('error', fail)
  try {
    for (const wait of waits) {
      // Without a way there the next try will say so too.
      socket.send(request, port, host, () => undefined)
      const there = await Promise.race([answer.promise, quiet(wait, signal)])
      if (there !== undefined) return there
    }
    return undefined
  } finally {
    socket.off('message', hear).off('error', fail)
  }
}

function quiet(ms: number, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', quit)
      resolve(undefined)
    }, ms)
    const quit = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    signal.addEventListener('abort', quit, { once: true })
  })
}

/** RFC 8489 §5: a binding request with nothing in it. */
function writeRequest(): Buffer {
  const bytes = Buffer.alloc(header)
  bytes.writeUInt16BE(0x0001, 0)
  bytes.writeUInt32BE(cookie, 4)
  crypto.getRandomValues(bytes.subarray(8))
  return bytes
}

/** `undefined` for what does not answer this request. */
export function readAnswer(bytes: Uint8Array, request: Uint8Array): { address: string; port: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < header || view.getUint16(0) !== bindingSuccess || header + view.getUint16(2) !== bytes.length) return undefined
  if (!Buffer.from(bytes.subarray(4, header)).equals(request.subarray(4, header))) return undefined
  let plain: { address: string; port: number } | undefined
  for (let at = header; at + 4 <= bytes.length;) {
    const [kind, size] = [view.getUint16(at), view.getUint16(at + 2)]
    const value = bytes.subarray(at + 4, at + 4 + size)
    if (value.length < size) return undefined
    if (kind === xorMappedAddress) return readAddress(value, request.subarray(4, header))
    if (kind === mappedAddress) plain = readAddress(value)
    at += 4 + Math.ceil(size / 4) * 4
  }
  return plain
}

/** §14.2: hidden from routers that rewrite what looks like an address, by the cookie and the transaction. */
function readAddress(value: Uint8Array, mask: Uint8Array = new Uint8Array(16)): { address: string; port: number } | undefined {
  const length = value[1] === 1 ? 4 : value[1] === 2 ? 16 : 0
  if (length === 0 || value.length !== 4 + length) return undefined
  const clear = (at: number, by: number) => value[at]! ^ mask[by]!
  const port = clear(2, 0) * 256 + clear(3, 1)
  const bytes = Array.from({ length }, (_, i) => clear(4 + i, i))
  if (length === 4) return { address: bytes.join('.'), port }
  const words = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! * 256 + bytes[2 * i + 1]!).toString(16))
  return { address: words.join(':'), port }
}
