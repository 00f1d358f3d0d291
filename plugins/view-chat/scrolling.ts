/** Keeps what the person reads under their eyes while lines come and go above it. */
export interface HeldPlace {
  restore(): void
}

const nearEndPx = 48

export function holdPlace(log: HTMLElement): HeldPlace {
  const top = log.getBoundingClientRect().top
  const rows = [...log.querySelectorAll<HTMLElement>('[data-message]')]
  const first = rows.find((row) => row.getBoundingClientRect().bottom > top)
  const offset = first === undefined ? 0 : first.getBoundingClientRect().top
  const id = first?.dataset['message']
  return {
    restore() {
      const row = id === undefined ? null : log.querySelector(`[data-message="${id}"]`)
      if (row !== null) log.scrollTop += row.getBoundingClientRect().top - offset
    },
  }
}

export function isNearEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight < nearEndPx
}
