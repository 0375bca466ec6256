import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Response } from 'express';
import { ZodValidationException } from 'nestjs-zod';
import type { ZodError } from 'zod';
import type { Logger } from '../logger';
import { Problem, type ProblemDetails } from './problem';

const unavailableCodes = new Set(['UNAVAILABLE', 'DEADLINE_EXCEEDED', 14, 4]);

/** Every error leaves as problem+json; the unexpected is logged and says nothing about our inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const problem = this.problemOf(error);
    if (problem.status === 503) response.setHeader('Retry-After', '2');
    response
      .status(problem.status)
      .type('application/problem+json')
      .json({ type: `urn:tollkeeper:${problem.code}`, ...problem });
  }

  private problemOf(error: unknown): ProblemDetails {
    if (error instanceof Problem) return error.problem;
    if (error instanceof ZodValidationException) return validationProblem(error.getZodError() as ZodError);
    if (error instanceof HttpException) return httpProblem(error);
    if (isBodyError(error))
      return {
        code: codeOf(error.status),
        status: error.status,
        title: 'The request cannot be read',
        detail: error.message,
      };
    if (isUnavailable(error)) {
      return {
        code: 'unavailable',
        status: 503,
        title: 'Not available now',
        detail: 'A part that this call needs is away; nothing was changed. Try again shortly.',
      };
    }
    this.logger.error({ err: error }, 'a request failed unexpectedly');
    return {
      code: 'internal',
      status: 500,
      title: 'Something went wrong',
      detail: 'The request failed on our side; the log has the cause.',
    };
  }
}

function validationProblem(error: ZodError): ProblemDetails {
  const errors = error.issues.map((issue) => ({
    field:
      [
        ...issue.path.map(String),
        ...(issue.code === 'unrecognized_keys' ? [issue.keys.join(', ')] : []),
      ].join('.') || 'body',
    reason: issue.code === 'unrecognized_keys' ? 'is not a field of this request' : issue.message,
  }));
  const [first] = errors;
  return {
    code: 'badInput',
    status: 400,
    title: 'The request cannot be accepted',
    detail: first ? `${first.field}: ${first.reason}` : 'The request does not have the documented shape.',
    field: first?.field,
    errors,
    hint: 'See /docs for the shape of this request.',
  };
}

const codes: Record<number, string> = {
  400: 'badInput',
  404: 'notFound',
  413: 'tooLarge',
  415: 'unsupportedMediaType',
  429: 'tooManyRequests',
};

const codeOf = (status: number): string => codes[status] ?? 'refused';

function httpProblem(error: HttpException): ProblemDetails {
  const status = error.getStatus();
  const code = codeOf(status);
  return { code, status, title: error.name.replace(/Exception$/, ''), detail: error.message };
}

const isBodyError = (error: unknown): error is { status: number; message: string } =>
  error instanceof Error &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status >= 400 &&
  error.status < 500;

const isUnavailable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const cause = (error as { cause?: { code?: unknown } }).cause;
  const code = (error as { code?: unknown }).code ?? cause?.code;
  return (
    unavailableCodes.has(code as string | number) ||
    [
      'MongoServerSelectionError',
      'MongoNetworkError',
      'MongoNetworkTimeoutError',
      'MongooseServerSelectionError',
    ].includes(error.name)
  );
};
