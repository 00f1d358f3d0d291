import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { pollutedPath } from './pollution.ts'

test('each forbidden key is found at any depth, with its path', () => {
  const cases: [json: string, path: string | undefined][] = [
    ['{"__proto__":{}}', '/__proto__'],
    ['{"a":[1,{"constructor":1}]}', '/a/1/constructor'],
    ['{"a":{"b":{"prototype":null}}}', '/a/b/prototype'],
    ['[[[{"__proto__":[]}]]]', '/0/0/0/__proto__'],
    ['{"proto":1,"a":"__proto__","b":["constructor"]}', undefined],
    ['null', undefined],
  ]
  for (const [json, path] of cases) assert.is(pollutedPath(JSON.parse(json)), path, json)
})

test('depth is no matter', () => {
  const deep = JSON.parse('['.repeat(100_000) + '{"__proto__":1}' + ']'.repeat(100_000)) as unknown
  assert.ok(pollutedPath(deep)?.endsWith('/__proto__'))
})

test.run()
