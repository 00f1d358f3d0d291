import { runDesktop } from './run-desktop.ts'

// Whoever reads us may have read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await runDesktop(process.argv.slice(2))

// Everything was asked to stop; what a faulty plugin left open must not keep the shell waiting.
setTimeout(() => process.exit(), 300).unref()
