import type { House, Room } from './house.ts'
import type { Violation } from './violation.ts'

const longestPluginReadme = 60

/** Each room explains itself in a README; a plugin has the same five things as every other plugin, and its page stays a page. */
export function roomsAreComplete(house: House): Violation[] {
  return [...house.rooms.flatMap((room) => missing(house, room)), ...house.paths.filter(isLooseInPlugins).map(loose)]
}

function missing(house: House, room: Room): Violation[] {
  const wanted = room.kind === 'plugin' ? ['README.md', 'package.json', 'manifest.json', 'index.ts'] : ['README.md', 'package.json']
  const absent = wanted
    .filter((name) => !house.has(`${room.path}/${name}`))
    .map((name) => ({ path: room.path, says: `has no ${name}. Write one.` }))
  return room.kind === 'plugin' ? [...absent, ...untested(room), ...longReadme(house, room)] : absent
}

function untested(room: Room): Violation[] {
  const tested = room.paths.some((path) => path.endsWith('.test.ts'))
  return tested ? [] : [{ path: room.path, says: 'has no test. Write a *.test.ts beside the file it tests.' }]
}

function longReadme(house: House, room: Room): Violation[] {
  const path = `${room.path}/README.md`
  const lines = house.text(path).trimEnd().split('\n').length
  return lines <= longestPluginReadme
    ? []
    : [{ path, says: `has ${lines} lines. A plugin's page has ${longestPluginReadme} at most: shorten it.` }]
}

/** `plugins/` holds plugins, each in its folder, at most a page about them all, and how those for pages are type-checked. */
const isLooseInPlugins = (path: string) => /^plugins\/[^/]+$/.test(path) && !/\/(?:README\.md|tsconfig\.json)$/.test(path)

const loose = (path: string) => ({
  path,
  says: 'lies loose among the plugins. Put it into the folder of the plugin it belongs to.',
})
