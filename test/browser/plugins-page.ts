import type { Locator, Page } from 'playwright-core'

/** The plugins page as a person finds it: by titles, words and switches. */
export interface PluginsPage {
  row(id: string): Locator
  toggle(id: string): Locator
  /** Resolves when the row says this word. */
  says(id: string, word: string): Promise<void>
  question: Locator
  wayBack: Locator
}

export function pluginsPage(page: Page): PluginsPage {
  const row = (id: string) => page.locator(`palabre-view-plugins [data-plugin="${id}"]`)
  return {
    row,
    toggle: (id) => row(id).getByRole('switch'),
    says: (id, word) =>
      row(id)
        .locator('.state', { hasText: new RegExp(`^${word}$`, 'i') })
        .waitFor(),
    question: page.locator('palabre-view-plugins .ask'),
    wayBack: page.locator('#way-back [role="alert"]'),
  }
}
