import type { SeededRandom } from './seeded-random.ts'

/** Sound bytes as nobody wrote them: changed, cut, lengthened, repeated or replaced. For feeding decoders. */
export function bentBytes(random: SeededRandom, sound: Uint8Array): Uint8Array {
  const bytes = sound.slice()
  const at = random.below(bytes.length + 1)
  switch (random.below(6)) {
    case 0:
      return bytes.subarray(0, at)
    case 1:
      return random.bytes(random.below(400))
    case 2:
      return Uint8Array.from([...bytes.subarray(0, at), ...random.bytes(1 + random.below(8)), ...bytes.subarray(at)])
    case 3:
      return Uint8Array.from([...bytes, ...bytes.subarray(at)])
    default:
      for (let times = 1 + random.below(4); times > 0 && bytes.length > 0; times--) {
        bytes[random.below(bytes.length)] = random.below(3) === 0 ? 255 * random.below(2) : random.below(256)
      }
      return bytes
  }
}
