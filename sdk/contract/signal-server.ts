import { token } from '../token.ts'

/** The rooms that this machine keeps for others. */
export interface SignalServer {
  /**
   * Where others find them: `ws://…` or `wss://…`. As the operator has announced them; else the port on which they are, on each of
   * these hosts.
   */
  addresses(hosts: readonly string[]): readonly string[]
  /** Sockets that are open, and rooms in which somebody is. Who they are is not known. */
  counts(): { readonly sockets: number; readonly rooms: number }
}

export const SignalServer = token<SignalServer>('signal-server')
