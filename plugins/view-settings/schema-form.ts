import { html, nothing, type TemplateResult } from 'lit'
import type { JsonSchema, Language, Text } from '@palabre/sdk'
import { words } from './words.ts'

type Values = Readonly<Record<string, unknown>>

/** How a setting is filled in. What fits no field is written as JSON. */
type Kind = 'yes-no' | 'choice' | 'number' | 'text' | 'lines' | 'json'

export const propertiesOf = (schema: JsonSchema): readonly (readonly [string, JsonSchema])[] =>
  Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)

export function titleOf(name: string, schema: JsonSchema, language: Language): string {
  return (schema['x-title'] as Text | undefined)?.[language] ?? name
}

/** A field for each setting that a plugin's schema describes. */
export function schemaForm(plugin: string, schema: JsonSchema, values: Values, language: Language): TemplateResult {
  return html`${propertiesOf(schema).map(
    ([name, one]) => html`<div class="setting">${field(`${plugin}-${name}`, name, one, values[name], language)}</div>`,
  )}`
}

function field(id: string, name: string, schema: JsonSchema, value: unknown, language: Language): TemplateResult {
  const title = titleOf(name, schema, language)
  const kind = kindOf(schema)
  if (kind === 'yes-no')
    return html`<label class="check"><input type="checkbox" name=${name} .checked=${value === true} />${title}</label>`
  return html`<label class="label" for=${id}>${title}</label> ${input(id, name, kind, schema, value)}
    ${kind === 'lines' ? html`<p class="hint">${words.onePerLine[language]}</p>` : nothing}`
}

function input(id: string, name: string, kind: Kind, schema: JsonSchema, value: unknown): TemplateResult {
  if (kind === 'choice') {
    const choices = schema['enum'] as readonly unknown[]
    return html`<select id=${id} class="field" name=${name}>
      ${choices.map((one) => html`<option value=${JSON.stringify(one)} ?selected=${one === value}>${String(one)}</option>`)}
    </select>`
  }
  if (kind === 'lines' || kind === 'json')
    return html`<textarea
      id=${id}
      class="field mono"
      name=${name}
      rows=${kind === 'lines' ? 2 : 3}
      spellcheck="false"
      .value=${shown(kind, value)}
    ></textarea>`
  return html`<input
    id=${id}
    class="field"
    name=${name}
    type=${kind === 'number' ? 'number' : 'text'}
    step="any"
    autocomplete="off"
    .value=${shown(kind, value)}
  />`
}

export function kindOf({ type, enum: choices, items }: JsonSchema): Kind {
  if (choices !== undefined) return 'choice'
  if (type === 'boolean') return 'yes-no'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'string') return 'text'
  return type === 'array' && (items as JsonSchema | undefined)?.['type'] === 'string' ? 'lines' : 'json'
}

/** A value as it stands in a field. */
export function shown(kind: Kind, value: unknown): string {
  if (value === undefined) return ''
  if (kind === 'lines') return (value as readonly string[]).join('\n')
  return kind === 'json' ? JSON.stringify(value, undefined, 2) : String(value as string | number)
}

/** What a field says, as the schema wants it; undefined where nothing was filled in. Throws for JSON that is none. */
export function readField(kind: Kind, said: string | boolean): unknown {
  if (typeof said === 'boolean') return said
  if (kind === 'lines')
    return said
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  if (kind === 'text') return said
  if (said.trim() === '') return undefined
  return kind === 'number' ? Number(said) : (JSON.parse(said) as unknown)
}

/** Everything that stands in the form. */
export function readForm(form: HTMLFormElement, schema: JsonSchema): Values {
  const read = propertiesOf(schema).map(([name, one]) => {
    const control = form.elements.namedItem(name) as HTMLInputElement
    const kind = kindOf(one)
    return [name, readField(kind, kind === 'yes-no' ? control.checked : control.value)] as const
  })
  return Object.fromEntries(read.filter(([, value]) => value !== undefined))
}
