import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Scope } from '@palabre/sdk'
import type { Commands } from '@palabre/sdk/contract/command'
import type { Log } from '@palabre/sdk/contract/log'
import { portClose, portWire, type KernelMessage } from '@palabre/sdk/contract/port-wire'
import { WebSocketServer, type WebSocket } from 'ws'
import type { DoorKeys, Session } from './door-keys.ts'
import { serveFace } from './face.ts'
import { limits } from './limits.ts'
import { meetStranger } from './stranger.ts'

export interface HallParts {
  readonly commands: Commands
  readonly keys: DoorKeys
  readonly log: Log
  readonly after: Scope['after']
}

/** Where sockets stand: first as strangers, then, once they have shown a key, as faces. */
export interface Hall {
  enter(request: IncomingMessage, wire: Socket, head: Buffer): void
  /** Says goodbye to everybody and resolves when all are gone. */
  empty(): Promise<void>
}

export function openHall({ commands, keys, log, after }: HallParts): Hall {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: portWire.largestMessage,
    maxFragments: 64,
    perMessageDeflate: false,
  })
  let strangers = 0
  let faces = 0

  const meet = (peer: WebSocket, wire: Socket, already: number) => {
    peer.on('error', (error) => log.debug('socket failed', { error: error.message }))
    peer.on('close', (code) => log.debug('socket closed', { code }))
    if (strangers >= limits.strangers || faces >= limits.faces) return peer.close(portClose.tooMany, 'too many windows')
    let leave = countStranger()
    peer.on('close', () => leave())
    meetStranger({ peer, wire, already }, keys, after, (session) => {
      leave()
      leave = welcome(peer, session)
    })
  }

  const countStranger = () => {
    strangers++
    return () => {
      strangers--
    }
  }

  const welcome = (peer: WebSocket, session: Session) => {
    const attached = session.attach()
    faces++
    peer.send(JSON.stringify({ kind: 'welcome', session: session.secret } satisfies KernelMessage))
    serveFace(peer, commands)
    return () => {
      faces--
      attached[Symbol.dispose]()
    }
  }

  return {
    enter: (request, wire, head) => sockets.handleUpgrade(request, wire, head, (peer) => meet(peer, wire, head.length)),
    async empty() {
      const leaving = [...sockets.clients].map((peer) => {
        peer.close(portClose.leaving, 'the kernel leaves')
        return once(peer, 'close')
      })
      const impatience = setTimeout(() => sockets.clients.forEach((peer) => peer.terminate()), limits.farewellMs)
      await Promise.allSettled(leaving)
      clearTimeout(impatience)
      sockets.close()
    },
  }
}
