import { proveAll } from '@palabre/sdk/conformance/law'
import { portLaws } from '@palabre/sdk/conformance/port'
import { portProbe } from '@palabre/sdk/conformance/port-probe'
import { Port } from '@palabre/sdk/contract/port'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'

proveAll(test, portLaws, async () => {
  const host = await startTestHost({ host: 'web', plugins: [import.meta.dirname, portProbe()], lend: { port: Port } })
  return { subject: { port: host.lent.port }, close: () => host.stop() }
})

test.run()
