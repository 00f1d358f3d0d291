import { PalabreError, text } from '@palabre/sdk'
import type { Port } from '@palabre/sdk/contract/port'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { begin } from './begin.ts'

function port(refuse?: string) {
  const asked: string[] = []
  const run: Port['run'] = async (command, args) => {
    asked.push(`${command} ${JSON.stringify(args)}`)
    if (command === refuse) throw new PalabreError('denied', text('over', 'finie'))
    return { data: { id: 'pal1them' } }
  }
  return { asked, port: { run } as Port }
}

test('a name alone begins', async () => {
  const kernel = port()
  assert.is(await begin(kernel.port, { name: ' Awa ', invite: '' }), undefined)
  assert.equal(kernel.asked, ['id.name {"name":"Awa"}'])
})

test('with an invite it leads to who invited', async () => {
  const kernel = port()
  assert.is(await begin(kernel.port, { name: 'Awa', invite: ' palabre:invite#x\n' }), 'pal1them')
  assert.is(kernel.asked.at(-1), 'invite.accept {"invite":"palabre:invite#x"}')
})

test('with an invite that does not hold nothing has begun', async () => {
  const kernel = port('invite.read')
  await begin(kernel.port, { name: 'Awa', invite: 'x' }).then(assert.unreachable, () => undefined)
  assert.is(kernel.asked.length, 1)
})

test.run()
