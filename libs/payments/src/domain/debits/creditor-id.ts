/** EPC262-08: check digits as of an IBAN (ISO 7064, mod 97-10) over the national part; the business code does not count. */
export function isCreditorId(id: string): boolean {
  const [, country = '', digits = '', national = ''] =
    /^([A-Z]{2})(\d{2})[A-Z0-9]{3}([A-Z0-9]{1,28})$/.exec(id) ?? [];
  if (national === '') return false;
  const inFigures = [...`${national}${country}${digits}`].map((sign) => parseInt(sign, 36)).join('');
  return BigInt(inFigures) % 97n === 1n;
}
