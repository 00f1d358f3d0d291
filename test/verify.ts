import { checks, fixes } from './verify/checks.ts'
import { runChecks } from './verify/run-checks.ts'

/** Everything that can be known of the code without running the product. `--fix` corrects what a tool can correct safely. */
const failed = process.argv.includes('--fix') ? await runChecks(fixes, 1) : await runChecks(checks, 2)
process.exitCode = failed === 0 ? 0 : 1
