import { addressPrefix } from "./address-prefix.ts";
import { type Limit, shortHash } from "./throttle.ts";

const quarter = 900;
const hour = 3600;
const day = 86_400;

/**
 * A device that has signed in before has a limit of its own, which nobody else can use up. All others share: their
 * address, their address at this account, and this account everywhere; so a guess spread over many addresses ends at the
 * last, and the owner still comes in by a known device, a passkey, or the link of "forgot password", which makes a device
 * known.
 */
export function signInLimits(guess: { email: string; address: string; knownDevice: string | undefined }): Limit[] {
  if (guess.knownDevice) return [{ key: `device:${guess.knownDevice}`, attempts: 10, seconds: quarter }];
  const account = shortHash(guess.email);
  const address = addressPrefix(guess.address);
  return [
    { key: `address:${address}`, attempts: 60, seconds: quarter },
    { key: `account-address:${account}:${address}`, attempts: 8, seconds: quarter },
    { key: `account:${account}`, attempts: 30, seconds: hour },
  ];
}

export const throttledAdvice =
  'Use a device on which you have signed in before, a passkey, or "forgot password"; or wait.';

/** A code has six digits: unknown devices get few guesses a day. Recovery codes are too long to guess. */
export function codeLimits(guess: { loginId: string; code: string; knownDevice: string | undefined }): Limit[] {
  const once: Limit = { key: `code:${shortHash(`${guess.loginId} ${guess.code}`)}`, attempts: 1, seconds: 120 };
  if (guess.knownDevice) return [once];
  return [{ key: `codes:${guess.loginId}`, attempts: 10, seconds: day }, once];
}

/** Passwords asked for again inside a session: only that session's holder can use this up. */
export function proofLimits(sessionId: string): Limit[] {
  return [{ key: `proof:${sessionId}`, attempts: 10, seconds: quarter }];
}

export function signUpLimits(address: string): Limit[] {
  return [{ key: `sign-up:${addressPrefix(address)}`, attempts: 30, seconds: hour }];
}

export function resetLimits(address: string): Limit[] {
  return [{ key: `reset-address:${addressPrefix(address)}`, attempts: 20, seconds: hour }];
}

export function resetMailLimits(email: string): Limit[] {
  return [{ key: `reset:${shortHash(email)}`, attempts: 3, seconds: hour }];
}

/** A passkey cannot be guessed; this only bounds the work that one address can ask for. */
export function passkeyLimits(address: string): Limit[] {
  return [{ key: `passkey:${addressPrefix(address)}`, attempts: 200, seconds: quarter }];
}
