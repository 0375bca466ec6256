import {
  inGerman,
  isTemplateName,
  nameInKey,
  type TemplateKey,
  templateKeys,
  templateLanguageOf,
  type TemplateName,
  valuesOf,
} from './domain/template-names';
import {
  type CompiledTemplate,
  compileTemplate,
  renderTemplate,
  type RenderedMail,
  type TemplateValues,
} from './render-template';
import { readTemplateFile, type TemplateSource } from './template-source';

const sources = new Map<string, TemplateSource>(templateKeys.map((key) => [key, readTemplateFile(key)]));
const compiled = new Map<string, CompiledTemplate>(
  [...sources].map(([key, source]) => [key, compileTemplate(nameInKey(key) ?? 'welcome', source)]),
);

/** In a language that does not ship: the English one, to begin with. */
export function defaultSource(key: TemplateKey): TemplateSource {
  const source = sources.get(key) ?? sources.get(nameInKey(key) ?? '');
  if (!source) throw new Error(`template ${key} has no file`);
  return source;
}

/**
 * A tenant's own templates before the ones that ship: its own in the customer's language, its own, the one that ships
 * in the customer's language, English. One that no longer compiles fails its messages, no others.
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
    const known = templateLanguageOf(language);
    const translated = known && (`${name}.${known}` as const);
    const ownKey = translated && this.sources.has(translated) ? translated : name;
    const shipped = translated && inGerman.includes(name) ? translated : name;
    const own = this.ownTemplate(ownKey, name);
    const template = own ?? compiled.get(shipped);
    const isGerman = (own ? ownKey : shipped) !== name;
    return template ? renderTemplate(template, values, isGerman ? 'de' : 'en') : null;
  }

  private ownTemplate(key: string, name: TemplateName): CompiledTemplate | undefined {
    const source = this.sources.get(key);
    if (source && !this.own.has(key)) this.own.set(key, compileTemplate(name, source));
    return this.own.get(key);
  }
}

/** Tries a template with every value, and with the optional ones missing. */
export function tryTemplate(
  key: TemplateKey,
  source: TemplateSource,
  tenant: TemplateValues['tenant'],
  given: Record<string, string> = {},
): RenderedMail {
  const name = nameInKey(key) ?? 'welcome';
  const language = key === name ? 'en' : 'de';
  const template = compileTemplate(name, source);
  const sample = (values: { name: string }[]) =>
    Object.fromEntries(values.map((value) => [value.name, `[${value.name}]`]));
  const customerName = given['customerName'] ?? '[customerName]';
  const required = valuesOf(name).filter(({ optional }) => !optional);
  renderTemplate(template, { customerName, data: sample(required), tenant }, language);
  return renderTemplate(
    template,
    { customerName, data: { ...sample(valuesOf(name)), ...given }, tenant },
    language,
  );
}
