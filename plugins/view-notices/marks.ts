import type { Face } from '@palabre/sdk/contract/face'

/** The title, the icon of the tab and the badge of the installed app say how much waits. */
export function createMarks(face: Face): Disposable & { mark(count: number): void } {
  const icon = createIcon()
  const mark = (count: number) => {
    face.markWaiting(count)
    icon.dot(count > 0)
    // Only some browsers have a badge, and only for pages that are installed.
    const badged = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.()
    badged?.catch(() => undefined)
  }
  return { mark, [Symbol.dispose]: () => mark(0) }
}

/** The same drawing as the page's own, and a dot in its corner. */
const dotted = new URL('./icon-waiting.svg', import.meta.url).href

function createIcon() {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const plain = link?.href
  return {
    dot(on: boolean): void {
      if (link !== null && plain !== undefined) link.href = on ? dotted : plain
    },
  }
}
