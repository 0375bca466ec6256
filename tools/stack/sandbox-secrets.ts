import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What the processes of a stack must agree on; drawn once per data folder. */
interface SandboxSecrets {
  readonly SANDBOX_GATEWAY_KEY: string;
  readonly SANDBOX_NETWORK_KEY: string;
  readonly SANDBOX_NETWORK_SECRET: string;
  readonly SANDBOX_WEBHOOK_SECRET: string;
  /** Seals the pay links of mails. */
  readonly PAY_LINK_KEYS: string;
  /** Opens tenants. */
  readonly OPERATOR_KEY: string;
}

const SECRET_BYTES = 24;
const OWNER_ONLY = 0o600;

export async function sandboxSecretsOf(keysFolder: string): Promise<SandboxSecrets> {
  const file = join(keysFolder, 'sandbox-secrets.json');
  const kept = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Partial<SandboxSecrets>) : {};
  const secrets = {
    SANDBOX_GATEWAY_KEY: draw(),
    SANDBOX_NETWORK_KEY: draw(),
    SANDBOX_NETWORK_SECRET: draw(),
    SANDBOX_WEBHOOK_SECRET: draw(),
    PAY_LINK_KEYS: draw(),
    OPERATOR_KEY: draw(),
    ...kept,
  };
  if (Object.keys(kept).length === Object.keys(secrets).length) return secrets;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: OWNER_ONLY });
  return secrets;
}

function draw(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}
