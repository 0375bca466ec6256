import { ApiError } from '../../tools/sample/api-client';
import { eventually } from './eventually';

const RETRY_EVERY_MS = 200;
/** A handler that was killed keeps its idempotency key for a minute. */
const PASSING_CODES = new Set(['stillRunning', 'clockNotReady']);
/** What fetch says of a connection that is refused, or that breaks before or while the answer comes. */
const CONNECTION_ERRORS = new Set(['fetch failed', 'terminated']);

/** What any client does while the server is away: the same call again until it answers. A refusal is an answer. */
export async function patiently<Answer>(what: string, call: () => Promise<Answer>): Promise<Answer> {
  const outcome = await eventually(
    what,
    async () => {
      try {
        return { answer: await call() };
      } catch (error) {
        if (isAway(error)) throw error;
        return { refusal: error };
      }
    },
    { everyMs: RETRY_EVERY_MS },
  );
  if ('refusal' in outcome) throw outcome.refusal;
  return outcome.answer;
}

function isAway(error: unknown): boolean {
  if (error instanceof ApiError) return error.status >= 500 || PASSING_CODES.has(error.problem.code ?? '');
  return CONNECTION_ERRORS.has((error as Partial<Error>).message ?? '');
}
