export const PeerConnection = globalThis.RTCPeerConnection
