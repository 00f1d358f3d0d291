/** Contracts as manifests write them: `clock@1` is a token, `log-sink@1[]` a slot. Two copies of the sdk agree on them. */
export function isSlot(label: string): boolean {
  return label.endsWith('[]')
}

/** `clock` of `clock@1`. */
export function nameOf(label: string): string {
  return label.slice(0, label.lastIndexOf('@'))
}
