import { z } from 'zod';

const environment = z.object({
  MONGODB_URI: z.string().default('mongodb://127.0.0.1:27017/?replicaSet=rs0'),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  SMTP_URL: z.string().default('smtp://127.0.0.1:1025'),
  SANDBOX_GATEWAY_URL: z.string().default('http://127.0.0.1:3101'),
  SANDBOX_GATEWAY_KEY: z.string().default('sandbox-only'),
  SANDBOX_WEBHOOK_SECRET: z.string().default('sandbox-only'),
  /** Another address is for tests: the vendor's mock server. */
  STRIPE_API_URL: z.url().default('https://api.stripe.com'),
  STRIPE_SECRET_KEY: z.string().default(''),
  /** Separated by commas: while a secret is rotated the old and the new one hold. */
  STRIPE_WEBHOOK_SECRETS: z.string().default(''),
  /** Seal the pay links of mails, separated by commas: the first one seals, all of them open. None: no such links. */
  PAY_LINK_KEYS: z
    .string()
    .default('')
    .transform((keys) => keys.split(',').filter((key) => key !== ''))
    .refine((keys) => keys.every((key) => key.length >= 16), 'each key must have at least 16 characters'),
  /** Where payers come back to after a challenge of their bank; without it Stripe asks for none that leaves the page. */
  PAYMENT_RETURN_URL: z.union([z.url(), z.literal('')]).default(''),
  SANDBOX_NETWORK_URL: z.string().default('http://127.0.0.1:3102'),
  SANDBOX_NETWORK_KEY: z.string().default('sandbox-only'),
  /** Signs what is sent to the network. */
  SANDBOX_NETWORK_SECRET: z.string().default('sandbox-only'),
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** Immutable handover objects and documents; every service of a deployment sees the same folder. */
  STORAGE_FOLDER: z.string().default('.data/storage'),
  /** Holds the key pair that signs tokens; only identity needs the private half. */
  KEYS_FOLDER: z.string().default('.data/keys'),
  /** Origins that may call the API from a browser; none by default. */
  CORS_ORIGINS: z.string().default(''),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export type Config = z.infer<typeof environment>;

/** Read once, at start; a wrong value stops the process with one line that names it. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(env);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`Environment variable ${issue?.path.join('.')}: ${issue?.message}`);
}
