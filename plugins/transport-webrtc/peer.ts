/** As much of a peer connection as browsers and Node's library share and we use. */
export interface Peer {
  readonly connectionState: string
  readonly iceGatheringState: string
  readonly localDescription: { readonly sdp: string } | null
  createDataChannel(label: string): PeerChannel
  createOffer(): Promise<Description>
  createAnswer(): Promise<Description>
  setLocalDescription(description: Description): Promise<void>
  setRemoteDescription(description: Description): Promise<void>
  addEventListener(type: string, listener: (event: { readonly channel?: PeerChannel }) => void): void
  getStats(): Promise<unknown>
  close(): void
}

export interface Description {
  readonly type: 'offer' | 'answer'
  readonly sdp: string
}

export interface PeerChannel {
  readonly readyState: string
  binaryType: string
  send(bytes: Uint8Array): void
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void
}

/** Made anew for each connection, with the servers of the settings and no others. */
export type MakePeer = () => Promise<Peer>
