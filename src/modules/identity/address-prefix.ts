import { isIPv6 } from "node:net";

/** What one guesser commands at least: an IPv4 address, or the /64 network of an IPv6 address. */
export function addressPrefix(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? [];
  const groups = head.split(":").filter(Boolean);
  const rest = tail?.split(":").filter(Boolean) ?? [];
  if (tail !== undefined)
    groups.push(...Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => "0"));
  return [...groups, ...rest]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
