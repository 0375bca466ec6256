import { Injectable } from '@nestjs/common';
import { AuditLog, badInput, BusinessClock, Problem, ServiceDatabase } from '@tollkeeper/platform';
import { passwordProblem } from '../domain/password-policy';
import { type LoginTarget, LoginAttemptService } from './login-attempt.service';
import { Passwords } from './passwords';
import type { StoredRefreshToken } from './refresh-token.repository';
import { type Session, Sessions } from './session.service';
import { SubscriberLoginRepository } from '../subscriber-sign-in/subscriber-login.repository';
import { subscriberPrincipal } from '../subscriber-sign-in/subscriber-login.schema';
import { type StoredUser, UserRepository } from '../users/user.repository';
import { staffPrincipal } from '../users/user.schema';

interface StaffCredentials {
  tenantId?: string;
  email: string;
  password: string;
  /** Where the call came from. */
  address: string;
}

/** Tokens are withheld until a one-time password has been replaced. */
type LoginAnswer = { tenantId: string; mustChangePassword: boolean } & (
  Session | { accessToken: null; refreshToken: null; expiresInSeconds: 0 }
);

const noTokens = { accessToken: null, refreshToken: null, expiresInSeconds: 0 } as const;

export const signInRefused = (detail: string): Problem =>
  new Problem({ code: 'signInRefused', status: 401, title: 'Not signed in', detail });

const wrongCredentials = 'E-mail or password is not right. If you work for several tenants, send tenantId.';

/** Sign-in of people: staff here, subscribers beside; both refresh by the same door. */
@Injectable()
export class LoginService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly users: UserRepository,
    private readonly subscribers: SubscriberLoginRepository,
    private readonly passwords: Passwords,
    private readonly attempts: LoginAttemptService,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async login(credentials: StaffCredentials): Promise<LoginAnswer> {
    const user = await this.recognise(credentials);
    const { tenantId, mustChangePassword } = user;
    if (mustChangePassword) return { tenantId, mustChangePassword, ...noTokens };
    return { tenantId, mustChangePassword, ...(await this.openStaff(user)) };
  }

  async changePassword({
    newPassword,
    ...credentials
  }: StaffCredentials & { newPassword: string }): Promise<LoginAnswer> {
    const user = await this.recognise(credentials);
    const problem =
      newPassword === credentials.password
        ? 'must differ from the present one'
        : passwordProblem(newPassword, user);
    if (problem) throw badInput('newPassword', `The new password ${problem}.`);
    const { tenantId, _id: userId } = user;
    const at = await this.clock.now(tenantId);
    const passwordHash = await this.passwords.hash(newPassword);
    await this.database.transaction(async () => {
      await this.users.change(tenantId, userId, { passwordHash, mustChangePassword: false });
      await this.sessions.closeAllOf(tenantId, userId);
      await this.audit.record(staffPrincipal(tenantId, user), { at, what: 'changePassword', entity: userId });
    });
    return { tenantId, mustChangePassword: false, ...(await this.openStaff(user)) };
  }

  async subscriberLogin({
    tenantId,
    email,
    password,
    address,
  }: StaffCredentials & { tenantId: string }): Promise<Session> {
    const login = await this.subscribers.findByEmail(tenantId, email);
    const target: LoginTarget = { tenantId: login && tenantId, door: 'subscriber', email, address };
    await this.attempts.take(target);
    const matches = await this.passwords.verify(
      login && !login.disabled ? login.passwordHash : null,
      password,
    );
    if (!login || !matches) throw signInRefused('E-mail or password is not right.');
    await this.attempts.succeeded(target);
    return this.sessions.open(subscriberPrincipal(tenantId, login));
  }

  async refresh(refreshToken: string): Promise<Session> {
    const session = await this.sessions.rotate(refreshToken, (token) => this.whoIs(token));
    if (!session) throw signInRefused('The refresh token is not valid, or no longer: sign in again.');
    return session;
  }

  async logout(refreshToken: string): Promise<void> {
    await this.sessions.close(refreshToken);
  }

  /** The user behind the credentials; unknown, disabled and wrong password look and last the same. */
  private async recognise({ tenantId, email, password, address }: StaffCredentials): Promise<StoredUser> {
    const user = await this.users.findForLogin(tenantId, email);
    const target: LoginTarget = { tenantId: user?.tenantId ?? null, door: 'staff', email, address };
    await this.attempts.take(target);
    const matches = await this.passwords.verify(user && !user.disabled ? user.passwordHash : null, password);
    if (!user || !matches) throw signInRefused(wrongCredentials);
    await this.attempts.succeeded(target);
    return user;
  }

  private openStaff(user: StoredUser): Promise<Session> {
    return this.sessions.open({ ...staffPrincipal(user.tenantId, user), kind: 'staff' });
  }

  /** Roles and accounts are read again at each refresh: a change takes hold within an access token's life. */
  private async whoIs({ tenantId, kind, subject }: StoredRefreshToken) {
    if (kind === 'subscriber') {
      const login = await this.subscribers.find(tenantId, subject);
      return login && !login.disabled ? subscriberPrincipal(tenantId, login) : null;
    }
    const user = await this.users.find(tenantId, subject);
    return user && !user.disabled ? { ...staffPrincipal(tenantId, user), kind } : null;
  }
}
