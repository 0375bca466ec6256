import { MongoClient } from 'mongodb';
import { EngineFailure } from '../engines';
import { Findings, type Offender } from './findings';
import { GatewayBooks } from './gateway-books';
import type { Ground, Invariant } from './invariant';
import { houseInvariants, invariants } from './invariants';
import { copiesIn } from './mail-folder';
import { StoredObjects } from './stored-objects';
import { TenantRows } from './tenant-rows';

export interface AuditOptions {
  readonly mongoUri: string;
  readonly gatewayUrl: string;
  readonly gatewayKey: string;
  readonly storageFolder: string;
  readonly mailFolder?: string;
  /** Nothing is at work any more (the end of a demo, a scenario): what is still on its way then is a breach. */
  readonly settled?: boolean;
}

export interface InvariantReport {
  readonly name: string;
  readonly statement: string;
  /** Null for what is true of the house as a whole. */
  readonly tenantId: string | null;
  readonly checked: number;
  readonly verdict: 'holds' | 'pending' | 'breached';
  readonly breaches: number;
  readonly offenders: readonly Offender[];
  readonly pending: number;
  readonly waiting: readonly Offender[];
  readonly counts: Readonly<Record<string, number>>;
  readonly tookMs: number;
}

export interface AuditReport {
  readonly tenants: readonly string[];
  readonly holds: boolean;
  readonly breaches: number;
  readonly pending: number;
  readonly invariants: readonly InvariantReport[];
}

const CONNECT_LIMIT_MS = 10_000;

/** Every tenant of the house, one after the other. */
export async function auditAll(options: AuditOptions): Promise<AuditReport> {
  return withClient(options, async (client) => {
    const tenants = await client.db('identity').collection<{ _id: string }>('tenants').distinct('_id');
    return auditTenants(client, options, tenants);
  });
}

export async function auditTenant(
  options: AuditOptions & { readonly tenantId: string },
): Promise<AuditReport> {
  return withClient(options, async (client) => {
    const { tenantId } = options;
    const found = await client
      .db('identity')
      .collection<{ _id: string }>('tenants')
      .countDocuments({ _id: tenantId });
    if (found === 0) throw new EngineFailure(`there is no tenant ${tenantId} in this house`);
    return auditTenants(client, options, [tenantId]);
  });
}

async function withClient<T>(
  { mongoUri }: AuditOptions,
  look: (client: MongoClient) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(mongoUri, { serverSelectionTimeoutMS: CONNECT_LIMIT_MS });
  try {
    await client.connect();
    return await look(client);
  } finally {
    await client.close();
  }
}

async function auditTenants(
  client: MongoClient,
  options: AuditOptions,
  tenants: string[],
): Promise<AuditReport> {
  const ground = {
    gateway: new GatewayBooks(options.gatewayUrl, options.gatewayKey),
    objects: new StoredObjects(options.storageFolder),
    copies: await copiesIn(options.mailFolder),
  };
  const reports: InvariantReport[] = [];
  const [anyone = ''] = tenants;
  for (const invariant of houseInvariants)
    reports.push({
      ...(await examine(client, invariant, { ...ground, tenantId: anyone }, options)),
      tenantId: null,
    });
  for (const tenantId of tenants) {
    for (const invariant of invariants)
      reports.push(await examine(client, invariant, { ...ground, tenantId }, options));
  }
  const total = (field: 'breaches' | 'pending') => reports.reduce((sum, report) => sum + report[field], 0);
  return {
    tenants,
    holds: total('breaches') === 0,
    breaches: total('breaches'),
    pending: total('pending'),
    invariants: reports,
  };
}

/** One snapshot for each invariant: consistent in itself, and never older than the server keeps it. */
async function examine(
  client: MongoClient,
  { name, statement, check }: Invariant,
  ground: Omit<Ground, 'rows'>,
  { settled = false }: AuditOptions,
): Promise<InvariantReport> {
  const findings = new Findings();
  const startedMs = performance.now();
  const session = client.startSession({ snapshot: true });
  try {
    const rows = new TenantRows(ground.tenantId, client, session);
    await rows.count('identity', 'tenants');
    await check({ ...ground, rows }, findings);
  } finally {
    await session.endSession();
  }
  const { checked, counts, breaches, pending, offenders, waiting } = findings;
  const late = settled ? pending : 0;
  const verdict = breaches + late > 0 ? 'breached' : pending > 0 ? 'pending' : 'holds';
  return {
    name,
    statement,
    tenantId: ground.tenantId,
    checked,
    verdict,
    breaches: breaches + late,
    offenders: settled ? [...offenders, ...waiting] : offenders,
    pending: pending - late,
    waiting: settled ? [] : waiting,
    counts,
    tookMs: Math.round(performance.now() - startedMs),
  };
}
