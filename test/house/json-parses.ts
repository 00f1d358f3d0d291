import type { House } from './house.ts'
import { readmeBlocks } from './readme-blocks.ts'
import type { Violation } from './violation.ts'

/** Every JSON file and every ```json block of a README parses. Samples of the tests may be broken on purpose; tools allow comments in theirs. */
export function jsonParses(house: House): Violation[] {
  return [...house.paths.filter(isStrict).flatMap((path) => fault(path, 1, house.text(path))), ...inReadmes(house)]
}

const isStrict = (path: string) =>
  path.endsWith('.json') && !path.startsWith('test/') && !/(?:^|\/)(?:\.[^/]*|tsconfig[^/]*)\.json$/.test(path)

function inReadmes(house: House): Violation[] {
  return house.paths
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      readmeBlocks(house.text(path)).flatMap((block) => (block.language === 'json' ? fault(path, block.line, block.code) : [])),
    )
}

function fault(path: string, firstLine: number, text: string): Violation[] {
  try {
    JSON.parse(text)
    return []
  } catch (error) {
    return [{ path, line: firstLine, says: `is no JSON: ${(error as Error).message}` }]
  }
}
