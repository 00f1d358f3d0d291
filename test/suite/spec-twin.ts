/**
 * The Double Ratchet with header encryption as its specification writes it down (Perrin, Marlinspike; revision 1, §4), with its names
 * and without a thought for speed: one state that changes, keys made as soon as they can be. The fast one must say the same bytes.
 */
export interface SpecParts {
  /** The key with this number, so that a key made in vain can be made again. */
  GENERATE_DH(number: number): { readonly secret: Uint8Array; readonly public: Uint8Array }
  DH(secret: Uint8Array, publicKey: Uint8Array): Uint8Array
  KDF_RK_HE(rk: Uint8Array, dh: Uint8Array): [rk: Uint8Array, ck: Uint8Array, nhk: Uint8Array]
  KDF_CK(ck: Uint8Array): [ck: Uint8Array, mk: Uint8Array]
  /** Header and body in one message; `ad` covers both. */
  ENCRYPT(hk: Uint8Array, mk: Uint8Array, header: SpecHeader, plaintext: Uint8Array, ad: Uint8Array): Uint8Array
  HDECRYPT(hk: Uint8Array, message: Uint8Array, ad: Uint8Array): SpecHeader | undefined
  DECRYPT(mk: Uint8Array, message: Uint8Array, ad: Uint8Array): Uint8Array | undefined
}

export interface SpecHeader {
  readonly dh: Uint8Array
  readonly pn: number
  readonly n: number
}

interface State {
  DHs: { readonly secret: Uint8Array; readonly public: Uint8Array }
  DHr: Uint8Array | undefined
  RK: Uint8Array
  CKs: Uint8Array | undefined
  CKr: Uint8Array | undefined
  HKs: Uint8Array | undefined
  HKr: Uint8Array | undefined
  NHKs: Uint8Array
  NHKr: Uint8Array
  Ns: number
  Nr: number
  PN: number
  made: number
  MKSKIPPED: readonly { readonly hk: Uint8Array; readonly n: number; readonly mk: Uint8Array }[]
}

const MAX_SKIP = 1000

export class SpecTwin {
  readonly #parts: SpecParts
  #state: State

  private constructor(parts: SpecParts, state: State) {
    this.#parts = parts
    this.#state = state
  }

  /** RatchetInitAliceHE. */
  static alice(parts: SpecParts, SK: Uint8Array, theirs: Uint8Array, shared_hka: Uint8Array, shared_nhkb: Uint8Array): SpecTwin {
    const DHs = parts.GENERATE_DH(0)
    const [RK, CKs, NHKs] = parts.KDF_RK_HE(SK, parts.DH(DHs.secret, theirs))
    return new SpecTwin(parts, { ...empty, made: 1, DHs, DHr: theirs, RK, CKs, HKs: shared_hka, NHKs, NHKr: shared_nhkb })
  }

  /** RatchetInitBobHE. */
  static bob(parts: SpecParts, SK: Uint8Array, DHs: State['DHs'], shared_hka: Uint8Array, shared_nhkb: Uint8Array): SpecTwin {
    return new SpecTwin(parts, { ...empty, DHs, RK: SK, NHKs: shared_nhkb, NHKr: shared_hka })
  }

  /** RatchetEncryptHE. */
  encrypt(plaintext: Uint8Array, ad: Uint8Array): Uint8Array {
    const state = this.#state
    const [ck, mk] = this.#parts.KDF_CK(state.CKs!)
    state.CKs = ck
    const header = { dh: state.DHs.public, pn: state.PN, n: state.Ns }
    state.Ns += 1
    return this.#parts.ENCRYPT(state.HKs!, mk, header, plaintext, ad)
  }

  /** RatchetDecryptHE. After a failure everything is as it was. */
  decrypt(message: Uint8Array, ad: Uint8Array): Uint8Array | undefined {
    const before = { ...this.#state }
    const plaintext = this.#trySkippedMessageKeys(message, ad) ?? this.#decryptNew(message, ad)
    if (plaintext === undefined) this.#state = before
    return plaintext
  }

  #trySkippedMessageKeys(message: Uint8Array, ad: Uint8Array): Uint8Array | undefined {
    for (const one of this.#state.MKSKIPPED) {
      if (this.#parts.HDECRYPT(one.hk, message, ad)?.n !== one.n) continue
      this.#state.MKSKIPPED = this.#state.MKSKIPPED.filter((other) => other !== one)
      return this.#parts.DECRYPT(one.mk, message, ad)
    }
    return undefined
  }

  #decryptNew(message: Uint8Array, ad: Uint8Array): Uint8Array | undefined {
    const state = this.#state
    let header = state.HKr && this.#parts.HDECRYPT(state.HKr, message, ad)
    if (header === undefined) {
      header = this.#parts.HDECRYPT(state.NHKr, message, ad)
      if (header === undefined) return undefined
      if (!this.#skipMessageKeys(header.pn)) return undefined
      this.#dhRatchet(header)
    }
    if (!this.#skipMessageKeys(header.n)) return undefined
    const [ck, mk] = this.#parts.KDF_CK(state.CKr!)
    state.CKr = ck
    state.Nr += 1
    return this.#parts.DECRYPT(mk, message, ad)
  }

  #skipMessageKeys(until: number): boolean {
    const state = this.#state
    if (state.Nr + MAX_SKIP < until) return false
    while (state.CKr !== undefined && state.Nr < until) {
      const [ck, mk] = this.#parts.KDF_CK(state.CKr)
      state.CKr = ck
      state.MKSKIPPED = [...state.MKSKIPPED, { hk: state.HKr!, n: state.Nr, mk }]
      state.Nr += 1
    }
    return true
  }

  #dhRatchet(header: SpecHeader): void {
    const { DH, KDF_RK_HE, GENERATE_DH } = this.#parts
    const state = this.#state
    state.PN = state.Ns
    state.Ns = 0
    state.Nr = 0
    state.HKs = state.NHKs
    state.HKr = state.NHKr
    state.DHr = header.dh
    ;[state.RK, state.CKr, state.NHKr] = KDF_RK_HE(state.RK, DH(state.DHs.secret, state.DHr))
    state.DHs = GENERATE_DH(state.made++)
    ;[state.RK, state.CKs, state.NHKs] = KDF_RK_HE(state.RK, DH(state.DHs.secret, state.DHr))
  }
}

const empty = {
  DHr: undefined,
  CKs: undefined,
  CKr: undefined,
  HKs: undefined,
  HKr: undefined,
  Ns: 0,
  Nr: 0,
  PN: 0,
  made: 0,
  MKSKIPPED: [],
}
