import type { Config } from "../../platform/config.ts";
import type { Database } from "../../platform/db.ts";
import type { Authenticator } from "../../platform/http.ts";
import type { Log } from "../../platform/log.ts";
import { loadSecret } from "../../platform/secrets.ts";
import { apiKeyAuthenticator, sessionAuthenticator } from "./authenticators.ts";
import { openSignInLibrary, type SignInLibrary } from "./sign-in-library.ts";

/** What the routes and jobs of this module work with. */
export interface Identity {
  config: Config;
  db: Database;
  log: Log;
  library: SignInLibrary;
  /** Signs the cookie of known devices and encrypts links that wait to be mailed. */
  key: Buffer;
  /** Knows who sends a request, by API key first, then by session. */
  authenticators: readonly Authenticator[];
}

/** Opens the module: loads or makes the installation's secret, and opens the sign-in library on the database. */
export async function openIdentity(parts: { config: Config; db: Database; log: Log }): Promise<Identity> {
  const { config, db, log } = parts;
  const secret = (await loadSecret(config, "sign-in")).toString("base64url");
  const library = await openSignInLibrary({ ...parts, secret });
  return {
    ...parts,
    library,
    key: await loadSecret(config, "identity"),
    authenticators: [
      apiKeyAuthenticator(db, { log }),
      sessionAuthenticator(db, { cookieName: library.cookie.name, secret, log }),
    ],
  };
}
