import type { Page } from 'playwright-core'

/** What a page that kept a test waiting is at: whether its thread answers, and whether it still shows frames. */
export async function pulseOf(page: Page): Promise<string> {
  if (page.isClosed()) return 'closed'
  const thread = await within(page.evaluate<string>('document.visibilityState'))
  if (thread === undefined) return 'its thread does not answer'
  const frames = await within(
    page.evaluate<true>('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))'),
  )
  return `${thread}, its thread answers, ${frames === undefined ? 'it shows NO frames' : 'it shows frames'}`
}

/** Undefined when it takes longer than any living page takes, or when the page is gone. */
async function within<T>(asked: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), 3000)
  try {
    return await Promise.race([asked, late])
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
