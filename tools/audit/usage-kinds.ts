import type { RevenueCategory, UsageType } from '@tollkeeper/contracts';

/** What a bill calls usage, and as which revenue it is booked: the auditor's own table. */
export const usageKinds: Readonly<Record<UsageType, { name: string; revenueCategory: RevenueCategory }>> = {
  voice: { name: 'Calls', revenueCategory: 'voice' },
  video: { name: 'Video calls', revenueCategory: 'voice' },
  sms: { name: 'Text messages', revenueCategory: 'sms' },
  mms: { name: 'Picture messages', revenueCategory: 'sms' },
  data: { name: 'Data', revenueCategory: 'data' },
  event: { name: 'Services', revenueCategory: 'service' },
};
