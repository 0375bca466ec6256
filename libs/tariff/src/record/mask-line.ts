const rawLength = 200;

/** What an error list may show: long digit runs (numbers, identities) keep three digits in front and two behind. */
export const maskLine = (line: string): string =>
  line.slice(0, rawLength).replace(/\d{7,}/g, (digits) => `${digits.slice(0, 3)}***${digits.slice(-2)}`);
