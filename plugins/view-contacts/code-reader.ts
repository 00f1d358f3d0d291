/** Finds a QR code in a picture, or in what a camera shows now; undefined when there is none. */
export type CodeReader = (image: ImageBitmapSource) => Promise<string | undefined>

/** As much of the browsers' own as is needed; the same shape is what the library brings. */
interface Detector {
  detect(image: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>
}

interface DetectorKind {
  new (options: { formats: ['qr_code'] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

/** The browser's own where it has one; else a library, fetched when it is needed. */
export async function openCodeReader(): Promise<CodeReader> {
  const own = (globalThis as { BarcodeDetector?: DetectorKind }).BarcodeDetector
  const isThere = (await own?.getSupportedFormats().catch((): readonly string[] => []))?.includes('qr_code') === true
  const Kind: DetectorKind = isThere ? own! : (await import('qr/decode.js')).BarcodeDetector
  const detector = new Kind({ formats: ['qr_code'] })
  return async (image) => (await detector.detect(image))[0]?.rawValue
}
