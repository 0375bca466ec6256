import { addressFault, withLink } from './payment-page';

it.each([
  ['https://my.operator.example/pay', null],
  ['https://my.operator.example/pay?lang=de', null],
  ['http://my.operator.example/pay', 'https'],
  ['javascript:alert(1)', 'https'],
  ['https://ann:secret@my.operator.example/', 'name or password'],
  ['https://my.operator.example/#/pay', '#'],
  ['https://localhost/pay', 'host'],
  ['https://10.0.0.1/pay', 'host'],
  ['https://[::1]/pay', 'host'],
  ['https://my.operator.example/pay?payLink=1', 'payLink'],
  ['pay at my.operator.example', 'address'],
  [`https://my.operator.example/${'a'.repeat(300)}`, '300'],
])('%s: %s', (url, fault) => {
  if (fault === null) expect(addressFault(url)).toBeNull();
  else expect(addressFault(url)).toContain(fault);
});

it.each([
  ['https://my.operator.example/pay', 'https://my.operator.example/pay?payLink=abc.d-e_f'],
  ['https://my.operator.example/pay?lang=de', 'https://my.operator.example/pay?lang=de&payLink=abc.d-e_f'],
])('%s with a link: %s', (url, expected) => expect(withLink(url, 'abc.d-e_f')).toBe(expected));
