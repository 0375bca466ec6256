import {
  isTemplateName,
  messageLanguageOf,
  type MessageLanguage,
  type TemplateName,
  valuesOf,
} from '@tollkeeper/contracts';
import { keyIn, readTemplateKey, type TemplateKey, templateKeys } from './domain/template-names';
import {
  type CompiledTemplate,
  compileTemplate,
  renderTemplate,
  type RenderedMail,
  type TemplateValues,
} from './render-template';
import { readTemplateFile, type TemplateSource } from './template-source';

const sources = new Map<string, TemplateSource>(templateKeys.map((key) => [key, readTemplateFile(key)]));
const keyed = (key: TemplateKey): { name: TemplateName; language: MessageLanguage } => {
  const read = readTemplateKey(key);
  if (!read) throw new Error(`there is no template ${key}`);
  return read;
};

const compiled = new Map<string, CompiledTemplate>(
  templateKeys.map((key) => [key, compileTemplate(keyed(key).name, defaultSource(key), keyed(key).language)]),
);

export function defaultSource(key: TemplateKey): TemplateSource {
  const source = sources.get(key);
  if (!source) throw new Error(`template ${key} has no file`);
  return source;
}

/**
 * A tenant's own templates before the ones that ship: its own in the customer's language, its own, the one that ships
 * in the customer's language. One that no longer compiles fails its messages, no others.
 */
export class TemplateSet {
  private readonly sources: Map<string, TemplateSource>;
  private readonly own = new Map<string, CompiledTemplate>();

  constructor(overrides: { name: string; source: TemplateSource }[]) {
    this.sources = new Map(overrides.map(({ name, source }) => [name, source]));
  }

  /** `null` for a name that is none. */
  render(name: string, values: TemplateValues, language = 'en'): RenderedMail | null {
    if (!isTemplateName(name)) return null;
    const inLanguage = keyIn(name, messageLanguageOf(language));
    const template = this.ownTemplate(inLanguage) ?? this.ownTemplate(name) ?? compiled.get(inLanguage);
    return template ? renderTemplate(template, values) : null;
  }

  private ownTemplate(key: TemplateKey): CompiledTemplate | undefined {
    const source = this.sources.get(key);
    const { name, language } = keyed(key);
    if (source && !this.own.has(key)) this.own.set(key, compileTemplate(name, source, language));
    return this.own.get(key);
  }
}

const sampleOf = (value: string): string =>
  value.endsWith('Url') ? `https://my.operator.example/${value}` : `[${value}]`;

/** Tries a template with every value, and with the optional ones missing. */
export function tryTemplate(
  key: TemplateKey,
  source: TemplateSource,
  tenant: TemplateValues['tenant'],
  given: Record<string, string> = {},
): RenderedMail {
  const { name, language } = keyed(key);
  const template = compileTemplate(name, source, language);
  const sample = (values: { name: string }[]) =>
    Object.fromEntries(values.map(({ name: value }) => [value, sampleOf(value)]));
  const customerName = given['customerName'] ?? '[customerName]';
  const required = valuesOf(name).filter(({ optional }) => !optional);
  renderTemplate(template, { customerName, data: sample(required), tenant });
  return renderTemplate(template, {
    customerName,
    data: { ...sample(valuesOf(name)), ...given },
    tenant,
  });
}
