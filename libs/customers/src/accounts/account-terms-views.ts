import { z } from 'zod';
import { capActions, controlTags } from '@tollkeeper/contracts';
import type { ParentLink } from '../domain/payer-periods';
import { slicesOf } from '../domain/subscription-parties';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import type { AccountRow, AccountTag } from './account.schema';

const dated = { from: z.string(), to: z.string().nullable().describe('Exclusive; null while it lasts') };
const money = z.object({ minor: z.number().int(), currency: z.string() });

const parentShape = z.object({
  parentAccountId: z.string(),
  paidBy: z.enum(['itself', 'parent']),
  ...dated,
});

export const certificateShape = z.object({
  certificateId: z.string(),
  number: z.string(),
  jurisdiction: z.string(),
  reason: z.string(),
  validFromOn: z.string(),
  validToOn: z.string().nullable().describe('First day on which it holds no more'),
});

export const tagShape = z.object({
  tagId: z.string(),
  tag: z.string().describe(`Obeyed by processes: ${controlTags.join(', ')}; any other is for people`),
  reason: z.string(),
  ...dated,
  setBy: z.string(),
});

export const termsShape = z.object({
  creditClass: z.string(),
  creditLimit: money.nullable(),
  deposit: money,
  usageCap: money.nullable(),
  dunningPolicyId: z.string().nullable(),
  depositPer: z.enum(['account', 'subscription']),
  depositReturnMonths: z.number().int().nullable(),
  capNotices: z.array(z.number().int()),
  capAction: z.enum(capActions),
});

/** Not for subscribers. */
export const staffShape = z.object({
  parents: z.array(parentShape),
  taxCertificates: z.array(certificateShape),
  credit: termsShape.nullable(),
  tags: z.array(tagShape),
});

export const partyShape = z.object({
  sliceId: z.string().describe('Its id in usage and on bills'),
  holderAccountId: z.string(),
  payerAccountId: z.string(),
  ...dated,
});

export const creditView = (terms: AccountRow['creditTerms'], currency: string) => {
  if (!terms) return null;
  const amountOf = (minor: number | null) => (minor === null ? null : { minor, currency });
  return {
    creditClass: terms.creditClass,
    creditLimit: amountOf(terms.creditLimitMinor),
    deposit: { minor: terms.depositMinor, currency },
    usageCap: amountOf(terms.usageCapMinor),
    dunningPolicyId: terms.dunningPolicyId,
    depositPer: terms.depositPer ?? ('account' as const),
    depositReturnMonths: terms.depositReturnMonths ?? null,
    capNotices: terms.capNotices ?? [80],
    capAction: terms.capAction ?? ('notify' as const),
  };
};

const parentView = ({ parentAccountId, paidBy, from, to }: ParentLink) => ({
  parentAccountId,
  paidBy,
  from,
  to,
});

export const tagView = ({ tagId, tag, reason, from, to, setBy }: AccountTag) => ({
  tagId,
  tag,
  reason,
  from,
  to,
  setBy,
});

export const certificateView = ({
  certificateId,
  number,
  jurisdiction,
  reason,
  validFromOn,
  validToOn,
}: AccountRow['taxCertificates'][number]) => ({
  certificateId,
  number,
  jurisdiction,
  reason,
  validFromOn,
  validToOn,
});

export const staffView = ({ parents, taxCertificates, creditTerms, tags, currency }: AccountRow) => ({
  parents: parents.map(parentView),
  taxCertificates: taxCertificates.map(certificateView),
  credit: creditView(creditTerms, currency),
  tags: tags.map(tagView),
});

/** A subscriber sees its own time only. */
export const partiesView = (row: SubscriptionRow, onlyOf: string | null) =>
  slicesOf(row)
    .filter(({ holderAccountId }) => onlyOf === null || holderAccountId === onlyOf)
    .map(({ sliceId, holderAccountId, payerAccountId, from, to }) => ({
      sliceId,
      holderAccountId,
      payerAccountId,
      from,
      to,
    }));
