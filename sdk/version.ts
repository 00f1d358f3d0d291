/** The version plugins name under `engines.palabre`; equal to this package's own. */
export const sdkVersion = '0.1.0'
