import * as assert from 'uvu/assert'
import type { Reply } from '../contract/command.ts'
import type { Port, PortState } from '../contract/port.ts'
import { isPalabreError, type PalabreError } from '../error.ts'
import { lawWith, type Law } from './law.ts'

/** A port, freshly opened, to a kernel in which `portProbe()` runs. */
export interface PortSubject {
  readonly port: Port
  /** Takes the kernel away for good; left out where port and kernel live and die together. */
  cut?(): Promise<void>
}

export const portLaws: readonly Law<PortSubject>[] = [
  lawWith('commands tells what the kernel can do', async ({ port }) => {
    const list = await port.commands()
    const echo = list.find(({ id }) => id === 'probe.echo')
    assert.is(echo?.plugin, 'port-probe')
    assert.is(echo?.available, true)
    assert.equal(echo?.title, { en: 'probe.echo', fr: 'probe.echo' })
  }),
  lawWith('run brings the reply, its data and both its texts', async ({ port }) => {
    assert.equal(await port.run('probe.echo', { word: 'né' }), { data: { word: 'né' }, text: { en: 'heard né', fr: 'entendu né' } })
  }),
  lawWith('arguments pass the kernel’s check', async ({ port }) => {
    const error = await failure(port.run('probe.echo', { word: 1 }))
    assert.is(error.code, 'bad-argument')
  }),
  lawWith('an error arrives with its code, both languages, what to do and whose it is', async ({ port }) => {
    const { code, actor, text, todo, plugin } = await failure(port.run('probe.refuse'))
    assert.equal(
      { code, actor, text, todo, plugin },
      {
        code: 'denied',
        actor: 'caller',
        text: { en: 'not today', fr: 'pas aujourd’hui' },
        todo: { en: 'Try tomorrow.', fr: 'Essayez demain.' },
        plugin: 'port-probe',
      },
    )
  }),
  lawWith('an ordinary error arrives as a PalabreError that says the same', async ({ port }) => {
    const error = await failure(port.run('probe.break'))
    assert.match(error.text.en, 'the spring came loose')
    assert.match(error.text.fr, 'the spring came loose')
  }),
  lawWith('an unknown command is told as such', async ({ port }) => {
    assert.is((await failure(port.run('probe.ecoh'))).code, 'unknown-command')
    assert.is((await failure(port.run(''))).code, 'unknown-command')
    assert.is((await failure(all(port.stream('no such')))).code, 'unknown-command')
  }),
  lawWith('stream brings every reply in order, then ends', async ({ port }) => {
    const replies = await all(port.stream('probe.count', { to: 200 }))
    assert.equal(
      replies.map(({ data }) => data),
      Array.from({ length: 200 }, (_, n) => n + 1),
    )
    assert.equal(replies[1]?.text, { en: 'number 2', fr: 'numéro 2' })
  }),
  lawWith('run of a command that streams brings its last reply', async ({ port }) => {
    assert.is((await port.run('probe.count', { to: 3 })).data, 3)
  }),
  lawWith('a stream that fails brings what came before, then the error', async ({ port }) => {
    const seen: unknown[] = []
    const reading = (async () => {
      for await (const { data } of port.stream('probe.stumble')) seen.push(data)
    })()
    assert.is((await failure(reading)).code, 'storage-failed')
    assert.equal(seen, ['one step'])
  }),
  lawWith('whoever leaves a stream stops its command', async ({ port }) => {
    for await (const { data } of port.stream('probe.count', { to: endless })) if (data === 5) break
    await port.run('probe.reached', { moment: 'count left' })
  }),
  lawWith('a command does not run far ahead of a slow reader', async ({ port }) => {
    const reader = port.stream('probe.count', { to: endless })[Symbol.asyncIterator]()
    for (let n = 1; n <= 100; n++) assert.is((await reader.next()).value?.data, n)
    for (let turn = 0; turn < 20; turn++) await port.run('probe.echo', { word: 'time passes' })
    const counted = (await port.run('probe.counted')).data as number
    await reader.return?.()
    assert.ok(counted >= 100 && counted <= 200, `100 read, ${counted} made`)
  }),
  lawWith('cancelling reaches the command, and the call comes to its end', async ({ port }) => {
    const controller = new AbortController()
    const waiting = failure(port.run('probe.wait', { name: 'x' }, { signal: controller.signal }))
    await port.run('probe.reached', { moment: 'x begun' })
    controller.abort()
    assert.is((await waiting).code, 'cancelled')
    await port.run('probe.reached', { moment: 'x stopped' })
  }),
  lawWith('cancelling one leaves the others alone', async ({ port }) => {
    const [one, two] = [new AbortController(), new AbortController()]
    const first = failure(port.run('probe.wait', { name: 'a' }, { signal: one.signal }))
    const second = failure(port.run('probe.wait', { name: 'b' }, { signal: two.signal }))
    await port.run('probe.reached', { moment: 'a begun' })
    await port.run('probe.reached', { moment: 'b begun' })
    one.abort()
    await first
    const other = await Promise.race([second, port.run('probe.echo', { word: 'still there' })])
    assert.not(isPalabreError(other))
    two.abort()
    await second
  }),
  lawWith('many at once keep apart', async ({ port }) => {
    const words = Array.from({ length: 50 }, (_, n) => `word ${n}`)
    const streams = [3, 50, 7].map((to) => all(port.stream('probe.count', { to })))
    const replies = await Promise.all(words.map((word) => port.run('probe.echo', { word })))
    assert.equal(
      replies.map(({ data }) => (data as { word: string }).word),
      words,
    )
    assert.equal((await Promise.all(streams)).map(lastData), [3, 50, 7])
  }),
  lawWith('state is open while the kernel answers, and whoever watches is told when it goes', async ({ port, cut }) => {
    await port.run('probe.echo', { word: 'here' })
    assert.is(port.state, 'open')
    const states: PortState[] = []
    const left = Promise.withResolvers<void>()
    using _watch = port.watch((state) => {
      states.push(state)
      left.resolve()
    })
    if (cut === undefined) return
    const waiting = failure(port.run('probe.wait', { name: 'cut' }))
    await port.run('probe.reached', { moment: 'cut begun' })
    await cut()
    await left.promise
    assert.is((await waiting).code, 'closed')
    assert.is.not(states[0], 'open')
    assert.is.not(port.state, 'open')
  }),
  lawWith('whoever stops watching hears no more', async ({ port, cut }) => {
    if (cut === undefined) return
    await port.run('probe.echo', { word: 'here' })
    const first = Promise.withResolvers<void>()
    const deaf: PortState[] = []
    port.watch((state) => void deaf.push(state))[Symbol.dispose]()
    using _watch = port.watch(() => first.resolve())
    await cut()
    await first.promise
    assert.equal(deaf, [])
  }),
]

/** As good as for ever; JSON has no Infinity. */
const endless = Number.MAX_SAFE_INTEGER

async function all(stream: AsyncIterable<Reply>): Promise<Reply[]> {
  const replies: Reply[] = []
  for await (const reply of stream) replies.push(reply)
  return replies
}

function lastData(replies: readonly Reply[]): unknown {
  return replies.at(-1)?.data
}

async function failure(call: Promise<unknown>): Promise<PalabreError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('value' in outcome) throw new Error(`did not fail but answered ${JSON.stringify(outcome.value)}`)
  if (!isPalabreError(outcome.error)) throw new Error('is no PalabreError', { cause: outcome.error })
  return outcome.error
}
