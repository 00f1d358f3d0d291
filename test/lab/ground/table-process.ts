// A HyperDHT of one's own at this address, until it is ended; prints where its first node is.
import createTestnet from 'hyperdht/testnet.js'

const [, , host = ''] = process.argv
const table = await createTestnet(6, { host })
process.stdout.write(`${table.bootstrap.map(({ host, port }) => `${host}:${port}`).join(' ')}\n`)
