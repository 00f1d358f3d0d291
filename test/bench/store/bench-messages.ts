import type { Change, NewMessage } from '@palabre/sdk/contract/store'

const words = `the quick brown fox jumps over a lazy dog while seventeen wizards quietly vex my big sphinx of quartz and then
  bring home coffee bread apples tomorrow evening if nobody minds waiting near station gate number twelve`.split(/\s+/)

/** The nth message of the bench, about as long as people write. Every 1,000th holds a rare word. */
export function benchMessage(n: number, conversation = 'alice'): NewMessage {
  const length = 4 + (n % 17)
  const text = Array.from({ length }, (_, i) => words[(n * 7 + i * (1 + (n % 5))) % words.length]).join(' ')
  return {
    id: n.toString(16).padStart(32, '0'),
    conversation,
    author: 'alice',
    mine: false,
    kind: 'text',
    text: n % 1000 === 0 ? `${text} zephyr${n}` : text,
    sentAt: 1_700_000_000_000 + n,
    receivedAt: 1_700_000_000_100 + n,
    state: 'read',
  }
}

/** What receiving one message writes: it, the ratchet's state, and the envelope it came in. */
export function receiving(n: number): Change[] {
  return [
    { do: 'put', kind: 'session', key: 'alice', value: new Uint8Array(1200).fill(n) },
    { do: 'add', message: { ...benchMessage(n), state: 'received' } },
    { do: 'see', envelope: n.toString(16).padStart(32, 'e'), proof: new Uint8Array(32), at: n },
  ]
}
