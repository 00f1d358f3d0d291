import { networkInterfaces } from 'node:os'

/** Under which addresses others in the network find this machine; IPv4, which people can type. */
export function lanAddresses(interfaces: Pick<ReturnType<typeof networkInterfaces>, string> = networkInterfaces()): string[] {
  const all = Object.values(interfaces).flatMap((one) => one ?? [])
  return all
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
    .map(({ address }) => address)
}
