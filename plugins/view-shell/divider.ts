import { css, html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import { keepSide, keptSide, sideRange, within } from './side-width.ts'
import { words } from './words.ts'

export function defineDivider(): void {
  if (customElements.get(dividerTag) === undefined) customElements.define(dividerTag, Divider)
}

const dividerTag = 'palabre-divider'

/** The line at the end of the list it stands in, which becomes as wide as the line is dragged or moved by keys. */
class Divider extends LitElement {
  static override properties: PropertyDeclarations = { face: { attribute: false }, wide: { state: true } }

  declare face: Face
  /** How wide the list is now, in rem. */
  declare wide: number
  #isHeld = false
  readonly #resizes = new ResizeObserver(() => (this.wide = this.#measure()))

  constructor() {
    super()
    this.wide = sideRange.least
    wearFace(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#resizes.observe(this.parentElement!)
  }

  override disconnectedCallback(): void {
    this.#resizes.disconnect()
    super.disconnectedCallback()
  }

  override render(): TemplateResult {
    const { language } = this.face
    return html`<div
      role="separator"
      tabindex="0"
      aria-orientation="vertical"
      aria-label=${words.sideWidth[language]}
      title=${words.sideWidthHow[language]}
      aria-valuemin=${sideRange.least}
      aria-valuemax=${sideRange.most}
      aria-valuenow=${Math.round(this.wide)}
      @keydown=${this.#press}
      @pointerdown=${this.#grab}
      @dblclick=${() => keepSide(this.face, undefined)}
    ></div>`
  }

  readonly #press = (event: KeyboardEvent) => {
    const now = Math.round(this.#measure())
    const wanted = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: sideRange.least, End: sideRange.most }[event.key]
    if (wanted === undefined) return
    event.preventDefault()
    this.#show(wanted)
    this.#keep()
  }

  readonly #grab = ({ button, clientX: from, pointerId, target }: PointerEvent) => {
    if (button !== 0) return
    const line = target as HTMLElement
    const before = this.#measure()
    const over = new AbortController()
    const on = (type: 'pointermove' | 'lostpointercapture', fn: (event: PointerEvent) => void) =>
      line.addEventListener(type, fn, { signal: over.signal })
    line.setPointerCapture(pointerId)
    on('pointermove', ({ clientX }) => {
      this.#isHeld = true
      this.#show(before + (clientX - from) / rem())
    })
    on('lostpointercapture', () => {
      over.abort()
      // A click moves nothing: the first of two would keep what the second takes back.
      if (this.#isHeld) this.#keep()
      this.#isHeld = false
    })
  }

  /** What is seen is kept, which is less than was wanted where the window has no room. */
  #keep(): void {
    keepSide(this.face, this.#measure())
  }

  #show(wanted: number | undefined): void {
    const { style } = this.parentElement!
    if (wanted === undefined) style.removeProperty('--side-width')
    else style.setProperty('--side-width', `${within(wanted)}rem`)
  }

  #measure(): number {
    return this.parentElement!.getBoundingClientRect().width / rem()
  }

  protected override updated(): void {
    if (!this.#isHeld) this.#show(keptSide(this.face))
  }

  static override styles = css`
    :host {
      position: absolute;
      inset-block: 0;
      inset-inline-end: -0.25rem;
      z-index: 1;
      width: 0.5rem;
    }
    div {
      height: 100%;
      background: center / 2px 100% no-repeat;
      cursor: col-resize;
      touch-action: none;
    }
    div:hover,
    div:active,
    div:focus-visible {
      background-image: linear-gradient(var(--palabre-accent), var(--palabre-accent));
    }
    div:focus-visible {
      outline-offset: -2px;
    }
    @media (max-width: 45rem) {
      :host {
        display: none;
      }
    }
  `
}

const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
