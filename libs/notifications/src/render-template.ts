import { messageLanguages, type MessageLanguage, type TemplateName, valuesOf } from '@tollkeeper/contracts';
import type { Money } from '@tollkeeper/money';
import { Liquid, type Template } from 'liquidjs';
import { subjectLine } from './domain/mail-address';
import { givenValues } from './domain/template-names';
import { amountText, dayText, methodText, monthText } from './domain/wording';
import { readTemplateFile, type TemplatePart, templateParts, type TemplateSource } from './template-source';

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

export interface TemplateValues {
  customerName: string;
  /** What the sender of the message knows; an empty text counts as missing. */
  data: Record<string, string>;
  amounts?: Record<string, Money>;
  worded?: Record<string, Record<MessageLanguage, string>>;
  tenant: { name: string; legalName: string; address: string; supportEmail: string; supportPhone: string };
}

/** A template or a value is wrong: this message fails, others do not. The message names part and line. */
export class TemplateFault extends Error {
  constructor(
    readonly part: TemplatePart,
    message: string,
  ) {
    super(`${part}: ${message}`);
  }
}

const limits = { parseLimit: 100_000, renderLimit: 1_000, memoryLimit: 2_000_000 };

/** No files to include, no prototypes to climb, nothing undefined: only the values that it is given. */
const strict = {
  templates: {},
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  lenientIf: true,
  ...limits,
};

/** A value becomes a link only where it is one; `javascript:` and the like become nothing. */
const link = (value: unknown): string =>
  typeof value === 'string' && /^https?:\/\/\S+$/.test(value) ? value : '';

function engineFor(part: TemplatePart, language: MessageLanguage): Liquid {
  const engine = new Liquid({ ...strict, ...(part === 'html' ? { outputEscape: 'escape' as const } : {}) });
  engine.registerFilter('link', link);
  engine.registerFilter('day', (value: unknown) => dayText(value, language));
  engine.registerFilter('month', (value: unknown) => monthText(value, language));
  // Of wordings from before there was `day`.
  engine.registerFilter('germanDate', (value: unknown) => dayText(value, 'de'));
  return engine;
}

/** Values are always escaped in HTML: a template of a tenant cannot say otherwise. */
function withoutRaw(engine: Liquid): Liquid {
  Reflect.deleteProperty(engine.filters, 'raw');
  return engine;
}

const enginesIn = (language: MessageLanguage) =>
  Object.fromEntries(templateParts.map((part) => [part, withoutRaw(engineFor(part, language))])) as Record<
    TemplatePart,
    Liquid
  >;

const engines = Object.fromEntries(
  messageLanguages.map((language) => [language, enginesIn(language)]),
) as Record<MessageLanguage, Record<TemplatePart, Liquid>>;
const frame = readTemplateFile('frame');
const frameEngine = { text: engineFor('text', 'en'), html: engineFor('html', 'en') };
const frameOf = { text: frameEngine.text.parse(frame.text), html: frameEngine.html.parse(frame.html) };

const frameWords = {
  en: { lang: 'en', questions: 'Questions?', alternatively: 'or' },
  de: { lang: 'de', questions: 'Fragen?', alternatively: 'oder' },
};

export interface CompiledTemplate {
  language: MessageLanguage;
  parts: Record<TemplatePart, Template[]>;
}

export function compileTemplate(
  name: TemplateName,
  source: TemplateSource,
  language: MessageLanguage = 'en',
): CompiledTemplate {
  const engine = engines[language];
  const parts = Object.fromEntries(
    templateParts.map((part) => [part, faultsOf(part, () => engine[part].parse(source[part]))]),
  ) as Record<TemplatePart, Template[]>;
  const known = new Set<string>([...givenValues, ...valuesOf(name).map((value) => value.name)]);
  for (const part of templateParts) {
    const unknown = variablesOf(part, source).find((variable) => !known.has(variable));
    if (unknown)
      throw new TemplateFault(
        part,
        `${unknown} is not a value of the template ${name}; it has ${[...known].join(', ')}`,
      );
  }
  return { language, parts };
}

export const variablesOf = (part: TemplatePart, source: TemplateSource): string[] =>
  faultsOf(part, () => engines.en[part].globalVariablesSync(source[part]));

export function renderTemplate({ language, parts }: CompiledTemplate, values: TemplateValues): RenderedMail {
  const { tenant } = values;
  const scope = scopeOf(values, language);
  const render = (part: TemplatePart): string =>
    faultsOf(part, () => String(engines[language][part].renderSync(parts[part], scope)));
  const subject = subjectLine(render('subject'));
  if (subject === '') throw new TemplateFault('subject', 'is empty');
  const around = { ...frameWords[language], subject, tenant };
  const framed = (part: 'text' | 'html', content: string): string =>
    String(frameEngine[part].renderSync(frameOf[part], { ...around, content }));
  return { subject, text: framed('text', airedOut(render('text'))), html: framed('html', render('html')) };
}

/** An empty text counts as missing. */
function scopeOf(
  { customerName, data, amounts = {}, worded = {}, tenant }: TemplateValues,
  language: MessageLanguage,
) {
  const texts = [
    ...Object.entries(data),
    ...Object.entries(worded).map(([name, words]) => [name, words[language]] as const),
    ...Object.entries(amounts).map(([name, amount]) => [name, amountText(amount, language)] as const),
  ].map(([name, text]) => [name, name === 'paymentMethod' ? methodText(text, language) : text] as const);
  return { customerName, ...Object.fromEntries(texts.filter(([, text]) => text !== '')), tenant };
}

/** Parts that are left out leave no holes behind. */
const airedOut = (text: string): string =>
  text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

function faultsOf<T>(part: TemplatePart, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new TemplateFault(part, error instanceof Error ? error.message : String(error));
  }
}
