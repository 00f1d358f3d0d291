import type { Face } from '@palabre/sdk/contract/face'

/** The title, the icon of the tab and the badge of the installed app say how much waits. */
export function createMarks(face: Face): Disposable & { mark(count: number): void } {
  const icon = createIcon()
  const mark = (count: number) => {
    face.markWaiting(count)
    void icon.dot(count > 0)
    // Only some browsers have a badge, and only for pages that are installed.
    const badged = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.()
    badged?.catch(() => undefined)
  }
  return { mark, [Symbol.dispose]: () => mark(0) }
}

function createIcon() {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const plain = link?.href ?? ''
  let dotted: Promise<string> | undefined
  let wanted = false
  return {
    async dot(on: boolean): Promise<void> {
      wanted = on
      if (!on) return put(plain)
      const drawn = await (dotted ??= withDot(plain).catch(() => plain))
      if (wanted) put(drawn)
    },
  }

  function put(href: string): void {
    if (link !== null && link.href !== href) link.href = href
  }
}

/** The same drawing, and a dot in its corner. */
async function withDot(icon: string): Promise<string> {
  const drawing = await (await fetch(icon)).text()
  const dot = '<circle cx="75%" cy="25%" r="25%" fill="#f5b95f" stroke="#0f130f" stroke-width="6%"/></svg>'
  return `data:image/svg+xml,${encodeURIComponent(drawing.replace('</svg>', dot))}`
}
