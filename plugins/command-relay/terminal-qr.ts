import { renderUnicodeCompact } from 'uqr'

/** A code to scan from a dark terminal, two modules in a character; the light frame is part of it. */
export function terminalQr(content: string): string {
  return renderUnicodeCompact(content, { border: 2, ecc: 'M' })
}
