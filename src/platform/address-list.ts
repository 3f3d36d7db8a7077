import { BlockList, isIP } from 'node:net'

/** A list of addresses and networks such as 10.0.0.5 and 10.1.0.0/16, asked about the other end of a connection. */
export interface AddressList {
  readonly isEmpty: boolean
  has(address: string | undefined): boolean
}

/** Whether a text is an address, or a network that leaves at least one bit free of choice. */
export function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const longest = isIP(address) === 6 ? 128 : 32
  const bitsFit = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest && Number(bits) > 0)
  return isIP(address) !== 0 && bitsFit && more === undefined
}

/** Makes the list; an IPv4 address that came over an IPv6 socket is the same address. */
export function addressList(entries: readonly string[]): AddressList {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return {
    isEmpty: entries.length === 0,
    has: address => {
      const bare = address?.replace(/%.*$/, '') ?? ''
      const family = isIP(bare)
      return family !== 0 && list.check(bare, family === 6 ? 'ipv6' : 'ipv4')
    },
  }
}
