import type { DunningPolicy } from '@tollkeeper/contracts';

export const defaultPolicyId = 'default';

/** What a tenant starts from: two weeks of contact before service is touched more than outgoing calls. */
export const defaultDunningPolicy: DunningPolicy = {
  policyId: defaultPolicyId,
  version: 1,
  minimumMinor: 100,
  stepHour: 9,
  levels: [
    {
      levelId: 'd1',
      daysOverdue: 1,
      actions: [{ kind: 'retryPayment' }, { kind: 'sendMessage', template: 'reminder1' }],
    },
    { levelId: 'd3', daysOverdue: 3, actions: [{ kind: 'retryPayment' }] },
    {
      levelId: 'd5',
      daysOverdue: 5,
      actions: [{ kind: 'retryPayment' }, { kind: 'sendMessage', template: 'reminder2' }],
    },
    { levelId: 'd7', daysOverdue: 7, actions: [{ kind: 'sendMessage', template: 'finalNotice' }] },
    {
      levelId: 'd10',
      daysOverdue: 10,
      actions: [
        { kind: 'restrict', state: 'barOutgoing' },
        { kind: 'sendMessage', template: 'serviceBarred' },
      ],
    },
    {
      levelId: 'd15',
      daysOverdue: 15,
      actions: [
        { kind: 'restrict', state: 'suspended' },
        { kind: 'sendMessage', template: 'serviceSuspended' },
      ],
    },
    { levelId: 'd45', daysOverdue: 45, actions: [{ kind: 'handOver' }] },
  ],
};
