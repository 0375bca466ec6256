import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Request } from 'express';
import type { ServiceName, TenantId } from '@tollkeeper/contracts';

export const staffRoles = ['admin', 'billing', 'care', 'finance', 'auditor'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** What an integrator's key may do: `rating:write` implies `rating:read`. */
export type Scope = `${ServiceName | 'clock'}:${'read' | 'write'}`;

/** A token is good at one door only. */
export const audiences = {
  staff: 'tollkeeper:staff',
  integration: 'tollkeeper:api',
  subscriber: 'tollkeeper:portal',
} as const;
export type PrincipalKind = keyof typeof audiences;

/** Who calls. The tenant comes from here and from nowhere else. */
export interface Principal {
  kind: PrincipalKind;
  tenantId: TenantId;
  subject: string;
  name: string;
  roles: StaffRole[];
  scopes: Scope[];
  /** Subscribers: the only account that they may see. */
  accountId: string | null;
}

export interface Permission {
  roles?: StaffRole[];
  scope?: Scope;
  /** Open to subscribers; the handler limits what they see to `principal.accountId`. */
  subscriber?: boolean;
}

export const permissionKey = 'permission';
export const publicKey = 'public';

/** Who may call a route. A route without this (and without `@Public`) is closed to everyone. Admins may do all that staff may. Shown in the API docs. */
export const Allow = (permission: Permission) =>
  applyDecorators(
    SetMetadata(permissionKey, permission),
    ApiBearerAuth(),
    ApiExtension('x-allow', permission),
  );

/** No credential asked: login, health, signed webhooks. */
export const Public = () => SetMetadata(publicKey, true);

export type AuthenticatedRequest = Request & { principal?: Principal };

export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw new Error('CurrentPrincipal on a public route');
  return principal;
});
