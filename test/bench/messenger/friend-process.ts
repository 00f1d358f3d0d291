import { on } from 'node:events'
import { startPerson } from '../../messenger/person.ts'

/** Somebody in a process of their own, on SQLite: gives an invite, answers an echo, and tells how many messages were kept. */
const friend = await startPerson()
const { link } = await friend.contacts.createInvite({ name: 'Friend' })
using _echo = friend.network.protocol('/palabre-bench/echo/1', async (stream) => {
  for await (const bytes of stream.bytes) await stream.write(bytes)
})
process.send!({ link })
for await (const [message] of on(process, 'message')) {
  if (message === 'end') break
}
await friend[Symbol.asyncDispose]()
process.disconnect()
