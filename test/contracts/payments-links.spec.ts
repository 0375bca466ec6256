import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MailedLink, mailedLinkIdOf, mailedLinkParts } from '@tollkeeper/contracts';
import { BusinessClock, derivedId, sealToken } from '@tollkeeper/platform';
import { LinkCharging } from '../../libs/payments/src/pay-links/link-charging.service';
import { LinkWithdrawal } from '../../libs/payments/src/pay-links/link-withdrawal.service';
import { PayLinks } from '../../libs/payments/src/pay-links/pay-link.schema';
import { PayLinkService } from '../../libs/payments/src/pay-links/pay-link.service';
import { PayNowService } from '../../libs/payments/src/pay-now/pay-now.service';
import { PayRequests } from '../../libs/payments/src/pay-now/pay-request.schema';
import { clerk, otherTenant, RealPayments, tenant } from './real-payments';

const keys = 'a-key-of-forty-characters-for-specs-only';
const guest = { gateway: 'sandbox', token: 'tok_ok.guest', kind: 'card' as const };

describe('pay links in mails, withdrawn one by one', () => {
  let real: RealPayments;
  let now = '';
  let no = 0;
  beforeAll(async () => {
    real = await RealPayments.start(() => Promise.resolve({ PAY_LINK_KEYS: keys }));
    now = await real.get(BusinessClock).now(tenant);
  });
  afterAll(() => real.stop());

  /** As notifications seals it for a message of this key. */
  const tokenOf = (accountId: string, key: string, change: Partial<MailedLink> = {}): string => {
    const { tenantId = tenant } = change;
    const linkId = derivedId('pln', mailedLinkIdOf(tenantId, key));
    const pays = { invoiceId: key.split('/')[0] ?? '' };
    const link = { tenantId, linkId, accountId, pays, issuedAt: now, days: 30, ...change };
    return sealToken([keys], 'payLink', mailedLinkParts(link)) ?? '';
  };
  const mailed = async (tenantId = tenant) => {
    const accountId = `acc_${++no}`;
    const key = `inv_${no}/invoice`;
    await real.account(accountId, tenantId);
    await real.payable(`inv_${no}`, accountId, {}, tenantId);
    return { accountId, key, token: tokenOf(accountId, key, { tenantId }) };
  };
  const withdraw = (
    accountId: string,
    of: 'message' | 'link' | 'account',
    id: string | null = null,
    who = clerk,
  ) => real.get(LinkWithdrawal).withdraw(who, { accountId, of, id, reason: 'sent to the wrong person' });
  const stateOf = async (token: string) => (await real.get(PayLinkService).show(token)).link.state;
  const pay = (token: string) => real.get(LinkCharging).pay(token, guest);
  const revoked = { problem: { code: 'payLinkRevoked', status: 409 } };
  const requests = (accountId: string) => real.rows(tenant, PayRequests).count({ accountId });

  it('by the key of its message, before anybody opened it: it pays no more, other links of the account do', async () => {
    const { accountId, key, token } = await mailed();
    const other = tokenOf(accountId, key, { linkId: derivedId('pln', 'another message') });
    expect(await stateOf(token)).toBe('open');
    await withdraw(accountId, 'message', key);
    expect(await stateOf(token)).toBe('revoked');
    await expect(pay(token)).rejects.toMatchObject(revoked);
    expect(await requests(accountId)).toBe(0);
    // Composed again it is the same link.
    expect(await stateOf(tokenOf(accountId, key))).toBe('revoked');
    await pay(other);
    expect(await requests(accountId)).toBe(1);
  });

  it('by the id of the link, twice: the second changes nothing', async () => {
    const { accountId, key, token } = await mailed();
    const linkId = derivedId('pln', mailedLinkIdOf(tenant, key));
    expect(await withdraw(accountId, 'link', linkId)).toMatchObject({ linkId, underWay: [] });
    expect(await withdraw(accountId, 'link', linkId)).toMatchObject({ linkId, underWay: [] });
    expect(await stateOf(token)).toBe('revoked');
  });

  it('all of an account: what lies in mails and what people made; a later mail carries a new one', async () => {
    const { accountId, token } = await mailed();
    const made = await real.get(PayLinkService).create(clerk, {
      ...{ accountId, invoiceId: null, amountMinor: null, currency: null, expiresInDays: 5, reason: 'asked' },
    });
    const others = await mailed();
    const { withdrawnAt } = await withdraw(accountId, 'account');
    expect([await stateOf(token), await stateOf(made.token)]).toEqual(['revoked', 'revoked']);
    await expect(pay(token)).rejects.toMatchObject(revoked);
    const issuedAt = new Date(Date.parse(withdrawnAt) + 1_000).toISOString();
    const later = tokenOf(accountId, 'inv_later/reminder1', { issuedAt, pays: { caseId: 'col_1' } });
    expect([await stateOf(later), await stateOf(others.token)]).toEqual(['open', 'open']);
  });

  it('while it is being paid: the payment goes on; should it take nothing, the link is gone', async () => {
    const { accountId, key, token } = await mailed();
    await pay(token);
    await expect(withdraw(accountId, 'message', key)).rejects.toMatchObject({
      problem: { code: 'payLinkUsed', status: 409 },
    });
    const linkId = derivedId('pln', mailedLinkIdOf(tenant, key));
    expect((await withdraw(accountId, 'account')).underWay).toEqual([linkId]);
    const [request] = await real.rows<{ _id: string }>(tenant, PayRequests).find({ accountId });
    // Its invoice was paid meanwhile: the process finds nothing to charge.
    await real.database.db.collection('payables').deleteMany({ accountId });
    await real.get(PayNowService).charge(tenant, accountId, request?._id ?? '', now);
    expect(await stateOf(token)).toBe('revoked');
  });

  it('withdrawn and paid at the same moment: one of the two, never both', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { accountId, key, token } = await mailed();
      const [paid, gone] = await Promise.allSettled([pay(token), withdraw(accountId, 'message', key)]);
      expect([paid.status, gone.status].sort()).toEqual(['fulfilled', 'rejected']);
      expect(await stateOf(token)).toBe(gone.status === 'fulfilled' ? 'revoked' : 'paying');
      expect(await requests(accountId)).toBe(paid.status === 'fulfilled' ? 1 : 0);
    }
  });

  it("another tenant's key, account or link withdraws nothing of theirs", async () => {
    const { accountId, key, token } = await mailed(otherTenant);
    await expect(withdraw(accountId, 'account')).rejects.toMatchObject({ problem: { status: 404 } });
    const own = await mailed();
    await withdraw(own.accountId, 'message', key);
    expect(await stateOf(token)).toBe('open');
    // Nor a link that is kept for another account of the same tenant.
    await pay(own.token);
    const linkId = derivedId('pln', mailedLinkIdOf(tenant, own.key));
    const other = await mailed();
    await expect(withdraw(other.accountId, 'link', linkId)).rejects.toMatchObject({
      problem: { status: 404 },
    });
  });

  it('is written down: who, which, why', async () => {
    const { accountId, key } = await mailed();
    await withdraw(accountId, 'message', key);
    const [entry] = await real.database.db
      .collection('auditLog')
      .find({ 'after.accountId': accountId })
      .toArray();
    expect(entry).toMatchObject({ what: 'withdrawPayLinks', reason: 'sent to the wrong person' });
    expect(await real.rows(tenant, PayLinks).count({ accountId })).toBe(1);
  });
});
