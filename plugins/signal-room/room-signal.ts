import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Names } from '@palabre/sdk/contract/resolver'
import type { Signal } from '@palabre/sdk/contract/signal'
import type { OpenSocket } from './line.ts'
import { createPost, type Post } from './post.ts'
import { placeOf, urlOf } from './server-url.ts'
import { visit } from './visit.ts'

export interface RoomSignalSources {
  /** `ws://…` or `wss://…`. */
  readonly servers: readonly string[]
  readonly openSocket: OpenSocket
  readonly primitives: Primitives
  readonly clock: Clock
  readonly log: Log
  /** Aborted when the plugin must stop. */
  readonly stopped: AbortSignal
}

/** Rooms at servers that have no part in what is agreed on: we wait at those of the settings and visit any that somebody names. */
export function createRoomSignal({ servers, ...sources }: RoomSignalSources): Signal {
  const places = servers.flatMap((one) => placeOf(one) ?? [])
  const posts = new Map<string, Post>()
  const postAt = (place: string, names: Names): Post => {
    const post = posts.get(place) ?? createPost({ ...sources, url: urlOf(place)!, names })
    posts.set(place, post)
    return post
  }

  return {
    name: 'room',
    places,
    wait(secret, came, { names }) {
      const waiting = places.map((place) => postAt(place, names).wait(secret, came))
      return { [Symbol.dispose]: () => waiting.forEach((one) => one[Symbol.dispose]()) }
    },
    visit(place, secret, { names, signal }) {
      const url = urlOf(place)
      if (url === undefined) return undefined
      return visit({ ...sources, url, secret, names, signal: signal ?? sources.stopped })
    },
  }
}
