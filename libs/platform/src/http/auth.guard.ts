import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { refuseBrokenInput } from './broken-input';
import {
  type AuthenticatedRequest,
  type Permission,
  permissionKey,
  type Principal,
  publicKey,
} from './principal';
import { forbidden, unauthorized } from './problem';
import type { TokenVerifier } from './tokens';

type Targets = Parameters<Reflector['getAllAndOverride']>[1];

/** The one guard: deny by default, tenant from the credential, nothing broken goes further. */
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    this.admit(request, [context.getHandler(), context.getClass()]);
    const { body, query, params } = request as { body?: unknown; query: unknown; params: unknown };
    refuseBrokenInput({ body, query, params });
    return true;
  }

  private admit(request: AuthenticatedRequest, targets: Targets): void {
    if (this.reflector.getAllAndOverride<boolean>(publicKey, targets)) return;
    const principal = this.tokens.verify(bearerOf(request));
    const permission = this.reflector.getAllAndOverride<Permission>(permissionKey, targets);
    if (!permission || !isAllowed(principal, permission)) {
      throw forbidden(`${principal.kind} ${principal.name} may not call ${request.method} ${request.path}.`);
    }
    request.principal = principal;
  }
}

function bearerOf(request: AuthenticatedRequest): string {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token)
    throw unauthorized('Send an access token as "Authorization: Bearer ...".');
  return token;
}

export function isAllowed(principal: Principal, permission: Permission): boolean {
  if (principal.kind === 'subscriber') return permission.subscriber === true && principal.accountId !== null;
  if (principal.kind === 'integration')
    return permission.scope !== undefined && hasScope(principal, permission.scope);
  if (principal.roles.includes('admin')) return (permission.roles ?? []).length > 0;
  return (permission.roles ?? []).some((role) => principal.roles.includes(role));
}

const hasScope = ({ scopes }: Principal, scope: string): boolean =>
  scopes.some(
    (held) => held === scope || (scope.endsWith(':read') && held === scope.replace(/:read$/, ':write')),
  );
