import { enableCompileCache } from 'node:module'

enableCompileCache()
const { runCommandLine } = await import('./command-line.ts')

// Whoever read us may have gone; what is running is told by its own interrupt and ends in good order.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exit(1)
  })
}

process.exitCode = await runCommandLine(process.argv.slice(2))

// Everything was asked to stop; what a faulty plugin left open must not keep the shell waiting.
setTimeout(() => process.exit(), 300).unref()
