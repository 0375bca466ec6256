import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  BusinessClock,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { readTaxTable, taxRuleFields, type TaxRule } from '@tollkeeper/tax';
import { findingsOf, ruleOfPercent } from '../domain/tax-rows';
import type { WantedTaxRate } from './tax-rate-requests';
import { TaxRateRepository } from './tax-rate.repository';

/** The operator's tax table: rows are added or replaced, and never leave it in a state that two rates hold for a day. */
@Injectable()
export class TaxTableService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly rates: TaxRateRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async put(principal: Principal, wanted: WantedTaxRate[], reason: string): Promise<number> {
    const rules = wanted.map(ruleOf);
    refuseFindings(wanted.flatMap(rateFaults));
    refuseFindings(wanted.flatMap((_, row) => faultsOf(rules[row], row)));
    const findings = findingsOf(rules, await this.rates.all(principal.tenantId));
    refuseFindings(
      findings.map(({ row, field, reason: fault }) => ({ field: `rates.${row}.${field}`, reason: fault })),
    );
    await this.store(principal, 'putTaxRates', rules, reason);
    return rules.length;
  }

  async import(principal: Principal, text: string, reason: string): Promise<number> {
    const { rules, errors } = readTaxTable(text, await this.rates.all(principal.tenantId));
    refuseFindings(
      errors.map(({ line, column, reason: fault }) => ({
        field: column === null ? `line ${line}` : `line ${line}, ${column}`,
        reason: fault,
      })),
      'Nothing was stored. Mend these lines and send the file again.',
    );
    await this.store(principal, 'importTaxTable', rules, reason);
    return rules.length;
  }

  private async store(principal: Principal, what: string, rules: TaxRule[], reason: string): Promise<void> {
    const at = await this.clock.now(principal.tenantId);
    await this.db.transaction(async () => {
      await this.rates.put(principal.tenantId, rules);
      await this.audit.record(principal, { at, what, entity: 'taxRates', after: rules, reason });
    });
  }
}

const ruleOf = (wanted: WantedTaxRate): TaxRule => {
  const { percent, amount, segment, roundTogether, roundStep, sumRounding, ...row } = wanted;
  return {
    ...ruleOfPercent(row, percent ?? '0'),
    ...row,
    ...(amount ? { amount } : {}),
    ...(segment ? { segment } : {}),
    ...(roundTogether ? { roundTogether } : {}),
    ...(roundStep ? { roundStep } : {}),
    ...(sumRounding ? { sumRounding } : {}),
  };
};

const rateFaults = ({ percent, amount }: WantedTaxRate, row: number) =>
  (percent === undefined) === (amount === undefined)
    ? [{ field: `rates.${row}.percent`, reason: 'give either percent or amount' }]
    : [];

function faultsOf(rule: TaxRule | undefined, row: number): { field: string; reason: string }[] {
  const parsed = taxRuleFields.safeParse(rule);
  return (parsed.error?.issues ?? []).map(({ path, message }) => ({
    field: ['rates', row, ...path.map(String)].join('.'),
    reason: message,
  }));
}
