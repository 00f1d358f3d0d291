import { css, html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { Text } from '@palabre/sdk'
import { wearFace, type Face } from '@palabre/sdk/contract/face'
import { openCodeReader } from './code-reader.ts'
import { words } from './words.ts'

export const scannerTag = 'palabre-scanner'

export function defineScanner(): void {
  if (customElements.get(scannerTag) === undefined) customElements.define(scannerTag, Scanner)
}

/** Only there where the browser lets this page ask for a camera. */
export const hasCamera = (): boolean => navigator.mediaDevices !== undefined

/** Looks through the camera for as long as it is in the page, until it has found a code. Pictures go nowhere. */
class Scanner extends LitElement {
  static override properties: PropertyDeclarations = { face: { attribute: false }, trouble: { state: true } }

  declare face: Face
  declare found: (said: string) => void
  declare trouble: Text | undefined

  #looking: AbortController | undefined

  constructor() {
    super()
    wearFace(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#looking = new AbortController()
    void this.#look(this.#looking.signal)
  }

  override disconnectedCallback(): void {
    this.#looking?.abort()
    super.disconnectedCallback()
  }

  override render(): TemplateResult {
    const { language } = this.face
    return html`<video muted playsinline aria-hidden="true"></video> ${
        this.trouble === undefined
          ? html`<p class="hint" role="status">${words.aim[language]}</p>`
          : html`<p class="notice bad" role="alert">${this.trouble[language]}</p>`
      }`
  }

  async #look(signal: AbortSignal): Promise<void> {
    let stream: MediaStream | undefined
    try {
      const [read, opened] = await Promise.all([
        openCodeReader(),
        navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } }),
      ])
      stream = opened
      await this.updateComplete
      const video = this.renderRoot.querySelector('video')!
      video.srcObject = stream
      await video.play()
      while (!signal.aborted) {
        const said = await read(video)
        if (said !== undefined && !signal.aborted) return this.found(said)
        await nextPicture(video, signal)
      }
    } catch {
      if (!signal.aborted) this.trouble = words.noCamera
    } finally {
      stream?.getTracks().forEach((track) => track.stop())
    }
  }

  static override styles = css`
    :host {
      display: grid;
      gap: 0.5rem;
    }
    video {
      width: 100%;
      max-height: 22rem;
      aspect-ratio: 4 / 3;
      border-radius: var(--palabre-round);
      background: var(--palabre-sunk);
      object-fit: cover;
    }
  `
}

/** When the camera has another one; a page that is not looked at gets none. */
function nextPicture(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    video.requestVideoFrameCallback(() => resolve())
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
