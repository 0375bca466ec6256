import { Injectable } from '@nestjs/common';
import { Problem } from '@tollkeeper/platform';
import { takeAttempt } from '../domain/login-lockout';
import { LoginAttemptRepository } from './login-attempt.repository';
import { hashOf } from './secrets';

/** Whose password is being tried, from where. `tenantId` is null for an address that no tenant knows. */
export interface LoginTarget {
  tenantId: string | null;
  door: 'staff' | 'subscriber';
  email: string;
  address: string;
}

export class LoginsPaused extends Problem {
  constructor(readonly waitSeconds: number) {
    super({
      code: 'loginsPaused',
      status: 429,
      title: 'Too many failed sign-ins',
      detail: `Too many failed sign-ins for this account from this address: try again in ${waitSeconds} seconds.`,
    });
  }
}

/** Concurrent guesses at one account race for the same row; who keeps losing waits. */
const mostRaces = 5;
const nobody = 'unknown';

@Injectable()
export class LoginAttemptService {
  constructor(private readonly attempts: LoginAttemptRepository) {}

  /** Counts the attempt as failed before the password is tried; `succeeded` takes it back. */
  async take(target: LoginTarget): Promise<void> {
    const tenantId = target.tenantId ?? nobody;
    const id = idOf(target);
    for (let race = 0; race < mostRaces; race++) {
      const seen = await this.attempts.find(tenantId, id);
      const now = new Date();
      const count = seen && { failures: seen.failures, lockedUntilMs: seen.lockedUntil.getTime() };
      const attempt = takeAttempt(count, now.getTime());
      if (!attempt.allowed) throw new LoginsPaused(attempt.waitSeconds);
      const { failures, lockedUntilMs } = attempt.next;
      const next = { _id: id, failures, lockedUntil: new Date(lockedUntilMs), lastAt: now };
      if (await this.attempts.replace(tenantId, seen, next)) return;
    }
    throw new LoginsPaused(1);
  }

  async succeeded(target: LoginTarget): Promise<void> {
    await this.attempts.forget(target.tenantId ?? nobody, idOf(target));
  }
}

const idOf = ({ tenantId, door, email, address }: LoginTarget): string =>
  hashOf(JSON.stringify([tenantId ?? nobody, door, email, address]));
