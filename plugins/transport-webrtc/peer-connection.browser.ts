import type { Peer } from './peer.ts'

export const PeerConnection = globalThis.RTCPeerConnection as unknown as new (configuration: { iceServers: object[] }) => Peer
