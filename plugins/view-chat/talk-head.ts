import { html, nothing, type TemplateResult } from 'lit'
import type { Language } from '@palabre/sdk'
import type { Conversation } from '@palabre/sdk/contract/messenger'
import { icon, lines } from './icons.ts'
import { fuseChoice, words } from './words.ts'

interface HeadContext {
  readonly language: Language
  readonly name: string
  readonly with: Conversation | undefined
  about(): void
  search(): void
  fuse(): void
  clear(): void
}

/** Who it is, what other views have to say of it, and what can be decided about all of it. */
export function talkHead(context: HeadContext): TemplateResult {
  const { language, name, with: them } = context
  const burns = them?.fuse === undefined ? undefined : fuseChoice(them.fuse / 1000)[language]
  const fuseLabel = burns === undefined ? words.fuse[language] : `${words.fuse[language]}: ${burns}`
  return html`<header>
    <slot name="back"></slot>
    <button class="who" title=${words.details[language]} @click=${context.about}>
      <h1 id="name">${name}</h1>
      ${
        them?.verified === true
          ? html`<span class="verified">${icon(lines.shield)}<span class="unseen">${words.verified[language]}</span></span>`
          : nothing
      }
    </button>
    <slot name="head"></slot>
    <div class="head-tools">
      ${tool('hourglass', fuseLabel, context.fuse, burns)} ${tool('search', words.search[language], context.search)}
      ${tool('broom', words.clear[language], context.clear)}
    </div>
  </header>`
}

function tool(lineName: keyof typeof lines, label: string, press: () => void, said?: string): TemplateResult {
  return html`<button
    class="button quiet ${said === undefined ? 'only-icon' : 'with-word'}"
    aria-label=${label}
    title=${label}
    @click=${press}
  >
    ${icon(lines[lineName])}${said === undefined ? nothing : html`<span aria-hidden="true">${said}</span>`}
  </button>`
}
