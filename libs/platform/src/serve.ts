import 'reflect-metadata';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, NestFactory, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { cleanupOpenApiDoc, ZodValidationPipe } from 'nestjs-zod';
import { json } from 'express';
import helmet from 'helmet';
import { type Config, loadConfig } from './config';
import { AuthGuard } from './http/auth.guard';
import { HealthController } from './http/health.controller';
import { NoCardNumbers } from './http/no-card-numbers';
import { keepRawBody } from './http/raw-body';
import { ProblemFilter } from './http/problem.filter';
import { loadKeys, TokenSigner, TokenVerifier } from './http/tokens';
import { createLogger, type Logger } from './logger';
import { PlatformModule } from './platform.module';
import type { ServiceDefinition } from './service-definition';
import { TemporalInspection } from './temporal/orchestrator.activities';
import { Temporal } from './temporal/temporal';
import { Workers } from './temporal/workers';

const bodyLimit = '1mb';
/** Per caller address; logins have a stricter limit of their own. */
const requestsPerMinute = 3000;
/** Longer than balancers and clients keep an idle connection (60 s mostly), so that none is closed under a request. */
const keepAliveMs = 65_000;

interface Deployable {
  name: string;
  services: ServiceDefinition[];
  /** Folder of the compiled workflows, where this process runs them. */
  workflows?: { bundlePath: string };
}

export interface Running {
  url: string | null;
  stop(): Promise<void>;
}

/** Runs services and/or the workflow worker in this process; no module knows which others run beside it. */
export async function serve(deployable: Deployable, config: Config = loadConfig()): Promise<Running> {
  const logger = createLogger(config.LOG_LEVEL).child({ app: deployable.name });
  const temporal = await Temporal.connect(config);
  const app = deployable.services.length > 0 ? await createApp(deployable, config, temporal, logger) : null;
  const workers = await Workers.start(planOf(deployable, app, temporal), config, logger, (error) => {
    logger.fatal({ err: error }, 'a worker stopped unexpectedly');
    process.exit(1);
  });
  const url = app ? await listen(app, config) : null;
  logger.info({ url }, 'serving');
  const stop = once(async () => {
    if (app) hangUp(app.getHttpServer());
    await workers.stop();
    await app?.close();
    await temporal.close();
    logger.info('stopped');
  });
  return { url, stop };
}

/** The whole of a main.ts: serve until told to stop. */
export function serveUntilStopped(deployable: Deployable): void {
  serve(deployable).then(
    ({ url, stop }) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const)
        process.once(signal, () => void stop().then(() => process.exit(0)));
      process.send?.({ listening: url });
    },
    (error: unknown) => {
      process.stderr.write(
        `${deployable.name} could not start: ${error instanceof Error ? error.message : String(error)}\n`,
      );
      process.exit(1);
    },
  );
}

export const workflowBundlePath = (): string => join(process.cwd(), 'dist', 'workflow-bundle.js');

function planOf({ services, workflows }: Deployable, app: INestApplication | null, temporal: Temporal) {
  return {
    services: services.map(({ name, activities }) => ({
      name,
      activities: activities.map((each) => app!.get<object>(each, { strict: false })),
    })),
    workflows: workflows ? { ...workflows, activities: new TemporalInspection(temporal) } : null,
  };
}

async function createApp(
  deployable: Deployable,
  config: Config,
  temporal: Temporal,
  logger: Logger,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    rootModule(deployable, config, temporal, logger),
    {
      logger: ['error', 'warn'],
      bodyParser: false,
      abortOnError: false,
    },
  );
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  app.use(json({ limit: bodyLimit, verify: keepRawBody }));
  const origins = config.CORS_ORIGINS.split(',').filter(Boolean);
  if (origins.length > 0) app.enableCors({ origin: origins });
  document(app);
  await app.init();
  return app;
}

function rootModule(
  { services }: Deployable,
  config: Config,
  temporal: Temporal,
  logger: Logger,
): DynamicModule {
  const keys = loadKeys(config.KEYS_FOLDER);
  const verifier = new TokenVerifier(keys.publicKey);
  const signer = keys.privateKey
    ? [{ provide: TokenSigner, useValue: new TokenSigner(keys.privateKey) }]
    : [];
  @Module({})
  class Root {}
  return {
    module: Root,
    global: true,
    imports: [
      PlatformModule.register(config, temporal, logger),
      ThrottlerModule.forRoot([{ ttl: 60_000, limit: requestsPerMinute }]),
      ...services.map(({ module }) => module),
    ],
    controllers: [HealthController],
    providers: [
      { provide: APP_GUARD, useClass: ThrottlerGuard },
      {
        provide: APP_GUARD,
        inject: [Reflector],
        useFactory: (reflector: Reflector) => new AuthGuard(reflector, verifier),
      },
      { provide: APP_GUARD, useClass: NoCardNumbers },
      { provide: APP_PIPE, useClass: ZodValidationPipe },
      { provide: APP_FILTER, useValue: new ProblemFilter(logger) },
      ...signer,
    ],
    exports: signer.map(({ provide }) => provide),
  };
}

/** One OpenAPI document and UI for every service of this process. */
function document(app: NestExpressApplication): void {
  const builder = new DocumentBuilder()
    .setTitle('Tollkeeper')
    .setDescription(
      'Billing for mobile operators. Errors are RFC 9457 problem+json; money is `{ "minor": 1299, "currency": "USD" }`.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('docs', app, () => cleanupOpenApiDoc(SwaggerModule.createDocument(app, builder)), {
    jsonDocumentUrl: 'docs/openapi.json',
  });
}

async function listen(app: NestExpressApplication, config: Config): Promise<string> {
  const server = app.getHttpServer();
  server.keepAliveTimeout = keepAliveMs;
  await app.listen(config.API_PORT, config.API_HOST);
  const { address, port } = server.address() as AddressInfo;
  return `http://${address}:${port}`;
}

/** Takes no more connections; those under way get their answer and are closed after it. */
function hangUp(server: Server): void {
  server.keepAliveTimeout = 1;
  server.close();
}

function once(act: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | null = null;
  return () => (result ??= act());
}
