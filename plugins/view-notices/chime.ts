/** Two soft notes, made here: no file, and nothing louder than a cup set down. */
export function createChime(): Disposable & { ring(): void } {
  let context: AudioContext | undefined
  return {
    ring() {
      context ??= new AudioContext()
      // Browsers let a page sound once the person has touched it; until then nothing is queued up.
      if (context.state === 'suspended') void context.resume()
      note(context, 587.33, 0)
      note(context, 880, 0.09)
    },
    [Symbol.dispose]: () => void context?.close(),
  }
}

const loudness = 0.04
const lasts = 0.28

function note(context: AudioContext, pitch: number, later: number): void {
  const at = context.currentTime + later
  const tone = new OscillatorNode(context, { frequency: pitch })
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(loudness, at + 0.015)
  volume.gain.exponentialRampToValueAtTime(0.0001, at + lasts)
  tone.connect(volume).connect(context.destination)
  tone.start(at)
  tone.stop(at + lasts)
}
