import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

interface Finding {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
}

/**
 * What axe has against the page, a line each; what it could not decide counts too. It looks in several steps, so that what moves
 * meanwhile may seem wrong: a finding is one that stands at a second look.
 */
export async function findingsOf(page: Page): Promise<string[]> {
  const first = await lookOnce(page)
  if (first.length === 0) return first
  const again = await lookOnce(page)
  return first.filter((finding) => again.includes(finding))
}

async function lookOnce(page: Page): Promise<string[]> {
  // Half-way through a fade a colour is neither the one nor the other.
  await page.evaluate(`(() => {
    const roots = (root) => [root, ...[...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? roots(one.shadowRoot) : []))]
    return Promise.all(roots(document).flatMap((root) => root.getAnimations()).map((one) => one.finished.catch(() => {})))
  })()`)
  await page.evaluate(readFileSync(fileURLToPath(import.meta.resolve('axe-core')), 'utf8'))
  const { violations, incomplete } = (await page.evaluate('axe.run({ reporter: "v2" })')) as Record<
    'violations' | 'incomplete',
    readonly Finding[]
  >
  return [...violations, ...incomplete].flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.flat().join(' ')}: ${failureSummary}`),
  )
}
