/** As browsers and desktops may write it, with or without `//`; in the one form that everybody here reads. Undefined for anything else. */
export function linkIn(argument: string): string | undefined {
  const [, kind, rest] = /^palabre:(?:\/\/)?(invite|i)\/?#([A-Za-z0-9_=%-]{1,20000})$/i.exec(argument.trim()) ?? []
  return kind === undefined || rest === undefined ? undefined : `palabre:${kind.toLowerCase()}#${rest}`
}
