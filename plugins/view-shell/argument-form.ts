import { html, nothing, type TemplateResult } from 'lit'
import type { JsonSchema, Language, Text } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'
import { words } from './words.ts'

/** A field for each argument that the command describes. */
export function argumentForm({ args }: CommandSpec, language: Language): TemplateResult {
  const required = (args?.['required'] ?? []) as readonly string[]
  return html`${fieldsOf(args).map(
    ([name, schema]) =>
      html`<label>
        <span class="label"
          >${titleOf(name, schema, language)}${required.includes(name) ? html` · ${words.mustSay[language]}` : nothing}</span
        >
        ${field(name, schema, required.includes(name), language)}
      </label>`,
  )}`
}

function field(name: string, schema: JsonSchema, isRequired: boolean, language: Language): TemplateResult {
  const choices = schema['type'] === 'boolean' ? ['true'] : (schema['enum'] as readonly string[] | undefined)
  const standard = schema['default'] === undefined ? '' : JSON.stringify(schema['default']).replace(/^"|"$/g, '')
  if (choices !== undefined)
    return html`<select class="field" name=${name} ?required=${isRequired}>
      <option value="">${standard === '' || standard === 'false' ? words.unset[language] : standard}</option>
      ${choices.map((one) => html`<option value=${one}>${one === 'true' ? words.yes[language] : one}</option>`)}
    </select>`
  return html`<input
    class="field"
    name=${name}
    type=${schema['type'] === 'integer' || schema['type'] === 'number' ? 'number' : 'text'}
    autocomplete="off"
    placeholder=${standard}
    ?required=${isRequired}
  />`
}

export const hasArguments = ({ args }: CommandSpec) => fieldsOf(args).length > 0

/** What was filled in, as the schema wants it; the kernel checks it again. */
export function readArguments(form: HTMLFormElement, { args }: CommandSpec): object {
  const said = new FormData(form)
  const given = fieldsOf(args).flatMap(([name, { type }]) => {
    const value = said.get(name)
    return typeof value !== 'string' || value === '' ? [] : [[name, convert(value, type)] as const]
  })
  return Object.fromEntries(given)
}

function convert(value: string, type: unknown): unknown {
  if (type === 'integer' || type === 'number') return Number(value)
  if (type === 'boolean') return value === 'true'
  if (type === 'array') return value.split(/\s+/).filter(Boolean)
  return type === 'object' ? (JSON.parse(value) as unknown) : value
}

const fieldsOf = (args: JsonSchema | undefined) => Object.entries((args?.['properties'] ?? {}) as Record<string, JsonSchema>)

function titleOf(name: string, schema: JsonSchema, language: Language): string {
  return (schema['x-title'] as Text | undefined)?.[language] ?? name
}
