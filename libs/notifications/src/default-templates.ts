import { isTemplateName, type TemplateName, templateNames, valuesOf } from './domain/template-names';
import {
  type CompiledTemplate,
  compileTemplate,
  renderTemplate,
  type RenderedMail,
  type TemplateValues,
} from './render-template';
import { readTemplateFile, type TemplateSource } from './template-source';

const sources = new Map(templateNames.map((name) => [name, readTemplateFile(name)]));
const compiled = new Map(templateNames.map((name) => [name, compileTemplate(name, defaultSource(name))]));

export function defaultSource(name: TemplateName): TemplateSource {
  const source = sources.get(name);
  if (!source) throw new Error(`template ${name} has no file`);
  return source;
}

/** A tenant's own templates before the ones that ship. One that no longer compiles fails its messages, no others. */
export class TemplateSet {
  private readonly sources: Map<string, TemplateSource>;
  private readonly own = new Map<TemplateName, CompiledTemplate>();

  constructor(overrides: { name: string; source: TemplateSource }[]) {
    this.sources = new Map(overrides.map(({ name, source }) => [name, source]));
  }

  /** `null` for a name that is none. */
  render(name: string, values: TemplateValues): RenderedMail | null {
    if (!isTemplateName(name)) return null;
    const template = this.ownTemplate(name) ?? compiled.get(name);
    return template ? renderTemplate(template, values) : null;
  }

  private ownTemplate(name: TemplateName): CompiledTemplate | undefined {
    const source = this.sources.get(name);
    if (source && !this.own.has(name)) this.own.set(name, compileTemplate(name, source));
    return this.own.get(name);
  }
}

/** Tries a template with every value, and with the optional ones missing. */
export function tryTemplate(
  name: TemplateName,
  source: TemplateSource,
  tenant: TemplateValues['tenant'],
  given: Record<string, string> = {},
): RenderedMail {
  const template = compileTemplate(name, source);
  const sample = (values: { name: string }[]) =>
    Object.fromEntries(values.map((value) => [value.name, `[${value.name}]`]));
  const customerName = given['customerName'] ?? '[customerName]';
  const required = valuesOf(name).filter(({ optional }) => !optional);
  renderTemplate(template, { customerName, data: sample(required), tenant });
  return renderTemplate(template, { customerName, data: { ...sample(valuesOf(name)), ...given }, tenant });
}
