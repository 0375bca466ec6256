import { Injectable } from '@nestjs/common';
import type { DunningPolicy } from '@tollkeeper/contracts';
import { defaultPolicyId } from '../../domain/dunning/default-dunning-policy';
import { DunningPolicyRepository } from './dunning-policy.repository';
import type { DunningPolicyRow } from './dunning-policy.schema';
import { ProfileRepository } from '../../payers/profile.repository';

/** Which policy a new case begins with. */
@Injectable()
export class PolicyChoice {
  constructor(
    private readonly policies: DunningPolicyRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async inForce(tenantId: string, named: string = defaultPolicyId): Promise<DunningPolicy | null> {
    const row = await this.policies.latest(tenantId, named);
    if (!row) return null;
    return policyOfRow(row);
  }

  /** The policy that a new case of the account would begin with. */
  async forAccount(tenantId: string, accountId: string): Promise<DunningPolicy | null> {
    const fallback = await this.inForce(tenantId);
    if (!fallback) return null;
    return (await this.forAccounts(tenantId, [accountId], fallback))(accountId);
  }

  /**
   * By each account's credit class, else by its customer's segment, else by the kind of customer; the tenant's own
   * where none of these names one that is there.
   */
  async forAccounts(
    tenantId: string,
    accountIds: string[],
    fallback: DunningPolicy,
  ): Promise<(accountId: string) => DunningPolicy> {
    const accounts = await this.profiles.accounts(tenantId, accountIds);
    const named = new Set([...accounts.values()].flatMap(({ dunningPolicyId }) => dunningPolicyId ?? []));
    const policies = new Map<string, DunningPolicy>();
    for (const policyId of named) {
      const policy = await this.inForce(tenantId, policyId);
      if (policy) policies.set(policyId, policy);
    }
    const bySegment = new Map<string, DunningPolicy>();
    for (const row of await this.policies.forSegments(tenantId))
      for (const segment of row.segments ?? []) bySegment.set(segment, policyOfRow(row));
    return (accountId) => {
      const { dunningPolicyId, segment, customerKind } = accounts.get(accountId) ?? {};
      return (
        policies.get(dunningPolicyId ?? '') ??
        bySegment.get(segment ?? '') ??
        bySegment.get(customerKind ?? '') ??
        fallback
      );
    };
  }
}

/** The least debt that is chased. */
export const minimumOf = ({ minimumMinor, minimumByCurrency }: DunningPolicy, currency: string): number =>
  minimumByCurrency?.[currency] ?? minimumMinor;

/** Whether so much debt, in so many invoices, opens a case. */
export const opensCase = (
  policy: DunningPolicy,
  { owedMinor, invoices, currency }: { owedMinor: number; invoices: number; currency: string },
): boolean =>
  (policy.currencies?.includes(currency) ?? true) &&
  owedMinor >= Math.max(1, minimumOf(policy, currency)) &&
  invoices >= (policy.minimumInvoices ?? 1);

/** As it enters a process: without what the row has besides. */
const policyOfRow = (policy: DunningPolicyRow): DunningPolicy => {
  const { policyId, version, minimumMinor, levels, stepHour } = policy;
  const { segments, minimumByCurrency, minimumInvoices, currencies, retries, forbidden, promises } = policy;
  return {
    ...{ policyId, version, minimumMinor, levels, stepHour },
    ...(segments ? { segments } : {}),
    ...(minimumByCurrency ? { minimumByCurrency } : {}),
    ...(minimumInvoices ? { minimumInvoices } : {}),
    ...(currencies ? { currencies } : {}),
    ...(retries ? { retries } : {}),
    ...(forbidden ? { forbidden } : {}),
    ...(promises ? { promises } : {}),
  };
};
