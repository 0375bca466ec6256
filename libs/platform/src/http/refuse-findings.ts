import { Problem, type ProblemDetails } from './problem';

/** 422 with every place and reason; nothing has been written. */
export function refuseFindings(findings: NonNullable<ProblemDetails['errors']>, hint?: string): void {
  const [first] = findings;
  if (!first) return;
  const detail = `${first.field}: ${first.reason}.`;
  throw new Problem({
    code: 'badInput',
    status: 422,
    title: 'The request cannot be accepted',
    detail,
    field: first.field,
    hint,
    errors: findings,
  });
}
