import { Validator, type OutputUnit } from '@cfworker/json-schema'
import { plural, text, type JsonSchema, type Text } from '@palabre/sdk'
import { copied } from './copied.ts'
import { withDefaults } from './defaults.ts'
import { nearest } from './near.ts'
import { follow, pointed, pointerSteps } from './pointer.ts'

/**
 * JSON Schema, interpreted. ajv compiles schemas by generating code, which neither a page under `script-src 'self'` nor a process
 * under `--disallow-code-generation-from-strings` allows; it stands in the tests, as the judge this one must agree with.
 */
export interface Checked {
  /** The value with the schema's defaults filled in; meaningful when there are no problems. */
  readonly value: unknown
  readonly problems: readonly SchemaProblem[]
}

export interface SchemaProblem {
  /** Where in the value: `/plugins/log-console/config`. */
  readonly path: string
  readonly text: Text
}

const validators = new WeakMap<JsonSchema, Validator>()

export function check(value: unknown, schema: JsonSchema): Checked {
  const filled = withDefaults(value ?? null, schema)
  try {
    const { valid, errors } = validatorFor(schema).validate(filled)
    return { value: filled, problems: valid ? [] : explain(errors, filled, schema) }
  } catch (error) {
    // The validator writes keys as addresses, and half a character has none.
    if (error instanceof URIError) return { value: filled, problems: [brokenKey] }
    throw error
  }
}

const brokenKey: SchemaProblem = {
  path: '/',
  text: text('holds a key that is not valid Unicode', 'contient une clé qui n’est pas de l’Unicode valide'),
}

function validatorFor(schema: JsonSchema): Validator {
  const known = validators.get(schema)
  if (known !== undefined) return known
  // The validator writes into the schema it is given.
  const made = new Validator(copied(schema), '2020-12', false)
  validators.set(schema, made)
  return made
}

/** Keywords whose units merely lead to others. */
const mere = [
  '$ref',
  'properties',
  'patternProperties',
  'additionalProperties',
  'propertyNames',
  'items',
  'prefixItems',
  'allOf',
  'if',
]

/** The units that say what is wrong; the others only say that something inside them is. */
function explain(errors: readonly OutputUnit[], value: unknown, schema: JsonSchema): SchemaProblem[] {
  const told = errors.filter(({ keyword }) => !mere.includes(keyword))
  const problems = told.map((unit) => ({
    path: `/${pointerSteps(unit.instanceLocation).join('/')}`,
    text: sentence(unit, value, schema),
  }))
  return problems.filter(
    ({ path, text: { en } }, i) => problems.findIndex((other) => other.path === path && other.text.en === en) === i,
  )
}

function sentence({ keyword, instanceLocation, keywordLocation, error }: OutputUnit, value: unknown, schema: JsonSchema): Text {
  const steps = pointerSteps(instanceLocation)
  const rule = ruleAt(schema, pointerSteps(keywordLocation))
  switch (keyword) {
    case 'type':
      return text(
        `must be ${listOf(rule, 'or')}, and is ${kindOf(follow(value, steps))}`,
        `doit être ${listOf(rule, 'ou')}, et est ${kindOf(follow(value, steps))}`,
      )
    case 'required': {
      const missing = /"(.+)"/.exec(error)?.[1] ?? '?'
      return text(`"${missing}" is missing`, `« ${missing} » manque`)
    }
    case 'enum':
    case 'const':
      return text(`must be ${listOf(rule, 'or', JSON.stringify)}`, `doit être ${listOf(rule, 'ou', JSON.stringify)}`)
    case 'minimum':
      return text(`must be at least ${String(rule)}`, `doit valoir au moins ${String(rule)}`)
    case 'maximum':
      return text(`must be at most ${String(rule)}`, `doit valoir au plus ${String(rule)}`)
    case 'minLength':
      return rule === 1 ? text('must not be empty', 'ne doit pas être vide') : holding('at least', 'au moins', characters(rule))
    case 'maxLength':
      return holding('at most', 'au plus', characters(rule))
    case 'minItems':
      return holding('at least', 'au moins', items(rule))
    case 'maxItems':
      return holding('at most', 'au plus', items(rule))
    case 'pattern':
      return formOf(ruleAt(schema, pointerSteps(keywordLocation).slice(0, -1)), rule)
    case 'false':
      return unknownKey(steps, schema)
    default:
      return text(
        `does not satisfy "${keyword}": ${JSON.stringify(rule) ?? error}`,
        `ne respecte pas « ${keyword} » : ${JSON.stringify(rule) ?? error}`,
      )
  }
}

const holding = (en: string, fr: string, what: Text): Text => text(`must have ${en} ${what.en}`, `doit avoir ${fr} ${what.fr}`)

const characters = (count: unknown): Text =>
  plural(Number(count), {
    en: { one: '# character', other: '# characters' },
    fr: { one: '# caractère', other: '# caractères' },
  })

const items = (count: unknown): Text =>
  plural(Number(count), {
    en: { one: '# item', other: '# items' },
    fr: { one: '# élément', other: '# éléments' },
  })

/** Shown by an example where the schema gives one: few people read patterns. */
function formOf(wanted: unknown, pattern: unknown): Text {
  const [example] = isObject(wanted) && Array.isArray(wanted['examples']) ? (wanted['examples'] as string[]) : []
  if (example === undefined)
    return text(`does not have the expected form (${String(pattern)})`, `n’a pas la forme attendue (${String(pattern)})`)
  return text(`does not have the form that is expected, as in ${example}`, `n’a pas la forme attendue, par exemple ${example}`)
}

function unknownKey(steps: readonly string[], schema: JsonSchema): Text {
  const meant = nearest(steps.at(-1) ?? '', Object.keys(propertiesBeside(schema, steps)))[0]
  if (meant === undefined) return text('is not a known key', 'n’est pas une clé connue')
  return text(`is not a known key; did you mean "${meant}"?`, `n’est pas une clé connue ; vouliez-vous dire « ${meant} » ?`)
}

/** The `properties` that could stand where the key stands, found by walking the schema beside the value. */
function propertiesBeside(schema: JsonSchema, steps: readonly string[]): object {
  let here = schema
  for (const step of steps.slice(0, -1)) {
    const { properties, additionalProperties, items } = here
    const named = isObject(properties) ? properties[step] : undefined
    const next = named ?? additionalProperties ?? items
    if (!isObject(next)) return {}
    here = resolved(next, schema)
  }
  return isObject(here['properties']) ? here['properties'] : {}
}

function ruleAt(schema: JsonSchema, steps: readonly string[]): unknown {
  let here: unknown = schema
  for (const step of steps) {
    if (typeof here !== 'object' || here === null) return undefined
    here = step === '$ref' ? resolved(here as JsonSchema, schema) : (here as Record<string, unknown>)[step]
  }
  return here
}

function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const { $ref } = schema
  return typeof $ref === 'string' ? (pointed(root, $ref) as JsonSchema) : schema
}

function listOf(rule: unknown, or: string, show: (item: unknown) => string = String): string {
  return (Array.isArray(rule) ? rule : [rule]).map(show).join(` ${or} `)
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
