import jsqr from 'jsqr'

// The package names its export twice; its types know one of them.
const decodeQr = jsqr as unknown as typeof jsqr.default

/** What a camera reads in a code drawn with half blocks somewhere among these rows; undefined when there is none. */
export function scanned(rows: readonly string[]): string | undefined {
  const drawn = rows.filter((row) => /^[█▀▄ ]{20,}$/.test(row) && /[█▀▄]/.test(row))
  if (drawn.length === 0) return undefined
  const width = Math.max(...drawn.map(({ length }) => length))
  const lights = drawn.flatMap((row) => [
    Array.from(row.padEnd(width), (sign) => '█▀'.includes(sign)),
    Array.from(row.padEnd(width), (sign) => '█▄'.includes(sign)),
  ])
  const scale = 4
  const pixels = new Uint8ClampedArray(width * scale * lights.length * scale * 4).fill(255)
  for (let y = 0; y < lights.length * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      if (!lights[Math.floor(y / scale)]![Math.floor(x / scale)])
        pixels.fill(0, (y * width * scale + x) * 4, (y * width * scale + x) * 4 + 3)
    }
  }
  return decodeQr(pixels, width * scale, lights.length * scale)?.data
}
