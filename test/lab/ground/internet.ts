import { natRules, type NatKind } from './nat-rules.ts'
import { openSpace, plug, type Space } from './space.ts'

/** Where somebody lives: in the open, or behind one NAT, or two. */
export type Place = NatKind | 'open' | 'double'

export const places: readonly Place[] = [
  'open',
  'full-cone',
  'address-restricted',
  'port-restricted',
  'symmetric',
  'double',
  'udp-blocked',
]

/** A machine somewhere on the internet. */
export interface Machine {
  readonly space: Space
  readonly place: Place
  /** Of its own interface, `eth0`. */
  readonly address: string
  /** What the internet sees. */
  readonly outer: string
  /** The router next to it; the machine itself in the open. */
  readonly router: Space
}

/** One bridge that everybody is plugged into, directly or through their routers. */
export interface Internet extends AsyncDisposable {
  machine(place: Place): Promise<Machine>
}

/** Addresses that libraries take for public; here they lead nowhere else. */
const net = (host: number) => `60.0.0.${host}`
const edge = net(254)

export async function openInternet(): Promise<Internet> {
  const stack = new AsyncDisposableStack()
  const open = async (name: string) => stack.use(await openSpace(name))
  const bridge = await open('internet')
  await bridge.ip('link add br0 type bridge')
  await bridge.ip(`addr add ${edge}/24 dev br0`)
  await bridge.ip('link set br0 up')
  let machines = 0

  async function join(space: Space, name: string, host: number): Promise<string> {
    await plug(bridge, `p${host}`, space, name)
    await bridge.ip(`link set p${host} master br0`)
    await space.ip(`addr add ${net(host)}/24 dev ${name}`)
    // What leads nowhere is still sent, so that it can be counted.
    await space.ip(`route add default via ${edge}`)
    return net(host)
  }

  return {
    async machine(place) {
      const number = ++machines
      const space = await open(`m${number}`)
      if (place === 'open') {
        const address = await join(space, 'eth0', number)
        return { space, place, address, outer: address, router: space }
      }
      const router = await open(`m${number}-router`)
      const carrier = place === 'double' ? await open(`m${number}-carrier`) : undefined
      const outer = await join(carrier ?? router, 'wan', number)
      if (carrier !== undefined) await putBehind(carrier, 'port-restricted', router, 'wan', `100.64.${number}`)
      const address = await putBehind(router, place === 'double' ? 'port-restricted' : place, space, 'eth0', `192.168.${number}`)
      return { space, place, address, outer, router }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** Gives a space its way out through a NAT, and tells the address it has there. */
async function putBehind(router: Space, kind: NatKind, inner: Space, name: string, prefix: string): Promise<string> {
  await plug(router, 'lan', inner, name)
  await router.ip(`addr add ${prefix}.1/24 dev lan`)
  await inner.ip(`addr add ${prefix}.2/24 dev ${name}`)
  await inner.ip(`route add default via ${prefix}.1`)
  await router.setting('ipv4/ip_forward', 1)
  await router.nft(natRules(kind, `${prefix}.2`))
  return `${prefix}.2`
}
