import { token } from '../token.ts'

/**
 * The cryptography everything else is made of. Providers give bit for bit the same answers; the fastest one that runs is bound.
 * All keys are raw bytes. Lengths are the caller's promise: a wrong one is our own bug and throws `internal`.
 */
export interface Primitives {
  /** For people: `node`, `noble`. */
  readonly name: string
  randomBytes(length: number): Uint8Array
  sha256(data: Uint8Array): Uint8Array
  sha512(data: Uint8Array): Uint8Array
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array
  /** HKDF-SHA-256. An empty salt is 32 zero bytes. */
  hkdf(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array
  readonly x25519: X25519
  readonly ed25519: Ed25519
  readonly mlKem768: MlKem768
  readonly aead: Aead
  /** Argon2id; memory in KiB. Slow on purpose: never on the thread that draws. */
  argon2id(password: Uint8Array, salt: Uint8Array, cost: Argon2Cost, options?: { signal?: AbortSignal }): Promise<Uint8Array>
}

export interface KeyPair {
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
}

export interface X25519 {
  /** From 32 random bytes, or from those given. */
  generate(secretKey?: Uint8Array): KeyPair
  /** Undefined for a low-order or non-canonical public key: the other side is broken or hostile. */
  agree(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined
}

export interface Ed25519 {
  /** From a 32-byte seed. */
  generate(seed?: Uint8Array): KeyPair
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array
  /** Strict: canonical encodings only, no small-order keys (never ZIP-215). */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
}

export interface MlKem768 {
  /** From a 64-byte seed (d ‖ z). The secret key is that seed. */
  generate(seed?: Uint8Array): KeyPair
  /** Undefined when the public key is not a valid one. */
  encapsulate(
    publicKey: Uint8Array,
    random?: Uint8Array,
  ): { readonly cipherText: Uint8Array; readonly secret: Uint8Array } | undefined
  /** Undefined when the cipher text has the wrong length; any other tampering gives a secret that nobody shares. */
  decapsulate(secretKey: Uint8Array, cipherText: Uint8Array): Uint8Array | undefined
}

/** XChaCha20-Poly1305: 32-byte key, 24-byte nonce, 16-byte tag at the end. */
export interface Aead {
  seal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, associated: Uint8Array): Uint8Array
  /** Undefined when the tag does not hold. */
  open(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Uint8Array | undefined
}

export interface Argon2Cost {
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly lanes: number
  readonly length: number
}

export const Primitives = token<Primitives>('primitives')
