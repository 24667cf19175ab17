import assert from "node:assert/strict";
import type { LookupAddress } from "node:dns";
import { test } from "node:test";
import { isPublicAddress, PRIVATE_ADDRESS, publicLookup } from "./address-guard.ts";

test("addresses of the public Internet are let through", () => {
  for (const address of ["1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.1", "2606:4700:4700::1111", "240e::1"]) {
    assert.ok(isPublicAddress(address), address);
  }
});

test("loopback, private, link-local, metadata, multicast, documentation and tunnelled addresses are not", () => {
  for (const address of [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.168.1.1",
    "198.19.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "ff02::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "localhost",
    "",
  ]) {
    assert.equal(isPublicAddress(address), false, address);
  }
});

for (const all of [true, false]) {
  test(`a name that resolves to this machine is refused when connecting (all: ${all})`, async () => {
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      publicLookup("localhost", { all }, (failure, _addresses: string | LookupAddress[]) => resolve(failure));
    });
    assert.equal(error?.code, PRIVATE_ADDRESS);
  });
}
