import type { Socket } from 'node:net'

/**
 * Ends it at once and with nothing said. What has begun to end in good order cannot be reset: libuv refuses, Node forgets the handle, and
 * the process turns for ever when it wants to leave.
 */
export function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy()
  else socket.resetAndDestroy()
}
