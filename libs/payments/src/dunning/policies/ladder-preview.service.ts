import { Injectable } from '@nestjs/common';
import { localDateOf } from '@tollkeeper/calendar';
import { BusinessClock, notFound, type Principal } from '@tollkeeper/platform';
import { CollectionRepository } from '../collection.repository';
import { barRuleOf } from '../../domain/dunning/bar-rules';
import { previewLadder } from '../../domain/dunning/preview-ladder';
import { DunningPolicyRepository } from './dunning-policy.repository';
import { PayableRepository } from '../../payables/payable.repository';
import { ProfileRepository } from '../../payers/profile.repository';
import { PolicyChoice } from './policy-choice.service';
import { splitDebt } from '../split-debt';

/** What a ladder would do to an account, by any policy: nothing is written. */
@Injectable()
export class LadderPreview {
  constructor(
    private readonly clock: BusinessClock,
    private readonly choice: PolicyChoice,
    private readonly collections: CollectionRepository,
    private readonly policies: DunningPolicyRepository,
    private readonly payables: PayableRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async preview(
    { tenantId }: Principal,
    { accountId, policyId, version }: { accountId: string; policyId?: string; version?: number },
  ) {
    const at = await this.clock.now(tenantId);
    const account = await this.profiles.account(tenantId, accountId);
    if (!account) throw notFound('account', accountId);
    const [open] = await this.collections.openOf(tenantId, [accountId]);
    const policy = await this.policyOf(
      tenantId,
      accountId,
      policyId,
      version ?? open?.policyVersion,
      open?.policyId,
    );
    const { zone, country = '', customerKind = 'person' } = account;
    const payables = await this.payables.openOf(tenantId, [accountId]);
    const invoices = splitDebt(payables, open?.disputes ?? [], []).map(({ payable, chasedMinor }) => ({
      invoiceId: payable._id,
      dueOn: payable.dueOn,
      totalMinor: payable.totalMinor,
      owedMinor: chasedMinor,
    }));
    const currency = payables[0]?.currency ?? account.currency;
    const place = { zone, country, kind: customerKind, currency, at };
    const steps = previewLadder(policy, { ...place, invoices, openedOn: open?.openedOn ?? null });
    return {
      accountId,
      policyId: policy.policyId,
      policyVersion: policy.version,
      currency,
      barLaw: barRuleOf(country, localDateOf(at, zone))?.law ?? null,
      steps,
    };
  }

  private async policyOf(
    tenantId: string,
    accountId: string,
    policyId: string | undefined,
    version: number | undefined,
    ofCase: string | undefined,
  ) {
    const id =
      policyId ?? ofCase ?? (await this.choice.forAccount(tenantId, accountId))?.policyId ?? 'default';
    const row =
      version === undefined
        ? await this.policies.latest(tenantId, id)
        : await this.policies.version(tenantId, id, version);
    if (!row) throw notFound('dunning policy', version === undefined ? id : `${id}, version ${version}`);
    return row;
  }
}
