import { Liquid, type Template } from 'liquidjs';
import { subjectLine } from './domain/mail-address';
import { givenValues, type TemplateName, valuesOf } from './domain/template-names';
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

/** German dates are written day first; what is no date stays as it is. */
const germanDate = (value: unknown): string => String(value).replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3.$2.$1');

function engineFor(part: TemplatePart): Liquid {
  const engine = new Liquid({ ...strict, ...(part === 'html' ? { outputEscape: 'escape' as const } : {}) });
  engine.registerFilter('link', link);
  engine.registerFilter('germanDate', germanDate);
  return engine;
}

/** Values are always escaped in HTML: a template of a tenant cannot say otherwise. */
function withoutRaw(engine: Liquid): Liquid {
  Reflect.deleteProperty(engine.filters, 'raw');
  return engine;
}

const engines = Object.fromEntries(
  templateParts.map((part) => [part, withoutRaw(engineFor(part))]),
) as Record<TemplatePart, Liquid>;
const frame = readTemplateFile('frame');
const frameEngine = { text: engineFor('text'), html: engineFor('html') };
const frameOf = { text: frameEngine.text.parse(frame.text), html: frameEngine.html.parse(frame.html) };

const frameWords = {
  en: { lang: 'en', questions: 'Questions?', or: 'or' },
  de: { lang: 'de', questions: 'Fragen?', or: 'oder' },
};

export type CompiledTemplate = Record<TemplatePart, Template[]>;

export function compileTemplate(name: TemplateName, source: TemplateSource): CompiledTemplate {
  const compiled = Object.fromEntries(
    templateParts.map((part) => [part, faultsOf(part, () => engines[part].parse(source[part]))]),
  );
  const known = new Set<string>([...givenValues, ...valuesOf(name).map((value) => value.name)]);
  for (const part of templateParts) {
    const unknown = faultsOf(part, () => engines[part].globalVariablesSync(source[part])).find(
      (variable) => !known.has(variable),
    );
    if (unknown)
      throw new TemplateFault(
        part,
        `${unknown} is not a value of the template ${name}; it has ${[...known].join(', ')}`,
      );
  }
  return compiled as CompiledTemplate;
}

export function renderTemplate(
  template: CompiledTemplate,
  { customerName, data, tenant }: TemplateValues,
  language: keyof typeof frameWords = 'en',
): RenderedMail {
  const present = Object.entries(data).filter(([, value]) => value !== '');
  const scope = { customerName, ...Object.fromEntries(present), tenant };
  const render = (part: TemplatePart): string =>
    faultsOf(part, () => String(engines[part].renderSync(template[part], scope)));
  const subject = subjectLine(render('subject'));
  if (subject === '') throw new TemplateFault('subject', 'is empty');
  const around = { ...frameWords[language], subject, tenant };
  const framed = (part: 'text' | 'html'): string =>
    String(frameEngine[part].renderSync(frameOf[part], { ...around, content: render(part) }));
  return { subject, text: framed('text'), html: framed('html') };
}

function faultsOf<T>(part: TemplatePart, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new TemplateFault(part, error instanceof Error ? error.message : String(error));
  }
}
