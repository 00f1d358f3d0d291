import { html, type TemplateResult } from 'lit'
import { readBlocks, type Block, type Span } from './markdown.ts'

/** A message as elements made here and text nodes, nothing else. `palabre:` links are handed to `follow`. */
export function saidView(said: string, follow: (link: string) => void): TemplateResult {
  return html`${readBlocks(said).map((block) => blockView(block, follow))}`
}

function blockView(block: Block, follow: (link: string) => void): TemplateResult {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${spansView(block.spans, follow)}</p>`
    case 'quote':
      return html`<blockquote>${block.blocks.map((one) => blockView(one, follow))}</blockquote>`
    case 'code':
      return html`<pre tabindex="0"><code>${block.text}</code></pre>`
    case 'list': {
      const items = block.items.map((spans) => html`<li>${spansView(spans, follow)}</li>`)
      return block.ordered
        ? html`<ol start=${block.first}>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`
    }
  }
}

function spansView(spans: readonly Span[], follow: (link: string) => void): readonly (string | TemplateResult)[] {
  return spans.map((span) => {
    switch (span.kind) {
      case 'text':
        return span.text
      case 'code':
        return html`<code>${span.text}</code>`
      case 'bold':
        return html`<strong>${spansView(span.spans, follow)}</strong>`
      case 'italic':
        return html`<em>${spansView(span.spans, follow)}</em>`
      case 'link':
        return linkView(span.text, span.href, follow)
    }
  })
}

/** What is shown is where it leads. */
function linkView(said: string, href: string, follow: (link: string) => void): TemplateResult {
  const stay = (event: Event) => {
    event.preventDefault()
    follow(href)
  }
  return href.startsWith('palabre:')
    ? html`<a href=${href} @click=${stay}>${said}</a>`
    : html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow" referrerpolicy="no-referrer">${said}</a>`
}
