import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'

/**
 * A reader of SQLCipher 4's file format made from its description alone, to be a second witness beside the driver: pages of 4096
 * bytes, of which the last 80 are the IV and the HMAC-SHA-512 of the page; AES-256-CBC; the first 16 bytes are the salt in the clear.
 * With a raw key, no key derivation but that of the HMAC key. Returns the same database unencrypted; throws where a MAC does not hold.
 */
export function decryptSqlcipher4(file: Uint8Array, key: Uint8Array): Buffer {
  const salt = file.subarray(0, 16)
  const macKey = pbkdf2Sync(
    key,
    salt.map((byte) => byte ^ 0x3a),
    2,
    32,
    'sha512',
  )
  if (file.length % pageSize !== 0) throw new Error('not whole pages')
  const pages = Array.from({ length: file.length / pageSize }, (_, i) => {
    const page = file.subarray(i * pageSize, (i + 1) * pageSize)
    return decryptPage(page, i + 1, key, macKey)
  })
  return Buffer.concat(pages)
}

const pageSize = 4096
const [ivSize, macSize] = [16, 64]

function decryptPage(page: Uint8Array, number: number, key: Uint8Array, macKey: Uint8Array): Buffer {
  const begin = number === 1 ? 16 : 0
  const end = pageSize - ivSize - macSize
  const iv = page.subarray(end, end + ivSize)
  const position = Buffer.alloc(4)
  position.writeUInt32LE(number)
  const mac = createHmac('sha512', macKey)
    .update(page.subarray(begin, end + ivSize))
    .update(position)
    .digest()
  if (!timingSafeEqual(mac, page.subarray(end + ivSize))) throw new Error(`the MAC of page ${number} does not hold`)
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(page.subarray(begin, end)), decipher.final()])
  const first = number === 1 ? Buffer.from('SQLite format 3\0') : Buffer.alloc(0)
  return Buffer.concat([first, plain, Buffer.alloc(ivSize + macSize)])
}
