import type { Page } from 'playwright-core'

/** The longest task of the page's main thread, in milliseconds. */
interface LongestTask {
  readonly took: number
  /** What the thread worked of it: what else the machine did meanwhile is not in it. */
  readonly worked: number
}

/** While this is done, no other page of the same browser may be open. */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<LongestTask> {
  const browser = page.context().browser()!
  await browser.startTracing(page, { categories: ['toplevel'] })
  let trace: Buffer | undefined
  try {
    await work()
    // A task that has not ended is not in the trace.
    await page.evaluate('new Promise((done) => setTimeout(done))')
  } finally {
    trace = await browser.stopTracing()
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] }
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}-${tid}`
  const main = new Set(traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(threadOf))
  const tasks = traceEvents.filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && main.has(threadOf(event)))
  if (tasks.length === 0) throw new Error('the trace has no task of the page')
  const longest = (of: 'dur' | 'tdur') => Math.max(...tasks.map((task) => task[of] ?? 0)) / 1000
  return { took: longest('dur'), worked: longest('tdur') }
}

/** As Chromium writes them; times in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** A task to compare with: a thousand plain rows are drawn, and taken away. */
export function drawThousandRows(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const list = document.createElement('ol')
    for (let index = 0; index < 1_000; index++) list.append(Object.assign(document.createElement('li'), { textContent: 'row ' + index }))
    document.body.append(list)
    const height = list.offsetHeight
    list.remove()
    return height
  })()`)
}
