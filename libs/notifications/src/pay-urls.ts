import { isTemplateName, mailedLinkIdOf, mailedLinkParts, valuesOf } from '@tollkeeper/contracts';
import { derivedId, sealToken } from '@tollkeeper/platform';
import { withLink } from './domain/payment-page';
import type { MessageRow } from './message.schema';
import type { PaymentPage } from './payment-page.service';

type Asked = Pick<MessageRow, 'key' | 'accountId' | 'template' | 'payFor' | 'requestedAt'>;

/**
 * The addresses of a message's buttons. A token is sealed when the message is composed and kept nowhere: composed
 * again, it is the same.
 */
export function payUrls(
  tenantId: string,
  { url, payLinks, linkDays }: PaymentPage,
  keys: readonly string[],
  { key, accountId, template, payFor: pays, requestedAt: issuedAt }: Asked,
): Record<string, string> {
  if (url === null || !isTemplateName(template)) return {};
  const names = valuesOf(template).map(({ name }) => name);
  if (names.includes('portalUrl')) return { portalUrl: url };
  if (!names.includes('payUrl') || !pays) return {};
  const linkId = derivedId('pln', mailedLinkIdOf(tenantId, key));
  const parts = mailedLinkParts({ tenantId, linkId, accountId, pays, issuedAt, days: linkDays });
  const token = payLinks ? sealToken(keys, 'payLink', parts) : null;
  return { payUrl: token === null ? url : withLink(url, token) };
}
