import type { Logger, MultiaddrConnection } from '@libp2p/interface'
import { AbstractMultiaddrConnection } from '@libp2p/utils'
import type { Meeting } from '@palabre/sdk/contract/signal'
import type { Multiaddr } from '@multiformats/multiaddr'

export interface MeetingConnectionOptions {
  readonly meeting: Meeting
  readonly remoteAddr: Multiaddr
  readonly direction: 'inbound' | 'outbound'
  readonly log: Logger
}

/** A meeting as a raw connection. It carries so little that nobody has to be held back. */
export function meetingConnection({ meeting, ...init }: MeetingConnectionOptions): MultiaddrConnection {
  const connection = new MeetingConnection(meeting, init)
  void connection.listen()
  return connection
}

class MeetingConnection extends AbstractMultiaddrConnection {
  readonly #meeting: Meeting

  constructor(meeting: Meeting, init: Omit<MeetingConnectionOptions, 'meeting'>) {
    super(init)
    this.#meeting = meeting
  }

  async listen(): Promise<void> {
    try {
      for await (const bytes of this.#meeting.bytes) this.onData(bytes)
      this.onTransportClosed()
    } catch (error) {
      this.abort(error instanceof Error ? error : new Error(String(error)))
    }
  }

  sendData(data: { readonly byteLength: number; subarray(): Uint8Array }) {
    this.#meeting.send(data.subarray())
    return { sentBytes: data.byteLength, canSendMore: true }
  }

  async sendClose(): Promise<void> {
    this.#meeting.close()
  }

  sendReset(): void {
    this.#meeting.close()
  }

  sendPause(): void {}

  sendResume(): void {}
}
