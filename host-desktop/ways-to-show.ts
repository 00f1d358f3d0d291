import { openAppWindow } from './app-window.ts'
import { openDefaultBrowser } from './default-browser.ts'
import type { DesktopArguments } from './desktop-arguments.ts'
import { findBrowsers } from './find-browser.ts'
import type { WayToShow } from './window.ts'

/** In order of preference; none where there is no screen to show anything on, and then the address is printed. */
export function waysToShow(profileDir: string, { window, browser }: DesktopArguments, env = process.env): WayToShow[] {
  if (!window) return []
  if (browser !== undefined) return [appWindow(browser, profileDir)]
  if (!hasScreen(env)) return []
  return [...findBrowsers(env).map((found) => appWindow(found, profileDir)), defaultBrowser]
}

function appWindow(browser: string, profileDir: string): WayToShow {
  return { window: 'app-window', open: (address) => openAppWindow({ browser, profileDir, address }) }
}

const defaultBrowser: WayToShow = { window: 'default-browser', open: openDefaultBrowser }

function hasScreen(env: NodeJS.ProcessEnv): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}
