import { Problem } from '@tollkeeper/platform';
import type { Finding } from './domain/finding';

/** 422 with every place and reason; nothing has been written. */
export function refuseFindings(findings: Finding[], hint?: string): void {
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
