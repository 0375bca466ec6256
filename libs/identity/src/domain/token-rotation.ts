/** What is known of a refresh token that someone shows. Real time, in milliseconds. */
interface ShownToken {
  expiresAtMs: number;
  used: boolean;
  revoked: boolean;
}

/**
 * `rotate`: good, and used up by this. `reuse`: it was used before, so a thief or the owner holds a copy and
 * all tokens of the family go. `refuse`: unknown, revoked or too old.
 */
type Rotation = 'rotate' | 'reuse' | 'refuse';

export function decideRotation(token: ShownToken | null, nowMs: number): Rotation {
  if (!token || token.revoked || token.expiresAtMs <= nowMs) return 'refuse';
  return token.used ? 'reuse' : 'rotate';
}
