/** A secret that must not have passed, under the name by which a person knows it. */
export interface Marker {
  readonly what: string
  readonly bytes: Uint8Array
}

/** The markers that occur in what passed, as they are or as hexadecimal or base64 of any alignment. */
export function markersIn(passed: Uint8Array, markers: readonly Marker[]): readonly string[] {
  const all = Buffer.from(passed)
  return markers.filter(({ bytes }) => spellings(bytes).some((one) => all.includes(one))).map(({ what }) => what)
}

function spellings(bytes: Uint8Array): readonly Buffer[] {
  const plain = Buffer.from(bytes)
  const hex = plain.toString('hex')
  return [plain, Buffer.from(hex), Buffer.from(hex.toUpperCase()), ...[0, 1, 2].flatMap((shift) => base64At(plain, shift))]
}

/** What stays the same of it in base64, wherever it begins; nothing where too little would. */
function base64At(plain: Buffer, shift: number): Buffer[] {
  const coded = Buffer.concat([Buffer.alloc(shift), plain])
    .toString('base64')
    .replace(/=+$/, '')
  const inner = coded.slice(shift === 0 ? 0 : shift + 1, -1)
  return inner.length < 6 ? [] : [Buffer.from(inner), Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_'))]
}
