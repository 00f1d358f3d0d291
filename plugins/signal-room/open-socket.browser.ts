/** The page's own. The browser looks names up itself; nothing in a page can do it in its place. */
export function openSocket(url: string, protocol: string): WebSocket {
  return new WebSocket(url, protocol)
}
