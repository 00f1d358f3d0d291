import type { Prekeys } from '@palabre/sdk/contract/suite'
import type { ByteReader } from './byte-reader.ts'
import { join, number } from './bytes.ts'
import { limits } from './limits.ts'
import { decodeKept } from './kept.ts'
import type { Generation, OneTime, PrekeyState } from './prekeys.ts'

const version = 1

/** version | generations | one-time keys in stock | KEM seeds in stock; every list behind its count. */
export function encodePrekeys({ generations, stock }: PrekeyState): Prekeys {
  return join(
    number(version, 1),
    number(generations.length, 1),
    ...generations.map(encodeGeneration),
    number(stock.secrets.length, 1),
    ...stock.secrets,
    number(stock.kemSeeds.length, 1),
    ...stock.kemSeeds,
  ) as Prekeys
}

export function decodePrekeys(bytes: Uint8Array): PrekeyState {
  return decodeKept(bytes, version, (from) => {
    const [first, ...rest] = from.list(1, limits.generations, () => readGeneration(from))
    const stock = {
      secrets: from.list(1, limits.oneTime, () => from.take(32)),
      kemSeeds: from.list(1, limits.oneTimeKem, () => from.take(64)),
    }
    return first && { generations: [first, ...rest], stock }
  })
}

function encodeGeneration({ createdAt, prekey, kemSeed, given, answered }: Generation): Uint8Array {
  return join(
    number(createdAt, 6),
    prekey.secretKey,
    prekey.publicKey,
    kemSeed,
    number(given.length, 2),
    ...given.map(encodeOneTime),
    number(answered.length, 2),
    ...answered,
  )
}

function readGeneration(from: ByteReader): Generation {
  return {
    createdAt: from.number(6),
    prekey: { secretKey: from.take(32), publicKey: from.take(32) },
    kemSeed: from.take(64),
    given: from.list(2, limits.given, () => readOneTime(from)),
    answered: from.list(2, limits.answered, () => from.take(8)),
  }
}

function encodeOneTime({ id, secret, kemSeed }: OneTime): Uint8Array {
  return join(number(id, 4), secret, number(kemSeed === undefined ? 0 : 1, 1), ...(kemSeed === undefined ? [] : [kemSeed]))
}

function readOneTime(from: ByteReader): OneTime {
  return { id: from.number(4), secret: from.take(32), kemSeed: from.count(1, 1) === 1 ? from.take(64) : undefined }
}
