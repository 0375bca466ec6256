import { describe, expect, it } from '@jest/globals';
import { defaultSource, TemplateSet, tryTemplate } from './default-templates';
import { inGerman, templateNames, valuesOf } from './domain/template-names';

const tenant = {
  name: 'Blue & Sky',
  legalName: 'Blue Sky Ltd',
  address: '1 Hill Road, Springfield',
  supportEmail: 'help@example.com',
  supportPhone: '+1 555 0100',
};
const bill = {
  invoiceNumber: 'B-1',
  periodFrom: '2026-01-01',
  periodTo: '2026-02-01',
  totalDue: 'USD 12.99',
  dueOn: '2026-02-15',
};
const values = { customerName: 'Ann', data: bill, tenant };
const set = new TemplateSet([]);

describe('the templates that ship', () => {
  it.each(templateNames)('%s renders with all and with only the required values', (name) => {
    const required = valuesOf(name).filter(({ optional }) => !optional);
    const data = Object.fromEntries(required.map((value) => [value.name, 'x']));
    expect(set.render(name, { ...values, data })?.text).toContain('Hello Ann');
    expect(tryTemplate(name, defaultSource(name), tenant).html).toContain('Blue &amp; Sky');
  });

  it('say what the bill is', () => {
    const mail = set.render('invoice', values);
    expect(mail?.subject).toBe('Your bill B-1: USD 12.99');
    expect(mail?.text).toContain('please pay by 2026-02-15');
    expect(set.render('invoice', { ...values, data: { ...bill, autoPayOn: '2026-02-10' } })?.text).toContain(
      'charge your card on 2026-02-10',
    );
    expect(mail?.html).not.toMatch(/https?:/);
  });
});

describe('in the language of the customer', () => {
  const debt = { amountDue: '150,00 €', dueOn: '2026-02-15', invoiceNumbers: 'B-1' };
  const german = { ...values, data: debt };

  it.each(inGerman)('%s ships in German, and renders with all and with only the required values', (name) => {
    const required = valuesOf(name).filter(({ optional }) => !optional);
    const data = Object.fromEntries(required.map((value) => [value.name, 'x']));
    const mail = set.render(name, { ...values, data }, 'de-AT');
    expect(mail?.text).toContain('Guten Tag Ann');
    expect(mail?.html).toContain('<html lang="de">');
    expect(mail?.html).toContain('Fragen?');
    expect(tryTemplate(`${name}.de`, defaultSource(`${name}.de`), tenant).html).toContain('Blue &amp; Sky');
  });

  it('says amount and day as the language writes them', () => {
    const mail = set.render('finalNotice', german, 'de');
    expect(mail?.subject).toBe('Letzte Mahnung: 150,00 €, bevor wir Ihren Anschluss einschränken');
    expect(mail?.text).toContain('Fällig seit  15.02.2026');
    expect(set.render('finalNotice', german, 'fr')?.text).toContain('Hello Ann');
    expect(set.render('welcome', { ...values, data: {} }, 'de')?.html).toContain('<html lang="en">');
  });

  it('a tenant’s own wording stands before those that ship, in the language of the customer if it has one', () => {
    const wording = (subject: string) => ({ ...defaultSource('reminder1'), subject });
    const own = [{ name: 'reminder1', source: wording('Own') }];
    expect(new TemplateSet(own).render('reminder1', german, 'de')?.subject).toBe('Own');
    const both = [...own, { name: 'reminder1.de', source: wording('Eigene') }];
    expect(new TemplateSet(both).render('reminder1', german, 'de')?.subject).toBe('Eigene');
    expect(new TemplateSet(both).render('reminder1', german, 'en')?.subject).toBe('Own');
  });
});

describe('what comes from outside', () => {
  it('is text in HTML, and one line in a subject', () => {
    const data = {
      ...bill,
      invoiceNumber: 'B-1\r\nBcc: x@example.com',
      totalDue: '<script>alert(1)</script>',
    };
    const mail = set.render('invoice', { ...values, customerName: '<img src=x>{{ tenant.name }}', data });
    expect(mail?.subject).toBe('Your bill B-1 Bcc: x@example.com: <script>alert(1)</script>');
    expect(mail?.html).not.toMatch(/<script|<img/);
    expect(mail?.html).toContain('&lt;img src=x&gt;{{ tenant.name }}');
  });

  it('is a link only when it is one', () => {
    const failed = (actionUrl: string) =>
      set.render('paymentFailed', { ...values, data: { amount: 'USD 1.00', actionUrl } })?.html;
    expect(failed('https://pay.example.com/1?a=1')).toContain('href="https://pay.example.com/1?a=1"');
    expect(failed('javascript:alert(1)')).toContain('href=""');
  });

  it.each([
    ['is missing', {}],
    ['is empty', { ...bill, totalDue: '' }],
  ])('fails this message alone when it %s', (_, data) => {
    expect(() => set.render('invoice', { ...values, data })).toThrow(/subject: undefined variable/);
  });

  it('may name a template that there is none of', () => {
    expect(set.render('constructor', values)).toBeNull();
  });
});

describe('a template of a tenant', () => {
  const source = defaultSource('invoice');

  it.each([
    ['an open tag', { html: 'one\n{% if dueOn %}' }, /html: .*line:2/],
    ['an unknown value', { text: '{{ iban }}' }, /text: iban is not a value/],
    ['an unknown filter', { text: '{{ dueOn | shout }}' }, /text: .*shout/],
    ['values that are not escaped', { html: '{{ customerName | raw }}' }, /html: .*raw/],
    ['the prototype', { text: '{{ tenant.constructor.name }}' }, /text: .*undefined variable/],
    ['a file', { text: "{% render '../../package.json' %}" }, /text: /],
    ['an endless loop', { text: '{% for i in (1..999999999) %}x{% endfor %}' }, /text: .*limit/],
    ['an optional value without asking', { text: '{{ autoPayOn }}' }, /text: .*autoPayOn/],
    ['an empty subject', { subject: ' ' }, /subject: is empty/],
  ])('is refused with %s', (_, change, fault) => {
    expect(() => tryTemplate('invoice', { ...source, ...change }, tenant)).toThrow(fault);
  });

  it('stands before the one that ships', () => {
    const own = new TemplateSet([
      { name: 'invoice', source: { ...source, subject: 'Bill {{ invoiceNumber }}' } },
    ]);
    expect(own.render('invoice', values)?.subject).toBe('Bill B-1');
  });
});
