import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const program = `
  import { once } from 'node:events'
  import { connect, createServer } from 'node:net'
  import { reset } from ${JSON.stringify(join(import.meta.dirname, 'reset.ts'))}
  const server = createServer({ allowHalfOpen: true }, (there) => there.on('error', () => undefined)).listen(0, '127.0.0.1').unref()
  await once(server, 'listening')
  const socket = connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: true })
  await once(socket, 'connect')
  socket.end()
  await undefined
  reset(socket)
  await once(socket, 'close')
  server.close()
`

test('whoever resets what has begun to end can still leave', () => {
  const { status, signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  assert.equal([status, signal], [0, null], stderr)
})

test.run()
