import 'reflect-metadata';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from './config';
import { createLogger } from './logger';
import { PlatformModule } from './platform.module';
import type { ServiceDefinition } from './service-definition';
import { type Temporal } from './temporal/temporal';

/** Its starts and signals are never answered: the relay waits at its first row and takes no time from what is measured. */
const silentTemporal = (): Temporal => {
  const never = () => new Promise<never>(() => undefined);
  const getHandle = () => ({ signal: never, executeUpdate: never });
  return {
    client: { workflow: { start: never, signalWithStart: never, getHandle } },
  } as unknown as Temporal;
};

/** For programs of `npm run bench`: the real service on a real MongoDB, without HTTP and without workers. */
export async function benchContext(
  { module }: Pick<ServiceDefinition, 'module'>,
  environment: NodeJS.ProcessEnv,
  temporal: Temporal = silentTemporal(),
): Promise<INestApplicationContext> {
  const platform = PlatformModule.register(loadConfig(environment), temporal, createLogger('error'));
  @Module({ imports: [platform, module] })
  class Root {}
  return NestFactory.createApplicationContext(Root, { logger: ['error', 'warn'], abortOnError: false });
}
