import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  isDuplicateKey,
  newId,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { passwordProblem } from '../domain/password-policy';
import { Passwords } from '../sign-in/passwords';
import { Sessions } from '../sign-in/session.service';
import { SubscriberLoginRepository } from './subscriber-login.repository';
import { subscriberLoginView, type SubscriberLoginView } from './subscriber-login.schema';

@Injectable()
export class SubscriberLoginService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly logins: SubscriberLoginRepository,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async create(
    principal: Principal,
    { accountId, email, password }: { accountId: string; email: string; password: string },
  ): Promise<SubscriberLoginView> {
    const problem = passwordProblem(password, { email, name: '' });
    if (problem) throw badInput('password', `The password ${problem}.`);
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const passwordHash = await this.passwords.hash(password);
    const row = { _id: newId('sub'), accountId, email, passwordHash, disabled: false, createdAt: at };
    const after = subscriberLoginView(row);
    try {
      await this.database.transaction(async () => {
        await this.logins.insert(tenantId, row);
        await this.audit.record(principal, { at, what: 'createSubscriberLogin', entity: row._id, after });
      });
    } catch (error) {
      if (isDuplicateKey(error))
        throw conflict('emailTaken', `There is a subscriber login for ${email} already.`);
      throw error;
    }
    return after;
  }

  async disable(principal: Principal, id: string, reason: string): Promise<SubscriberLoginView> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const before = await this.logins.find(tenantId, id);
      const after = before && (await this.logins.change(tenantId, id, { disabled: true }));
      if (!before || !after) throw notFound('subscriber login', id);
      await this.sessions.closeAllOf(tenantId, id);
      const views = { before: subscriberLoginView(before), after: subscriberLoginView(after) };
      await this.audit.record(principal, {
        at,
        what: 'disableSubscriberLogin',
        entity: id,
        ...views,
        reason,
      });
      return views.after;
    });
  }
}
