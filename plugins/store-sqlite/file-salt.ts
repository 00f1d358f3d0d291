import type { Primitives } from '@palabre/sdk/contract/primitives'
import { closeSync, openSync, readSync, statSync } from 'node:fs'

/**
 * The first 16 bytes of the file, which SQLCipher keeps in the clear and mixes into its keys: 8 random ones, and 8 that follow from
 * them and the key. So the wrong key for a sound file can be told from the right key for a damaged one.
 */
const half = 8

export function newSalt(primitives: Primitives, key: Uint8Array): Uint8Array {
  const random = primitives.randomBytes(half)
  return Uint8Array.from([...random, ...checkOf(primitives, key, random)])
}

export function isSaltOf(primitives: Primitives, key: Uint8Array, salt: Uint8Array): boolean {
  return checkOf(primitives, key, salt.subarray(0, half)).every((byte, i) => byte === salt[half + i])
}

/** Undefined when there is no file yet, or an empty one. */
export function readSalt(file: string): Uint8Array | undefined {
  if (sizeOf(file) === 0) return undefined
  const salt = new Uint8Array(2 * half)
  const opened = openSync(file, 'r')
  try {
    readSync(opened, salt)
  } finally {
    closeSync(opened)
  }
  return salt
}

/** 0 when there is none. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function checkOf({ hmacSha256 }: Primitives, key: Uint8Array, random: Uint8Array): Uint8Array {
  return hmacSha256(key, random).subarray(0, half)
}
