/** What a person chose for this browser; where nothing can be kept it lasts as long as the page. */
export function keptChoice(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

export function keepChoice(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A private window, or no room: the choice is worn until the page is left.
  }
}
