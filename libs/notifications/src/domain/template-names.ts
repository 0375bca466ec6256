import {
  isTemplateName,
  messageLanguages,
  type MessageLanguage,
  type TemplateName,
  templateNames,
} from '@tollkeeper/contracts';

/** Every template ships in all of them; the English ones go without a language in their key. */
type Translation = Exclude<MessageLanguage, 'en'>;

/** A template in one language: `finalNotice`, or `finalNotice.de`. */
export type TemplateKey = TemplateName | `${TemplateName}.${Translation}`;

export const keyIn = (name: TemplateName, language: MessageLanguage): TemplateKey =>
  language === 'en' ? name : `${name}.${language}`;

export const templateKeys: readonly TemplateKey[] = messageLanguages.flatMap((language) =>
  templateNames.map((name) => keyIn(name, language)),
);

/** Null when there is no template of that name. */
export function readTemplateKey(key: string): { name: TemplateName; language: MessageLanguage } | null {
  const [name = ''] = key.split('.');
  const language = isTemplateName(name) && messageLanguages.find((each) => keyIn(name, each) === key);
  return language ? { name, language } : null;
}

/** Values of every template: the payer's name and the operator. */
export const givenValues = ['customerName', 'tenant'] as const;
