import { z } from 'zod';

const Settings = z
  .object({
    LISTEN_HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65535),
    MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must be a mongodb address'),
    SANDBOX_NETWORK_KEY: z.string().min(8),
    SANDBOX_NETWORK_SECRET: z.string().min(8),
  })
  .transform((env) => ({
    host: env.LISTEN_HOST,
    port: env.PORT,
    mongodbUri: env.MONGODB_URI,
    key: env.SANDBOX_NETWORK_KEY,
    secret: env.SANDBOX_NETWORK_SECRET,
  }));

export type Settings = z.infer<typeof Settings>;

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const read = Settings.safeParse(env);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`sandbox-network cannot start: ${faults.join('; ')}`);
}
