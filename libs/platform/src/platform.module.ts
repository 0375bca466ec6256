import {
  type DynamicModule,
  Global,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { BusinessClock } from './clock';
import type { Config } from './config';
import { AuditLog, auditCollection } from './http/audit-log';
import { SettingChanges } from './http/setting-changes';
import { idempotencyCollection } from './http/idempotency.interceptor';
import type { Logger } from './logger';
import { ServiceDatabase } from './mongo/service-database';
import { Outbox, outboxCollection } from './outbox/outbox';
import { Relay } from './outbox/relay';
import type { ServiceParts } from './service-definition';
import { Storage } from './storage/storage';
import { Processes } from './temporal/processes';
import { Temporal } from './temporal/temporal';

/** Typed environment of the process, for the few edges that need an address. */
export class Settings {
  constructor(readonly values: Config) {}
}

export class Log {
  constructor(readonly logger: Logger) {}
}

/** Once per process: connections and edges that all services share. */
@Global()
@Module({})
export class PlatformModule {
  static register(config: Config, temporal: Temporal, logger: Logger): DynamicModule {
    const processes = new Processes(temporal);
    const providers = [
      { provide: Settings, useValue: new Settings(config) },
      { provide: Log, useValue: new Log(logger) },
      { provide: Temporal, useValue: temporal },
      { provide: Processes, useValue: processes },
      { provide: BusinessClock, useValue: new BusinessClock(processes) },
      { provide: Storage, useValue: new Storage(config.STORAGE_FOLDER) },
    ];
    return { module: PlatformModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}

/** Once per service: its own database, outbox, audit log. Imported by the service's module, seen by no other. */
@Module({})
export class ServicePlatform implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly relay: Relay,
    private readonly database: ServiceDatabase,
  ) {}

  static register({ service, collections }: ServiceParts): DynamicModule {
    const all = [outboxCollection, idempotencyCollection, auditCollection, ...collections];
    return {
      module: ServicePlatform,
      providers: [
        {
          provide: ServiceDatabase,
          inject: [Settings],
          useFactory: (settings: Settings) =>
            ServiceDatabase.connect(service, settings.values.MONGODB_URI, all),
        },
        {
          provide: Outbox,
          inject: [ServiceDatabase],
          useFactory: (database: ServiceDatabase) => new Outbox(database),
        },
        {
          provide: AuditLog,
          inject: [ServiceDatabase],
          useFactory: (database: ServiceDatabase) => new AuditLog(database),
        },
        {
          provide: SettingChanges,
          inject: [ServiceDatabase, AuditLog, BusinessClock],
          useFactory: (database: ServiceDatabase, audit: AuditLog, clock: BusinessClock) =>
            new SettingChanges(database, audit, clock),
        },
        {
          provide: Relay,
          inject: [ServiceDatabase, Outbox, Processes, Log],
          useFactory: (database: ServiceDatabase, outbox: Outbox, processes: Processes, { logger }: Log) =>
            new Relay(database, outbox, processes, logger.child({ service })),
        },
      ],
      exports: [ServiceDatabase, Outbox, AuditLog, SettingChanges],
    };
  }

  onApplicationBootstrap(): void {
    this.relay.start();
  }

  /** Last of all: workers and HTTP have stopped, nothing writes any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.relay.stop();
    await this.database.close();
  }
}
