import { RTCPeerConnection } from 'node-datachannel/polyfill'

export interface Swapping extends Disposable {
  /** Answers that were changed. */
  count(): number
}

/** As long as it lasts, answers of this process name another certificate than its connections show: what somebody in between would do. */
export function swapFingerprints(): Swapping {
  const { createAnswer } = RTCPeerConnection.prototype
  let swapped = 0
  RTCPeerConnection.prototype.createAnswer = async function (this: RTCPeerConnection, ...args) {
    const { type, sdp } = (await createAnswer.apply(this, args)) as { type: 'answer'; sdp: string }
    const other = sdp.replace(
      /(a=fingerprint:sha-256 )(\w\w)/,
      (_all, head: string, byte: string) => head + (byte === '00' ? '01' : '00'),
    )
    if (other !== sdp) swapped++
    return { type, sdp: other }
  }
  return {
    count: () => swapped,
    [Symbol.dispose]() {
      RTCPeerConnection.prototype.createAnswer = createAnswer
    },
  }
}
