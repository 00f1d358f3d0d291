import { RTCPeerConnection } from 'node-datachannel/polyfill'
import type { Peer } from './peer.ts'

export const PeerConnection = RTCPeerConnection as unknown as new (configuration: { iceServers: object[] }) => Peer
