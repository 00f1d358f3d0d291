import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { definePlugin } from '@palabre/sdk'
import type { LogRecord } from '@palabre/sdk/contract/log'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createConsoleSink } from './console-sink.ts'

const record: LogRecord = { time: 0, level: 'warn', plugin: 'clock-system', message: 'skew', fields: { ms: 12, host: 'a b' } }

test('a line of text names time, level, plugin, message and fields', () => {
  assert.equal(printed(record, 'text'), ['00:00:00.000 warn  clock-system: skew ms=12 host="a b"'])
})

test('a line of JSON holds the same', () => {
  assert.equal(JSON.parse(printed(record, 'json')[0]!), { ...record, time: '1970-01-01T00:00:00.000Z' })
})

test('what is below the level is left out, and the level can change', () => {
  const lines: string[] = []
  const sink = createConsoleSink({ level: 'error', format: 'text' }, (line) => lines.push(line))
  sink.write(record)
  sink.configure({ level: 'warn', format: 'text' })
  sink.write(record)
  assert.is(lines.length, 1)
})

test('control characters are written out', () => {
  const [line] = printed({ ...record, message: 'a\u001b[31mred\nb' }, 'text')
  assert.not.match(line!, /[\u001b\n]/)
  assert.match(line!, /\\u001b\[31mred\\u000ab/)
})

test('a sink that starts late prints what was said before, and a changed level reaches it running', async () => {
  const lines: string[] = []
  const original = console.error
  console.error = (line: string) => void lines.push(line)
  try {
    const talker = testPlugin('talker', definePlugin({ start: (_, scope) => scope.log.warn('early word') }))
    await using host = await startTestHost({ plugins: [talker, import.meta.dirname] })
    await host.plugins.configure('log-console', { level: 'trace', format: 'json' })
    assert.is(host.plugins.why('log-console').plugin.state, 'running')
    await host.plugins.disable('talker')
    assert.ok(lines.some((line) => line.includes('talker: early word')))
    assert.ok(lines.some((line) => line.startsWith('{') && line.includes('talker is disabled')))
  } finally {
    console.error = original
  }
})

test.run()

function printed(one: LogRecord, format: 'text' | 'json'): string[] {
  const lines: string[] = []
  createConsoleSink({ level: 'trace', format }, (line) => lines.push(line)).write(one)
  return lines
}
