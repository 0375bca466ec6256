export { benchContext } from './bench-context';
export { loadConfig, type Config } from './config';
export { BusinessClock } from './clock';
export { createLogger, type Logger } from './logger';
export { derivedId, newId } from './ids';
export { openToken, sealToken } from './sealed-token';
export { refusal } from './refusal';
export { replaceOrInsert, updateOne, upsertOne } from './mongo/bulk-operations';
export { defineCollection, type CollectionDefinition } from './mongo/collection-definition';
export {
  AccountDiscountCopies,
  type AccountFactRow,
  accountFacts,
  keepAccountFacts,
  PriceOverrideCopies,
} from './mongo/account-fact-copies';
export {
  offeringCopyRow,
  type OfferingCopyRow,
  OfferingCopies,
  offeringOfCopy,
} from './mongo/offering-copies';
export { isDuplicateKey, rowSchema, ServiceDatabase } from './mongo/service-database';
export { TenantCollection } from './mongo/tenant-collection';
export { Outbox } from './outbox/outbox';
export { pendingOutbox } from './outbox/pending-outbox';
export {
  type FileLine,
  type LineBatch,
  readFirstLine,
  readLineBatches,
  splitLine,
} from './storage/line-batches';
export { Storage } from './storage/storage';
export { advanceImport, completeImport, type ImportStep, newestImports } from './storage/file-import';
export type { RewriteLine } from './storage/rewritten-lines';
export { storeUpload } from './storage/store-upload';
export { stopIfCancelled } from './temporal/stop-if-cancelled';
export { Temporal } from './temporal/temporal';
export { Processes } from './temporal/processes';
export { Log, PlatformModule, ServicePlatform, Settings } from './platform.module';
export type { ServiceDefinition } from './service-definition';
export { serve, serveUntilStopped, workflowBundlePath, type Running } from './serve';
export { AuditLog, type AuditRow } from './http/audit-log';
export { SettingChanges } from './http/setting-changes';
export { auditLogController } from './http/audit-log.controller';
export { Idempotent } from './http/idempotency.interceptor';
export {
  Allow,
  audiences,
  CurrentPrincipal,
  type Permission,
  type Principal,
  type PrincipalKind,
  Public,
  type Scope,
  type StaffRole,
  staffRoles,
} from './http/principal';
export {
  badInput,
  conflict,
  forbidden,
  notCsv,
  notFound,
  Problem,
  type ProblemDetails,
  unauthorized,
} from './http/problem';
export { bodyChunks, readBody, readCsvBody } from './http/read-csv-body';
export { maskCardNumbers } from './mask-card-numbers';
export { refuseFindings } from './http/refuse-findings';
export {
  currencyField,
  idField,
  instantField,
  localDateField,
  moneyField,
  type Page,
  pageOf,
  pageQuery,
  positiveMoneyField,
  reasonField,
} from './http/shapes';
export { TokenSigner } from './http/tokens';
