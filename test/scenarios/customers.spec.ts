import { Operator, type Subscriber } from './operator';

interface Listed<Row> {
  data: Row[];
}

/** Nothing here waits for time. */
describe('a customer and what is noted', () => {
  let operator: Operator;
  let ada: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    ada = await operator.subscriber('pay-as-you-go');
  });

  it('an account that names no customer has one of its own; one customer may have several accounts', async () => {
    const { customerId } = await operator.api.get<{ customerId: string }>(
      `/v1/customers/accounts/${ada.accountId}`,
    );
    expect(await operator.api.get(`/v1/customers/customers/${customerId}`)).toMatchObject({
      kind: 'person',
      name: 'Subscriber 1',
    });
    const firm = await operator.api.post<{ customerId: string }>('/v1/customers/customers', {
      kind: 'organisation',
      name: 'Harbour Logistics',
      registrationNumber: 'NY-123456',
      contacts: [{ name: 'Ida Berg', role: 'billing', email: 'billing@harbour.example' }],
    });
    const account = (externalId: string) => ({
      externalId,
      customerId: firm.customerId,
      customerName: 'Harbour Logistics',
      email: 'billing@harbour.example',
      language: 'en',
      address: { lines: ['1 Pier'], city: 'Albany', region: 'NY', postalCode: '12207', country: 'US' },
      termsDays: 14,
    });
    await operator.api.post('/v1/customers/import', { accounts: [account('north'), account('south')] });
    const { data } = await operator.api.get<Listed<{ externalId: string }>>(
      `/v1/customers/accounts?customerId=${firm.customerId}`,
    );
    expect(data.map(({ externalId }) => externalId)).toEqual(['north', 'south']);
    const unknown = operator.api.post('/v1/customers/import', {
      accounts: [{ ...account('west'), customerId: 'cus_nobody' }],
    });
    await expect(unknown).rejects.toMatchObject({ status: 422 });
  });

  it('notes: pinned ones first, then newest first, and each is on the timeline', async () => {
    const path = `/v1/customers/accounts/${ada.accountId}/notes`;
    const first = await operator.api.post<{ id: string }>(path, { text: 'speaks only in the evening' });
    await operator.api.post(path, { text: 'asked for a new SIM' });
    await operator.api.post(path, { text: 'has its SIM' });
    await operator.api.post(`${path}/${first.id}/pin`, { pinned: true });
    const { data } = await operator.api.get<Listed<{ text: string }>>(path);
    expect(data.map(({ text }) => text)).toEqual([
      'speaks only in the evening',
      'has its SIM',
      'asked for a new SIM',
    ]);
    const next = await operator.api.get<Listed<{ text: string }>>(
      `${path}?limit=1&startingAfter=${first.id}`,
    );
    expect(next.data.map(({ text }) => text)).toEqual(['has its SIM']);
    const timeline = await operator.api.get<Listed<{ what: string }>>(
      `/v1/customers/accounts/${ada.accountId}/timeline`,
    );
    expect(timeline.data.filter(({ what }) => what === 'noteAdded')).toHaveLength(3);
  });
});
