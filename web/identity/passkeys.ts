import { post } from "../app/api.ts";
import type { Session } from "../app/session.ts";

export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
}

/** Browsers offer passkeys on https and localhost only, and older ones cannot read the options as JSON. */
export function canUsePasskeys(): boolean {
  return (
    window.isSecureContext &&
    typeof PublicKeyCredential === "function" &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function"
  );
}

export async function signInWithPasskey(): Promise<Session> {
  const options = await post<PublicKeyCredentialRequestOptionsJSON>("/session/passkey-options");
  const credential = await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
  });
  return await post<Session>("/session/passkey", { credential: asJson(credential) });
}

export async function addPasskey(name: string): Promise<Passkey> {
  const options = await post<PublicKeyCredentialCreationOptionsJSON>("/passkeys/options");
  const credential = await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
  });
  return await post<Passkey>("/passkeys", { name, credential: asJson(credential) });
}

function asJson(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("no passkey was chosen");
  return credential.toJSON();
}
