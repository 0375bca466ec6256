import {
  type AccountDiscount,
  canonicalJson,
  type PriceOverride,
  type TenantId,
} from '@tollkeeper/contracts';
import { upsertOne } from './bulk-operations';
import { type CollectionDefinition, defineCollection } from './collection-definition';
import { isDuplicateKey, rowSchema, type ServiceDatabase } from './service-database';

/** A dated fact about one account, whole as it was told; the higher revision wins. */
export interface AccountFactRow {
  _id: string;
  accountId: string;
  revision: number;
  /** `canonicalJson` of the fact. */
  content: string;
}

type AccountFact = PriceOverride | AccountDiscount;

const text = { type: String, required: true };
const copies = (name: string): CollectionDefinition<AccountFactRow> =>
  defineCollection<AccountFactRow>(
    name,
    rowSchema({ _id: text, accountId: text, revision: { type: Number, required: true }, content: text }),
    [{ keys: { accountId: 1 } }],
  );

export const PriceOverrideCopies = copies('priceOverrideCopies');
export const AccountDiscountCopies = copies('accountDiscountCopies');

export async function keepAccountFacts<Fact extends AccountFact>(
  db: ServiceDatabase,
  tenantId: TenantId,
  definition: CollectionDefinition<AccountFactRow>,
  facts: readonly Fact[],
): Promise<void> {
  const operations = [...newest(facts)].map(([id, { accountId, revision, ...rest }]) =>
    upsertOne(
      { _id: `${tenantId}/${id}`, revision: { $lt: revision } },
      { $set: { accountId, revision, content: canonicalJson({ accountId, revision, ...rest }) } },
    ),
  );
  try {
    await db.tenant(tenantId).collection(definition).bulkWrite(operations);
  } catch (error) {
    // A newer revision is there already.
    if (!isDuplicateKey(error)) throw error;
  }
}

export async function accountFacts<Fact extends AccountFact>(
  db: ServiceDatabase,
  tenantId: TenantId,
  definition: CollectionDefinition<AccountFactRow>,
  accountIds: readonly string[],
): Promise<Fact[]> {
  const rows = await db
    .tenant(tenantId)
    .collection(definition)
    .find({ accountId: { $in: [...new Set(accountIds)] } }, { sort: { accountId: 1, _id: 1 } });
  return rows.map(({ content }) => JSON.parse(content) as Fact);
}

function newest<Fact extends AccountFact>(facts: readonly Fact[]): Map<string, Fact> {
  const kept = new Map<string, Fact>();
  for (const fact of facts) {
    const id = 'overrideId' in fact ? fact.overrideId : fact.accountDiscountId;
    if ((kept.get(id)?.revision ?? -1) < fact.revision) kept.set(id, fact);
  }
  return kept;
}
