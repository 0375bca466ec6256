import { describe, expect, it } from '@jest/globals';
import { defaultSource, TemplateSet, tryTemplate } from './default-templates';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageLanguages, templateNames, valuesOf } from '@tollkeeper/contracts';
import { keyIn, templateKeys } from './domain/template-names';
import { variablesOf } from './render-template';
import { templateParts } from './template-source';

const tenant = {
  name: 'Blue & Sky',
  legalName: 'Blue Sky Ltd',
  address: '1 Hill Road, Springfield',
  supportEmail: 'help@example.com',
  supportPhone: '+1 555 0100',
};
const bill = {
  ...{ invoiceNumber: 'B-1', periodFrom: '2026-01-01', periodTo: '2026-02-01', dueOn: '2026-02-15' },
  totalDue: '$12.99',
};
const values = { customerName: 'Ann', data: bill, tenant };
const set = new TemplateSet([]);
const sampled = (of: { name: string }[]) => Object.fromEntries(of.map(({ name }) => [name, `<${name}>`]));
const inTemplate = (key: (typeof templateKeys)[number]): string[] => {
  const source = defaultSource(key);
  return [...new Set(templateParts.flatMap((part) => variablesOf(part, source)))].sort();
};

describe('the templates that ship', () => {
  it.each(messageLanguages)('every one in the language %s, and no others', (language) => {
    const folder = join(__dirname, 'templates', ...(language === 'en' ? [] : [language]));
    const files = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isFile());
    const names = files.map(({ name }) => name.replace('.liquid', '')).filter((name) => name !== 'frame');
    expect(names.sort()).toEqual([...templateNames].sort());
  });

  it.each(templateKeys)('%s renders with all and with only the required values', (key) => {
    const [name = ''] = key.split('.');
    const language = key === name ? 'en' : 'de';
    const known = valuesOf(name as (typeof templateNames)[number]);
    const required = known.filter(({ optional }) => !optional);
    const mails = [known, required].map((given) =>
      set.render(name, { ...values, data: sampled(given) }, language),
    );
    for (const mail of mails) {
      expect(mail?.text).toContain(language === 'en' ? 'Hello Ann' : 'Guten Tag Ann');
      expect(mail?.html).toContain(`<html lang="${language}">`);
      expect(mail?.html).toMatch(language === 'en' ? /Questions\?.* or \+1/ : /Fragen\?.* oder \+1/);
      // A word of the template language for a value: such things print as `true` and `false`.
      expect(`${mail?.text} ${mail?.html}`).not.toMatch(/\b(true|false|undefined|null)\b/);
      expect(mail?.text).not.toMatch(/\n{3}|[ \t]\n(?!Blue)/);
    }
    expect(tryTemplate(key, defaultSource(key), tenant).html).toContain('Blue &amp; Sky');
  });

  it.each(templateNames)('%s says the same in every language, and only what it is given', (name) => {
    const known = ['customerName', 'tenant', ...valuesOf(name).map((value) => value.name)];
    for (const language of messageLanguages) {
      expect(inTemplate(keyIn(name, language))).toEqual(inTemplate(name));
      expect(known).toEqual(expect.arrayContaining(inTemplate(keyIn(name, language))));
    }
  });

  it('say what the bill is', () => {
    const mail = set.render('invoice', values);
    expect(mail?.subject).toBe('Your bill B-1: $12.99');
    expect(mail?.text).toContain('please pay by 15 February 2026');
    expect(set.render('invoice', { ...values, data: { ...bill, autoPayOn: '2026-02-10' } })?.text).toContain(
      'We will collect it on 10 February 2026',
    );
    const nothingDue = set.render('invoice', { ...values, data: { ...bill, dueOn: '', nothingDue: 'yes' } });
    expect(nothingDue?.text).toContain('There is nothing to pay.');
    expect(mail?.html).not.toMatch(/https?:/);
  });
});

describe('in the language of the customer', () => {
  const debt = { dueOn: '2026-02-15', invoiceNumbers: 'B-1' };
  const amounts = { amountDue: { minor: 150_000, currency: 'EUR' } };
  const words = { en: 'You may turn to the courts.', de: 'Sie können die Gerichte anrufen.' };
  const german = { ...values, data: debt, amounts, worded: { legalNotice: words } };

  it('says amount, day and words as the language writes them', () => {
    const mail = set.render('finalNotice', german, 'de-AT');
    expect(mail?.subject).toBe('Letzte Mahnung: 1.500,00 €, bevor wir Ihren Anschluss einschränken');
    expect(mail?.text).toContain('Fällig seit     15.02.2026');
    expect(mail?.text).toContain('Sie können die Gerichte anrufen.');
    const french = set.render('finalNotice', german, 'fr');
    expect(french?.subject).toBe('Final notice: €1,500.00 before we restrict your service');
    expect(french?.text).toContain('You may turn to the courts.');
  });

  it.each([
    ['visa ending in 4242', 'Visa ending in 4242', 'Visa mit Endziffern 4242'],
    ['bank', 'bank transfer', 'Überweisung'],
    ['agent', 'payment at a shop', 'Zahlung im Geschäft'],
    ['sofort', 'sofort', 'sofort'],
  ])('paid with %s reads "%s", "%s"', (paymentMethod, en, de) => {
    const received = { ...values, data: { amount: '1', paymentMethod } };
    expect(set.render('paymentReceived', received)?.text).toContain(`Paid with  ${en}\n`);
    expect(set.render('paymentReceived', received, 'de')?.text).toContain(`Bezahlt mit  ${de}\n`);
  });

  it('a month is named', () => {
    const data = { paymentMethod: 'visa ending in 4242', expiry: '2026-03' };
    expect(set.render('methodExpiring', { ...values, data })?.text).toContain('end of March 2026');
    expect(set.render('methodExpiring', { ...values, data }, 'de')?.text).toContain('Ende März 2026');
  });

  it('a tenant’s own wording stands before those that ship, in the language of the customer if it has one', () => {
    const wording = (subject: string) => ({ ...defaultSource('reminder1'), subject });
    const own = [{ name: 'reminder1', source: wording('Own: {{ amountDue }}') }];
    expect(new TemplateSet(own).render('reminder1', german, 'de')?.subject).toBe('Own: €1,500.00');
    const both = [...own, { name: 'reminder1.de', source: wording('Eigene: {{ dueOn | germanDate }}') }];
    expect(new TemplateSet(both).render('reminder1', german, 'de')?.subject).toBe('Eigene: 15.02.2026');
    expect(new TemplateSet(both).render('reminder1', german, 'en')?.subject).toBe('Own: €1,500.00');
  });
});

describe('what a payer may do', () => {
  const actionUrl = 'https://bank.example/confirm/1';
  const payUrl = 'https://my.example/pay?payLink=x';
  const failed = (data: object, language = 'en') =>
    set.render('paymentFailed', { ...values, data: { amount: '$1.00', ...data } }, language);

  it('a payment that has to be confirmed says so, and leads there', () => {
    const mail = failed({ actionUrl });
    expect(mail?.subject).toBe('Please confirm your payment of $1.00');
    expect(mail?.text).toContain(`Please confirm the payment here: ${actionUrl}`);
    expect(mail?.html).toContain(`href="${actionUrl}"`);
    expect(failed({ actionUrl }, 'de')?.subject).toBe('Bitte bestätigen Sie Ihre Zahlung über $1.00');
  });

  it('a link to pay stands beside it; without one there is none', () => {
    expect(failed({ payUrl })?.html).toContain(`href="${payUrl}"`);
    expect(failed({ payUrl })?.text).toContain(`Pay now: ${payUrl}`);
    expect(failed({ payUrl, actionUrl })?.text).toContain(`Pay in another way: ${payUrl}`);
    expect(failed({})?.html).not.toContain('class="button"');
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
