import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isSameUser } from './same-user.ts'

const me = process.getuid?.()

/** The end of a loopback connection that somebody else opened. */
async function visit(address: string, judge: (socket: Socket) => Promise<void>, asUser?: number): Promise<void> {
  const server = createServer().listen(0, address)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const become = asUser === undefined ? '' : `process.setuid(${asUser});`
  const code = `${become}require('net').connect(${port}, '${address === '::' ? '127.0.0.1' : address}').on('close', () => process.exit())`
  const visitor = spawn(process.execPath, ['-e', code], { stdio: 'ignore' })
  const [socket] = (await once(server, 'connection')) as [Socket]
  try {
    await judge(socket)
  } finally {
    socket.destroy()
    server.close()
    await once(visitor, 'exit')
  }
}

for (const address of ['127.0.0.1', '::1'])
  test(`a program of the same user is known as such (${address})`, () =>
    visit(address, async (socket) => assert.ok(await isSameUser(socket, me))))

// Root may do anything anyway, so as root the other user must be a real one.
where(process.platform === 'linux', 'only Linux tells whose a connection is')('a program of another user is known as such', () =>
  me === 0
    ? visit('127.0.0.1', async (socket) => assert.not(await isSameUser(socket, 0)), 65534)
    : visit('127.0.0.1', async (socket) => assert.not(await isSameUser(socket, me! + 1))),
)

where(me === 0, 'only root can knock as root')('root is let in', () =>
  visit('127.0.0.1', async (socket) => assert.ok(await isSameUser(socket, 65534))),
)

test.run()

/** A test that counts as skipped, said why, where it cannot run. */
function where(possible: boolean, otherwise: string): (name: string, run: () => Promise<void>) => void {
  return (name, run) => {
    if (possible) return test(name, run)
    console.log(`SKIPPED: ${name}: ${otherwise}`)
    test.skip(name)
  }
}
