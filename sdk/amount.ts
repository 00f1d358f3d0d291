import { text, type Text } from './text.ts'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** So many bytes in words: `1.2 kB`, `1,2 ko`. */
export function bytesText(bytes: number): Text {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const said = (language: string) =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: units[step]!,
      unitDisplay: step === 0 ? 'long' : 'short',
      maximumFractionDigits: 1,
    }).format(bytes / 1000 ** step)
  return text(said('en'), said('fr'))
}

/** A short while: `9.3 ms`, `120 ms`. */
export function msText(ms: number): Text {
  const said = (language: string) =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: 'millisecond',
      maximumFractionDigits: ms < 10 ? 1 : 0,
    }).format(ms)
  return text(said('en'), said('fr'))
}
