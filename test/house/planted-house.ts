import * as assert from 'uvu/assert'
import { buildHouse, type House } from './house.ts'
import { place, type Rule } from './violation.ts'

/** A small house in memory, made to break or to keep one rule. Objects are written as JSON; a room gets a plain package.json. */
export function plantedHouse(files: Readonly<Record<string, unknown>>): House {
  const written = Object.entries(files).map(([path, content]) => [path, asText(content)] as const)
  const bare = buildHouse(new Map(written))
  const packages = bare.rooms
    .map((room) => `${room.path}/package.json`)
    .filter((path) => !bare.has(path))
    .map((path) => [path, asText({ name: `@palabre/${path.split('/').at(-2)}`, version: '0.1.0' })] as const)
  return buildHouse(new Map([...written, ...packages]))
}

/** Where a rule finds itself broken in a planted house, as `path:line`; it must say what is wrong and what to do. */
export function broken(rule: Rule, files: Readonly<Record<string, unknown>>): string[] {
  const violations = rule(plantedHouse(files))
  for (const { says } of violations) assert.ok(says, 'a violation without a word')
  return violations.map(place)
}

const asText = (content: unknown) => (typeof content === 'string' ? content : JSON.stringify(content, null, 2))
