import { join } from 'node:path';
import type { Engines } from '../engines';
import { sandboxSecretsOf } from './sandbox-secrets';

export interface Addresses {
  readonly api: number;
  readonly gateway: number;
  readonly network: number;
}

const WEBHOOK_PATH = '/v1/payments/webhooks/sandbox';

/** The variables of every process of the stack; what the caller's environment says wins over the secrets drawn. */
export async function stackEnvironment(
  dataFolder: string,
  engines: Engines,
  host: string,
  ports: Addresses,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Record<string, string>> {
  const keysFolder = environment.KEYS_FOLDER ?? join(dataFolder, 'keys');
  const secrets = await sandboxSecretsOf(keysFolder);
  return {
    TEMPORAL_ADDRESS: engines.temporalAddress,
    MONGODB_URI: engines.mongoUri,
    SMTP_URL: engines.smtpUrl,
    API_HOST: environment.API_HOST ?? host,
    API_PORT: String(ports.api),
    SANDBOX_GATEWAY_URL: `http://${host}:${ports.gateway}`,
    SANDBOX_NETWORK_URL: `http://${host}:${ports.network}`,
    SANDBOX_WEBHOOK_URL: environment.SANDBOX_WEBHOOK_URL ?? `http://${host}:${ports.api}${WEBHOOK_PATH}`,
    SANDBOX_GATEWAY_KEY: environment.SANDBOX_GATEWAY_KEY ?? secrets.SANDBOX_GATEWAY_KEY,
    SANDBOX_NETWORK_KEY: environment.SANDBOX_NETWORK_KEY ?? secrets.SANDBOX_NETWORK_KEY,
    SANDBOX_NETWORK_SECRET: environment.SANDBOX_NETWORK_SECRET ?? secrets.SANDBOX_NETWORK_SECRET,
    SANDBOX_WEBHOOK_SECRET: environment.SANDBOX_WEBHOOK_SECRET ?? secrets.SANDBOX_WEBHOOK_SECRET,
    PAY_LINK_KEYS: environment.PAY_LINK_KEYS ?? secrets.PAY_LINK_KEYS,
    OPERATOR_KEY: environment.OPERATOR_KEY ?? secrets.OPERATOR_KEY,
    STORAGE_FOLDER: environment.STORAGE_FOLDER ?? join(dataFolder, 'storage'),
    KEYS_FOLDER: keysFolder,
    DATA_FOLDER: dataFolder,
    LOG_LEVEL: environment.LOG_LEVEL ?? 'info',
  };
}
