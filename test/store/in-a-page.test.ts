// limit: 300 s
import { keptStoreLaws, storeLaws } from '@palabre/sdk/conformance/store'
import { vaultLaws } from '@palabre/sdk/conformance/vault'
import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { startWebHost } from '../browser/web-host.ts'
import { proveInPage, suitePlugin } from './page-suite.ts'

const { test, run } = await browserSuite('stores in a page')

const suites = { store: storeLaws, 'kept store': keptStoreLaws, vault: vaultLaws } as const

for (const [suite, laws] of Object.entries(suites)) {
  test(`${laws.length} laws of the ${suite} hold in a page, and its policy refuses nothing`, async (browser) => {
    // A messenger would tend what it finds in the store while the laws look at it.
    await using host = await startWebHost({ plugins: [suitePlugin], settings: { plugins: { 'messenger-pipeline': false } } })
    await using window = await browser.openPage(host.address)
    await window.page.waitForFunction(() => 'suite' in globalThis)
    for (const { name } of laws) assert.is(await proveInPage(window.page, suite as keyof typeof suites, name), 'proved', name)
    assert.equal(window.violations, [])
    assert.equal(window.errors, [])
  })
}

run()
