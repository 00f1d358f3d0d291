import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How large the person left the window. */
export interface WindowSize {
  readonly width: number
  readonly height: number
  readonly isMaximized: boolean
}

const usual: WindowSize = { width: 1180, height: 820, isMaximized: false }

const fileIn = (profileDir: string) => join(profileDir, 'window-size.json')

/** The usual one where nothing was kept, or nothing that makes sense. */
export function readWindowSize(profileDir: string): WindowSize {
  try {
    const { width, height, isMaximized } = JSON.parse(readFileSync(fileIn(profileDir), 'utf8')) as Partial<WindowSize>
    return isLength(width) && isLength(height) ? { width, height, isMaximized: isMaximized === true } : usual
  } catch {
    return usual
  }
}

const isLength = (pixels: unknown): pixels is number =>
  Number.isInteger(pixels) && Number(pixels) >= 200 && Number(pixels) <= 20_000

/** A window as large as the screen keeps the size it goes back to; one that is hidden keeps everything. */
export function keepWindowSize(profileDir: string, { width, height, windowState }: Bounds): void {
  const keep = (size: WindowSize) => writeFileSync(fileIn(profileDir), JSON.stringify(size), { mode: 0o600 })
  if (windowState === 'normal' && isLength(width) && isLength(height)) keep({ width, height, isMaximized: false })
  if (windowState === 'maximized') keep({ ...readWindowSize(profileDir), isMaximized: true })
}

/** As the browser tells them. */
export interface Bounds {
  readonly width?: number
  readonly height?: number
  readonly windowState?: string
}
