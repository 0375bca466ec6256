import type { ErrorRequestHandler } from 'express';
import { STATUS_CODES } from 'node:http';
import { ZodError, z } from 'zod';

/** A refusal with an HTTP status and a stable code, answered as problem+json (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

const BodyParserError = z.object({ status: z.number().min(400).max(499), message: z.string() });

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ZodError) {
    const issue = error.issues[0];
    return new Problem(400, 'invalid_request', `${issue?.path.join('.') || 'request'}: ${issue?.message}`);
  }
  const unreadable = BodyParserError.safeParse(error);
  if (unreadable.success)
    return new Problem(unreadable.data.status, 'invalid_request', unreadable.data.message);
  console.error(
    JSON.stringify({ level: 'error', error: error instanceof Error ? error.stack : String(error) }),
  );
  return new Problem(500, 'internal_error', 'the sandbox itself failed');
}

// Express tells an error handler from others by its four parameters.
export const answerProblem: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) return next(error);
  const { status, code, message } = problemOf(error);
  res.status(status).type('application/problem+json');
  res.json({ type: 'about:blank', title: STATUS_CODES[status], status, code, detail: message });
};
