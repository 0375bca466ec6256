import { mongo } from 'mongoose';
import { createHash } from 'node:crypto';
import { Problem } from '@tollkeeper/sandbox-edge';
import type { Books } from './books';
import type { WriteCall } from './requests';

export interface Answer {
  httpStatus: number;
  body: object;
}

export type Keep = (answer: Answer, session: mongo.ClientSession) => Promise<void>;

const DUPLICATE_KEY = 11000;
const isDuplicateKey = (error: unknown) =>
  error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;

/** One key, one effect: the unique index on the key is the lock, and the transaction that loses it replays. */
export class KeptAnswers {
  constructor(private readonly books: Books) {}

  async once<Result>(
    call: WriteCall,
    request: unknown,
    work: (keep: Keep, session: mongo.ClientSession) => Promise<Result>,
  ): Promise<Result | { kind: 'replayed'; answer: Answer }> {
    const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    const earlier = await this.find(call, fingerprint);
    if (earlier) return { kind: 'replayed', answer: earlier };
    const keep: Keep = async (answer, session) => {
      const { tenantId, key } = call;
      await this.books.answers.insertOne(
        { tenantId, key, fingerprint, httpStatus: answer.httpStatus, body: JSON.stringify(answer.body) },
        { session },
      );
    };
    try {
      return await this.books.write((session) => work(keep, session));
    } catch (error) {
      const winner = isDuplicateKey(error) ? await this.find(call, fingerprint) : undefined;
      if (!winner) throw error;
      return { kind: 'replayed', answer: winner };
    }
  }

  private async find({ tenantId, key }: WriteCall, fingerprint: string): Promise<Answer | undefined> {
    const row = await this.books.answers.findOne({ tenantId, key });
    if (!row) return undefined;
    if (row.fingerprint !== fingerprint) {
      throw new Problem(
        422,
        'idempotency_key_reused',
        'this Idempotency-Key came with another request before',
      );
    }
    return { httpStatus: row.httpStatus, body: JSON.parse(row.body) as object };
  }
}
