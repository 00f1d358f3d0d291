import { text, type JsonSchema } from '@palabre/sdk'
import { pointed } from './pointer.ts'
import type { SchemaProblem } from './schema.ts'

/** Values inside a schema that are no schemas themselves. */
const data = ['default', 'enum', 'const', 'examples']

/** What no schema of schemas can say: a pattern that does not compile, a reference that leads nowhere. */
export function schemaFault(root: JsonSchema): SchemaProblem | undefined {
  const left: { here: unknown; path: string }[] = [{ here: root, path: '' }]
  for (let item = left.pop(); item !== undefined; item = left.pop()) {
    const { here, path } = item
    if (typeof here !== 'object' || here === null) continue
    for (const [key, value] of Object.entries(here) as [string, unknown][]) {
      const place = `${path}/${key}`
      if (key === 'pattern' && typeof value === 'string' && !compiles(value)) return badPattern(place)
      if (key === 'patternProperties') for (const name of Object.keys(value ?? {})) if (!compiles(name)) return badPattern(place)
      if (key === '$ref' && typeof value === 'string' && pointed(root, value) === undefined) return deadEnd(place, value)
      if (!data.includes(key) && !key.startsWith('x-')) left.push({ here: value, path: place })
    }
  }
  return undefined
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}

function badPattern(path: string): SchemaProblem {
  return { path, text: text('is not a regular expression', 'n’est pas une expression régulière') }
}

function deadEnd(path: string, ref: string): SchemaProblem {
  return { path, text: text(`leads nowhere: ${ref}`, `ne mène nulle part : ${ref}`) }
}
