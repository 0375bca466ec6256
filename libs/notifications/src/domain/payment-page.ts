const longest = 300;
const linkParameter = 'payLink';

/** Why customers cannot be sent there; null when they can. */
export function addressFault(text: string): string | null {
  if (text.length > longest) return `must have at most ${longest} characters`;
  if (!URL.canParse(text)) return 'must be an address such as https://my.operator.example/pay';
  const url = new URL(text);
  if (url.protocol !== 'https:') return 'must begin with https:';
  if (url.username !== '' || url.password !== '') return 'must not hold a name or password';
  if (url.hash !== '') return 'must not hold a #: what stands behind it reaches no server';
  if (!/\.[a-z-][a-z0-9-]*$/i.test(url.hostname)) return 'must name a host of the internet';
  if (url.searchParams.has(linkParameter)) return `must not hold ${linkParameter}: mails set it`;
  return null;
}

export function withLink(address: string, token: string): string {
  const url = new URL(address);
  url.searchParams.set(linkParameter, token);
  return url.href;
}
