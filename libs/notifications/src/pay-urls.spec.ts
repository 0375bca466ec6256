import { mailedLinkOf } from '@tollkeeper/contracts';
import { openToken } from '@tollkeeper/platform';
import { payUrls } from './pay-urls';

const keys = ['a-key-that-seals-links'];
const url = 'https://my.operator.example/pay';
const page = { url, payLinks: true, linkDays: 30 };
const asked = {
  ...{ key: 'col_1/d1/reminder1', accountId: 'acc_1', template: 'reminder1', payFor: { caseId: 'col_1' } },
  requestedAt: '2026-02-16T09:00:00.000Z',
};
const tokenOf = (payUrl = '') => new URL(payUrl).searchParams.get('payLink') ?? '';

it('a link says what it pays, for whom and how long', () => {
  const { payUrl = '' } = payUrls('ten_1', page, keys, asked);
  expect(mailedLinkOf(openToken(keys, 'payLink', tokenOf(payUrl)) ?? [])).toEqual({
    ...{ tenantId: 'ten_1', accountId: 'acc_1', pays: { caseId: 'col_1' } },
    ...{ linkId: expect.stringMatching(/^pln_[0-9a-z]{16}$/), issuedAt: asked.requestedAt, days: 30 },
  });
});

it('a message that is composed again has the same link; another message and another tenant have their own', () => {
  const first = payUrls('ten_1', page, keys, asked);
  expect(payUrls('ten_1', page, keys, asked)).toEqual(first);
  expect(payUrls('ten_1', page, keys, { ...asked, key: 'col_1/d3/reminder2' })).not.toEqual(first);
  expect(payUrls('ten_2', page, keys, asked)).not.toEqual(first);
});

it.each([
  ['no page: no button', { ...page, url: null }, keys, asked, {}],
  ['links are off: the page alone', { ...page, payLinks: false }, keys, asked, { payUrl: url }],
  ['no key: the page alone', page, [], asked, { payUrl: url }],
  ['nothing to pay: no button', page, keys, { ...asked, payFor: undefined }, {}],
  ['a template without one: no button', page, keys, { ...asked, template: 'serviceRestored' }, {}],
  ['a card that expires: the page', page, keys, { ...asked, template: 'methodExpiring' }, { portalUrl: url }],
  ['a template that there is none of', page, keys, { ...asked, template: 'gone' }, {}],
])('%s', (_, set, sealing, message, expected) =>
  expect(payUrls('ten_1', set, sealing, message)).toEqual(expected),
);
