import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

type Cbor = number | string | Buffer | ReadonlyMap<number | string, Cbor>;

/** The part of CBOR (RFC 8949) that WebAuthn needs: integers, text, bytes, maps. */
export function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, each]) => [cbor(key), cbor(each)])]);
}

function head(major: number, argument: number): Buffer {
  const first = major << 5;
  if (argument < 24) return Buffer.from([first | argument]);
  if (argument < 256) return Buffer.from([first | 24, argument]);
  return Buffer.from([first | 25, argument >> 8, argument & 255]);
}

interface Options {
  origin: string;
  rpId: string;
  /** Whether the device checks who holds it (PIN, finger). */
  verifiesUser: boolean;
}

/** A passkey in software: makes a P-256 key pair and signs challenges as an authenticator and its browser do (WebAuthn 3). */
export class SoftwareAuthenticator {
  readonly id = randomBytes(20);
  readonly #key: { publicKey: KeyObject; privateKey: KeyObject };
  readonly #options: Options;
  #counter = 0;

  constructor(options: Options) {
    this.#options = options;
    this.#key = generateKeyPairSync("ec", { namedCurve: "P-256" });
  }

  /** The answer of `navigator.credentials.create()`, as `toJSON()` gives it. */
  create(challenge: string): Record<string, unknown> {
    const { x = "", y = "" } = this.#key.publicKey.export({ format: "jwk" });
    const publicKey = cbor(
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, "base64url")],
        [-3, Buffer.from(y, "base64url")],
      ]),
    );
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, publicKey]);
    const attestation = new Map<string, Cbor>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", Buffer.concat([this.#authenticatorData(0x40), attested])],
    ]);
    return this.#credential({
      clientDataJSON: this.#clientData("webauthn.create", challenge).toString("base64url"),
      attestationObject: cbor(attestation).toString("base64url"),
      transports: ["internal"],
    });
  }

  /** The answer of `navigator.credentials.get()`. */
  get(challenge: string): Record<string, unknown> {
    const clientData = this.#clientData("webauthn.get", challenge);
    const authenticatorData = this.#authenticatorData(0);
    const signed = Buffer.concat([authenticatorData, createHash("sha256").update(clientData).digest()]);
    return this.#credential({
      clientDataJSON: clientData.toString("base64url"),
      authenticatorData: authenticatorData.toString("base64url"),
      signature: createSign("sha256").update(signed).sign(this.#key.privateKey).toString("base64url"),
    });
  }

  #credential(response: Record<string, unknown>): Record<string, unknown> {
    const id = this.id.toString("base64url");
    return { id, rawId: id, type: "public-key", clientExtensionResults: {}, response };
  }

  #clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#options.origin, crossOrigin: false }));
  }

  #authenticatorData(more: number): Buffer {
    const { rpId, verifiesUser } = this.#options;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(++this.#counter);
    const flags = 0x01 | (verifiesUser ? 0x04 : 0) | more;
    return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([flags]), counter]);
  }
}
