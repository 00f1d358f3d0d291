/** As much of a keyboard event as a key needs. */
export interface Pressed {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Whether what was pressed is the key as written: `Ctrl+Shift+P`, `Alt+1`, `Alt+ArrowDown`, `Ctrl+/`. */
export function isPressed(chord: string, pressed: Pressed, isApple: boolean): boolean {
  const parts = chord.split('+')
  const key = parts.at(-1)!
  const has = (modifier: string) => parts.slice(0, -1).includes(modifier)
  const control = isApple ? pressed.metaKey : pressed.ctrlKey
  const other = isApple ? pressed.ctrlKey : pressed.metaKey
  if (control !== has('Ctrl') || other || pressed.altKey !== has('Alt')) return false
  if (isSign(key)) return pressed.key === key
  return pressed.shiftKey === has('Shift') && isKey(key, pressed)
}

/** A sign may need Shift on one keyboard and not on the next. */
const isSign = (key: string) => key.length === 1 && !/[a-z0-9]/i.test(key)

/** With Alt held some systems write other letters: there the place on the keyboard counts. */
function isKey(key: string, { key: typed, code }: Pressed): boolean {
  if (typed.toLowerCase() === key.toLowerCase()) return true
  return /^\d$/.test(key) ? code === `Digit${key}` : code === `Key${key.toUpperCase()}` && !/^[a-z]$/i.test(typed)
}

/** As it stands on the keys themselves. */
export function keyText(chord: string): string {
  return chord.replace('ArrowUp', '↑').replace('ArrowDown', '↓').replace('ArrowLeft', '←').replace('ArrowRight', '→')
}
