/** Kinds of NAT as RFC 4787 tells them apart: who keeps its outer port towards everybody, and whose answer is let in. */
export type NatKind = 'full-cone' | 'address-restricted' | 'port-restricted' | 'symmetric' | 'udp-blocked'

/**
 * What a router needs to be such a NAT, between the interfaces `lan` and `wan`, for one machine behind it. The kernel's own NAT keeps
 * the port where it can and lets in only who was spoken to: port-restricted. The others are made of it with sets that remember which
 * ports are open, and to whom.
 */
export function natRules(kind: NatKind, inner: string): string {
  return `
table ip nat {
  set open { type inet_proto . inet_service; flags dynamic,timeout; timeout 2m; }
  set talked { type ipv4_addr . inet_proto . inet_service; flags dynamic,timeout; timeout 2m; }
  chain in {
    type nat hook prerouting priority dstnat
    ${lets(kind, inner)}
  }
  chain out {
    type nat hook postrouting priority srcnat
    oifname wan masquerade ${kind === 'symmetric' ? 'fully-random' : ''}
  }
  chain pass {
    type filter hook forward priority filter
    ${kind === 'udp-blocked' ? 'meta l4proto udp drop' : ''}
    oifname wan meta l4proto { tcp, udp } update @open { meta l4proto . th sport }
    oifname wan meta l4proto { tcp, udp } update @talked { ip daddr . meta l4proto . th sport }
    iifname wan ct status dnat accept
    iifname wan ct state new drop
  }
  chain own {
    type filter hook input priority filter
    iifname wan ct state new drop
  }
}`
}

/** Who is let in besides those who answer. */
function lets(kind: NatKind, inner: string): string {
  if (kind === 'full-cone') return `iifname wan meta l4proto . th dport @open dnat to ${inner}`
  if (kind === 'address-restricted') return `iifname wan ip saddr . meta l4proto . th dport @talked dnat to ${inner}`
  return ''
}
