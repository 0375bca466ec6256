import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { forbidden, unauthorized } from '@tollkeeper/platform';
import type { Request } from 'express';
import { z } from 'zod';
import { sameSecret } from '../sign-in/secrets';

const environment = z.object({
  OPERATOR_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
});

/** `null` when tenants cannot be opened over HTTP here; a key that is too short stops the process. */
export function operatorKeyOf(env: NodeJS.ProcessEnv): string | null {
  const parsed = environment.safeParse(env);
  if (parsed.success) return parsed.data.OPERATOR_KEY ?? null;
  throw new Error(`Environment variable OPERATOR_KEY: ${parsed.error.issues[0]?.message}`);
}

export class OperatorKey {
  constructor(readonly value: string | null) {}
}

/** Stands before tenants exist, so no user's token opens these doors: only the installation's own key. */
@Injectable()
export class OperatorOnly implements CanActivate {
  constructor(private readonly key: OperatorKey) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.key.value === null)
      throw forbidden('This installation has no OPERATOR_KEY: tenants cannot be opened over HTTP.');
    const { headers } = context.switchToHttp().getRequest<Request>();
    const [scheme, shown] = (headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !shown || !sameSecret(shown, this.key.value)) {
      throw unauthorized('Send the operator key as "Authorization: Bearer ...".');
    }
    return true;
  }
}
