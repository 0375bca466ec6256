import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const templateParts = ['subject', 'text', 'html'] as const;
export type TemplatePart = (typeof templateParts)[number];
export type TemplateSource = Record<TemplatePart, string>;

/** `finalNotice.de` lies in the folder `de`. A template file: its parts stand one after the other, each under a line such as `--- text`. */
export function readTemplateFile(name: string): TemplateSource {
  const [file = '', ...folders] = name.split('.');
  const text = readFileSync(join(__dirname, 'templates', ...folders, `${file}.liquid`), 'utf8');
  const pieces = text.split(/^--- (\w+)\n/m);
  const partNamed = (part: TemplatePart): string => {
    const at = pieces.indexOf(part);
    if (at < 0) throw new Error(`template ${name} has no part ${part}`);
    return (pieces[at + 1] ?? '').replace(/\n$/, '');
  };
  return { subject: partNamed('subject'), text: partNamed('text'), html: partNamed('html') };
}
