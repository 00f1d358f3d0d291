import { openSpace, plug, type Space } from './space.ts'

/** A place with several local networks, 10.1.0.0/24 and on, and a router between them. */
export interface Site extends AsyncDisposable {
  machine(network: number): Promise<SiteMachine>
}

interface SiteMachine {
  readonly space: Space
  readonly address: string
  /** Pulls the plug and puts it into the wall of another network: the address of before is gone. Tells the new one. */
  move(network: number): Promise<string>
}

export async function openSite(networks: number): Promise<Site> {
  const stack = new AsyncDisposableStack()
  const router = stack.use(await openSpace('site'))
  await router.setting('ipv4/ip_forward', 1)
  for (let network = 1; network <= networks; network++) {
    await router.ip(`link add br${network} type bridge`)
    await router.ip(`addr add 10.${network}.0.1/24 dev br${network}`)
    await router.ip(`link set br${network} up`)
  }
  let machines = 0

  return {
    async machine(network) {
      const number = ++machines
      const space = stack.use(await openSpace(`s${number}`))
      await plug(router, `p${number}`, space, 'eth0')
      const settle = async (network: number) => {
        const address = `10.${network}.0.${10 + number}`
        await router.ip(`link set p${number} master br${network}`)
        await space.ip(`addr add ${address}/24 dev eth0`)
        await space.ip(`route add default via 10.${network}.0.1`)
        return address
      }
      return {
        space,
        address: await settle(network),
        async move(network) {
          await router.ip(`link set p${number} nomaster`)
          await space.ip('addr flush dev eth0')
          return settle(network)
        },
      }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
