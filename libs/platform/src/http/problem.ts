import { HttpException } from '@nestjs/common';

export interface ProblemDetails {
  /** Stable, camelCase; clients branch on it. */
  code: string;
  status: number;
  title: string;
  /** One sentence: what was wrong and the way out. */
  detail: string;
  /** The field of the request, `lines.0.amount`, where there is one. */
  field?: string;
  hint?: string;
  errors?: { field: string; reason: string }[];
}

/** A refusal at a door: RFC 9457 problem+json. */
export class Problem extends HttpException {
  constructor(readonly problem: ProblemDetails) {
    super(problem, problem.status);
  }
}

export const badInput = (field: string, detail: string, hint?: string): Problem =>
  new Problem({
    code: 'badInput',
    status: 422,
    title: 'The request cannot be accepted',
    detail,
    field,
    hint,
  });

export const notFound = (noun: string, id: string): Problem =>
  new Problem({
    code: 'notFound',
    status: 404,
    title: `No such ${noun}`,
    detail: `There is no ${noun} ${id}.`,
  });

export const conflict = (code: string, detail: string, hint?: string): Problem =>
  new Problem({ code, status: 409, title: 'Not possible in the present state', detail, hint });

export const unauthorized = (detail: string): Problem =>
  new Problem({
    code: 'unauthorized',
    status: 401,
    title: 'Not signed in',
    detail,
    hint: 'POST /v1/identity/login',
  });

export const forbidden = (detail: string): Problem =>
  new Problem({ code: 'forbidden', status: 403, title: 'Not allowed', detail });

export const notCsv = (): Problem =>
  new Problem({
    code: 'unsupportedMediaType',
    status: 415,
    title: 'Not a CSV file',
    detail: 'Send the file as the body, with Content-Type: text/csv.',
  });
