import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { BlockList, isIP } from "node:net";

// IANA special-purpose registries (RFC 6890 and updates) plus 168.63.129.16, Azure's host agent, which is public on paper.
const refused = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  refused.addSubnet(network, prefix, "ipv4");
}
// 2001::/23 holds Teredo, 2002::/16 is 6to4: both carry an IPv4 address inside that this list would not see.
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  refused.addSubnet(network, prefix, "ipv6");
}

// IPv6 is judged the other way round: only global unicast is allowed, so ::1, mapped, fc00::/7, fe80::/10, 64:ff9b::/96 are out.
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/** Whether an IP address literal lies in the public Internet. Anything that is not an IP address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, "ipv4");
  if (family === 6) return globalUnicast.check(address, "ipv6") && !refused.check(address, "ipv6");
  return false;
}

/** The code of the error for a connection that was not made because its address is not public. */
export const PRIVATE_ADDRESS = "EPRIVATEADDRESS";

export function privateAddressError(): NodeJS.ErrnoException {
  return Object.assign(new Error("The address is not in the public Internet."), { code: PRIVATE_ADDRESS });
}

/**
 * A `lookup` for net, http and tls that fails when a name resolves to anything but public addresses. It is asked at
 * connect time, so a name cannot resolve well for a check and badly for the connection. Not called for IP literals.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(privateAddressError(), "", 0);
    }
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};
