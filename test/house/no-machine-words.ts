import type { House } from './house.ts'
import type { Violation } from './violation.ts'

/** Places that exist on one machine only. A path begins after a space, a quote, a bracket, `=`, `:` or `file://`. */
const machinePath = /(?:^|[\s'"`(<[=:,]|file:\/\/)((?:\/(?:work|root|tmp)(?![\w.-])|\/Users\/\w|[A-Z]:\\Users\\)[\w./\\-]*)/

const secrets: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a private key', /-{5}BEGIN (?:[A-Z]+ )?PRIVATE KEY-{5}/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40,})\b/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['an AWS key', /\bAKIA[0-9A-Z]{16}\b/],
  ['a Slack token', /\bxox[abprs]-[\w-]{10,}/],
  ['credentials in an address', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"`]+:[^\s/@'"`$]+@[\w-]/],
]

/** The project works on any machine and tells nobody's secrets. Vectors carry published test keys; a container is a machine of its own. */
export function noMachineWords(house: House): Violation[] {
  return house.paths
    .filter((path) => !path.startsWith('test/vectors/') && path !== 'package-lock.json')
    .flatMap((path) =>
      house
        .text(path)
        .split('\n')
        .flatMap((text, index) => {
          const says = whatIsWrong(path, text)
          return says === undefined ? [] : [{ path, line: index + 1, says }]
        }),
    )
}

function whatIsWrong(path: string, line: string): string | undefined {
  const place = isContainer(path) ? undefined : machinePath.exec(line)?.[1]
  if (place !== undefined)
    return `names ${place}, which other machines do not have. Build the path from what is known, or use mkdtemp.`
  const secret = secrets.find(([, pattern]) => pattern.test(line))
  return secret && `holds what looks like ${secret[0]}. Remove it and revoke it.`
}

const isContainer = (path: string) => /(?:^|\/)(?:Dockerfile[\w.-]*|(?:docker-)?compose[\w.-]*\.ya?ml)$/.test(path)
