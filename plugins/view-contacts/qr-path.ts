import { encode } from 'uqr'

export interface QrDrawing {
  /** Modules on each side, quiet border included. */
  readonly size: number
  /** The `d` of one path that fills the dark ones. */
  readonly path: string
}

/** A QR code as the lines of one path: rows of dark modules become one stroke each. Undefined for what is too long for any. */
export function qrPath(content: string): QrDrawing | undefined {
  try {
    const { data, size } = encode(content, { ecc: 'L', border: 4 })
    return { size, path: data.flatMap((row, y) => runs(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)).join('') }
  } catch {
    return undefined
  }
}

function runs(row: readonly boolean[]): readonly (readonly [at: number, length: number])[] {
  const found: [number, number][] = []
  row.forEach((isDark, x) => {
    const last = found.at(-1)
    if (!isDark) return
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1
    else found.push([x, 1])
  })
  return found
}
