import { createPrivateKey } from 'node:crypto'

/** Of the certificate below. */
const bytes =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFrOmxrS11Mk6f1eNIyFqwUN45r1OffREkOXLAETx7qmhRANCAAQ4' +
  'tqQM6qGv8IfCgnnhvgxpFHiFIrQEnjhd3vGHaya/HhDfwow1isbJOQADvjxoq8xZ+CL13Gp+UXW9K5DdmpZx'

/**
 * A certificate for 127.0.0.1 that vouches for itself until 2126, and its key, which is no secret. Whoever names it in
 * NODE_EXTRA_CA_CERTS believes it, and nobody else does. Made with: openssl req -x509 -newkey ec -pkeyopt
 * ec_paramgen_curve:P-256 -nodes -days 36500 -subj '/CN=Palabre test authority' -addext subjectAltName=IP:127.0.0.1
 */
export const loopbackCertificate = {
  key: createPrivateKey({ key: Buffer.from(bytes, 'base64'), format: 'der', type: 'pkcs8' }).export({
    format: 'pem',
    type: 'pkcs8',
  }),
  cert: `-----BEGIN CERTIFICATE-----
MIIBqzCCAVCgAwIBAgIUO4W8UCpPBzo9QybesYm3/QQ31kAwCgYIKoZIzj0EAwIw
ITEfMB0GA1UEAwwWUGFsYWJyZSB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjEwODM4
MzBaGA8yMTI2MTAyODA4MzgzMFowITEfMB0GA1UEAwwWUGFsYWJyZSB0ZXN0IGF1
dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDi2pAzqoa/wh8KCeeG+
DGkUeIUitASeOF3e8YdrJr8eEN/CjDWKxsk5AAO+PGirzFn4IvXcan5Rdb0rkN2a
lnGjZDBiMB0GA1UdDgQWBBRquT4X9cE0Av3fmWvZq1Uq8PXsWDAfBgNVHSMEGDAW
gBRquT4X9cE0Av3fmWvZq1Uq8PXsWDAPBgNVHRMBAf8EBTADAQH/MA8GA1UdEQQI
MAaHBH8AAAEwCgYIKoZIzj0EAwIDSQAwRgIhAKVHBJlmOi2W+hXdHokG57K2Xivn
cVnKRzXrJL3AsFGnAiEAwpXjAusXvi9uzjCX11xsk74+mqORB6IgYTuDRuuhzIU=
-----END CERTIFICATE-----
`,
}
