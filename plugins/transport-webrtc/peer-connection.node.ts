export { RTCPeerConnection as PeerConnection } from 'node-datachannel/polyfill'
