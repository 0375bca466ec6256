import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { catchError, from, lastValueFrom, type Observable } from 'rxjs';
import { type CollectionDefinition, defineCollection } from '../mongo/collection-definition';
import { isDuplicateKey, rowSchema, ServiceDatabase } from '../mongo/service-database';
import type { AuthenticatedRequest } from './principal';
import { badInput, conflict } from './problem';

interface IdempotencyRow {
  _id: string;
  bodyHash: string;
  status: number | null;
  answer: unknown;
  createdAt: Date;
}

const keepSeconds = 90 * 24 * 3600;
/** A handler that died leaves its claim; after this the key may be used again. */
const abandonedAfterMs = 60_000;

export const idempotencyCollection: CollectionDefinition<IdempotencyRow> = defineCollection<IdempotencyRow>(
  'idempotencyKeys',
  rowSchema({
    _id: { type: String, required: true },
    bodyHash: { type: String, required: true },
    status: Number,
    answer: Object,
    createdAt: { type: Date, required: true },
  }),
  [{ keys: { createdAt: 1 }, expireAfterSeconds: keepSeconds }],
);

/**
 * `@UseInterceptors(Idempotent)` on a POST that creates: the same `Idempotency-Key` and body give the first answer
 * again (`Idempotency-Replayed: true`), the same key with another body is refused. Only successes are kept.
 */
@Injectable()
export class Idempotent implements NestInterceptor {
  constructor(private readonly database: ServiceDatabase) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<AuthenticatedRequest>();
    const response = http.getResponse<Response>();
    const header = request.header('idempotency-key');
    const { principal } = request;
    if (!header || !principal) return next.handle();
    if (header.length > 255) throw badInput('Idempotency-Key', 'The key is longer than 255 characters.');
    const id = `${principal.tenantId}/${principal.subject}/${request.method} ${request.path}/${header}`;
    const bodyHash = createHash('sha256')
      .update(JSON.stringify(request.body ?? null))
      .digest('hex');
    const earlier = await this.claim(principal.tenantId, id, bodyHash);
    if (earlier) return from([replay(earlier, bodyHash, response)]);
    const keys = this.keys(principal.tenantId);
    const answer: unknown = await lastValueFrom(
      next.handle().pipe(
        catchError(async (error: unknown) => {
          await keys.deleteMany({ _id: id });
          throw error;
        }),
      ),
    );
    await keys.updateOne({ _id: id }, { $set: { status: response.statusCode, answer: answer ?? null } });
    return from([answer]);
  }

  /** Null when the key is ours now; the earlier row when someone used it before. */
  private async claim(tenantId: string, id: string, bodyHash: string): Promise<IdempotencyRow | null> {
    const keys = this.keys(tenantId);
    const now = new Date();
    const abandoned = {
      _id: id,
      status: null,
      createdAt: { $lt: new Date(now.getTime() - abandonedAfterMs) },
    };
    await keys.deleteMany(abandoned);
    try {
      await keys.insertOne({ _id: id, bodyHash, status: null, answer: null, createdAt: now });
      return null;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return keys.findOne({ _id: id });
    }
  }

  private keys(tenantId: string) {
    return this.database.tenant(tenantId).collection(idempotencyCollection);
  }
}

function replay(row: IdempotencyRow, bodyHash: string, response: Response): unknown {
  if (row.bodyHash !== bodyHash)
    throw badInput('Idempotency-Key', 'This key was used with another request body.', 'Use a new key.');
  if (row.status === null)
    throw conflict('stillRunning', 'A request with this key is still running.', 'Ask again shortly.');
  response.status(row.status).setHeader('Idempotency-Replayed', 'true');
  return row.answer;
}
