import type { Instant } from '@tollkeeper/calendar';

export interface FinalBillActivities {
  /**
   * Whether the cycle's run that bills an account's last day has finalised it. Accounts without a cycle have no bill
   * to wait for. `lookAgainAt` null: it is billed.
   */
  finalBillOf(input: {
    tenantId: string;
    accountId: string;
    endedAt: Instant;
    at: Instant;
  }): Promise<{ lookAgainAt: Instant | null }>;
}
