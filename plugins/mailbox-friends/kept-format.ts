import { fromBase64Url, joinBytes, toBase64Url, utf8 } from '@palabre/sdk'
import type { NewQueue } from '@palabre/sdk/contract/queue-store'

/** How queues and blocks stand in the store: our own writing. */
export interface QueueRecord extends NewQueue {
  readonly number: number
  /** When somebody collected last. */
  readonly usedHour: number
}

export const queuePrefix = 'queue/'
export const blockPrefix = 'block/'
export const queueFields = ['recipient', 'sender', 'recipientKey', 'senderKey'] as const

export const queueKey = (number: number) => queuePrefix + number
export const blockKey = (queue: number, place: number) => `${blockPrefix}${queue}/${String(place).padStart(12, '0')}`

export function encodeQueue(queue: QueueRecord): Uint8Array {
  const { usedHour } = queue
  const bytes = Object.fromEntries(queueFields.map((name) => [name, toBase64Url(queue[name])]))
  return utf8.encode(JSON.stringify({ usedHour, ...bytes }))
}

export function decodeQueue(key: string, value: Uint8Array): QueueRecord {
  const { usedHour, ...kept } = JSON.parse(utf8.decode(value)!) as { usedHour: number } & Record<keyof NewQueue, string>
  const bytes = Object.fromEntries(queueFields.map((name) => [name, fromBase64Url(kept[name])!])) as unknown as NewQueue
  return { number: Number(key.slice(queuePrefix.length)), usedHour, ...bytes }
}

/** name 16 | hour when it is over 4 | body */
export function encodeBlock(name: Uint8Array, overHour: number, body: Uint8Array): Uint8Array {
  const hour = new Uint8Array(4)
  new DataView(hour.buffer).setUint32(0, overHour)
  return joinBytes(name, hour, body)
}

export function decodeBlock(key: string, value: Uint8Array) {
  const [queue = 0, place = 0] = key.slice(blockPrefix.length).split('/').map(Number)
  const overHour = new DataView(value.buffer, value.byteOffset).getUint32(nameLength)
  return { queue, place, name: value.slice(0, nameLength), overHour }
}

export const bodyOf = (value: Uint8Array) => value.slice(nameLength + 4)

const nameLength = 16
