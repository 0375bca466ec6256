import { Injectable } from '@nestjs/common';
import { fingerprintsOf, sameCards } from '../domain/retries/same-card';
import { PaymentMethodRepository } from './payment-method.repository';

/** Keeps on each method which others of its account count as the same card. */
@Injectable()
export class SameCards {
  constructor(private readonly methods: PaymentMethodRepository) {}

  /** In the caller's transaction; removed methods count too, for their refusals do. */
  async relate(tenantId: string, accountId: string): Promise<void> {
    const all = await this.methods.everyOf(tenantId, accountId);
    const related = sameCards(all);
    const changed = all.flatMap(({ _id: methodId, ...before }) => {
      const counted = related.get(methodId);
      const isNews =
        counted && fingerprintsOf(before).join() !== fingerprintsOf({ ...before, ...counted }).join();
      return isNews ? [{ methodId, counted }] : [];
    });
    await this.methods.setCounted(tenantId, changed);
  }
}
