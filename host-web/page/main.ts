import { showCannotStart } from './cannot-start.ts'
import { takeNewerPage } from './offline-page.ts'

// Before any other code: what every object inherits from can be changed by nobody.
Object.freeze(Object.prototype)
// Some browsers of last year do not know these two names yet; code that was compiled for them uses the names in the registry.
for (const name of ['dispose', 'asyncDispose'] as const) {
  if (Symbol[name] === undefined) Object.defineProperty(Symbol, name, { value: Symbol.for(`Symbol.${name}`) })
}
// Long enough to reach from a library's depths up to the plugin that called it.
Object.assign(Error, { stackTraceLimit: 50 })

try {
  await takeNewerPage()
  const { boot } = await import('./boot.ts')
  await boot()
} catch (error) {
  showCannotStart(error)
}
