import { join } from 'node:path'
import { houseRoot, theHouse } from '../house/read-house.ts'
import { describeViolation } from '../house/violation.ts'
import { outcome, type Check, type Outcome } from './check.ts'
import { readmeCode } from './readme-code.ts'
import { runScript, scriptOf } from './tool.ts'

/** In the order in which one corrects them. */
export const checks: readonly Check[] = [
  tool('format', scriptOf('oxfmt'), ['--check']),
  tool('lint', scriptOf('oxlint'), ['--format=unix']),
  tool('types', scriptOf('typescript', 'tsc'), ['-p', '.']),
  tool('types of the sdk', scriptOf('typescript', 'tsc'), ['-p', 'sdk']),
  tool('types of the kernel', scriptOf('typescript', 'tsc'), ['-p', 'kernel']),
  tool('types of the page', scriptOf('typescript', 'tsc'), ['-p', 'host-web']),
  tool('types of plugins on it', scriptOf('typescript', 'tsc'), ['-p', 'plugins']),
  { name: 'house rules', run: houseRules },
  tool('unused code', scriptOf('knip'), ['--no-progress', '--no-config-hints']),
  { name: 'code in READMEs', run: codeInReadmes },
]

/** What tools correct safely. */
export const fixes: readonly Check[] = [
  tool('lint', scriptOf('oxlint'), ['--format=unix', '--fix']),
  tool('format', scriptOf('oxfmt'), []),
]

function tool(name: string, script: string, args: readonly string[]): Check {
  return {
    name,
    async run() {
      const { ok, output } = await runScript(script, args)
      return outcome(ok, output)
    },
  }
}

/** Each test of a rule counts. The files in which all passed need no words. */
async function houseRules(): Promise<Outcome> {
  const { output } = await runScript(join(houseRoot, 'test/run.ts'), ['test/house'])
  const [, passed, failed] = /\n(\d+) passed, (\d+) failed\b.*\s*$/.exec(output) ?? []
  if (passed === undefined) return outcome(false, output)
  return { passed: Number(passed), failed: Number(failed), details: output.replace(/^ *\d+ passed\b.*$\n?/gm, '') }
}

async function codeInReadmes() {
  const house = theHouse()
  const readmes = house.paths.filter((path) => /(?:^|\/)README\.md$/.test(path)).map((path) => ({ path, text: house.text(path) }))
  const violations = await readmeCode(readmes)
  return outcome(violations.length === 0, violations.map(describeViolation).join('\n'))
}
