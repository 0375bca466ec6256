/** Who steered, as it travels in an event's `by`, and back again for the audit row. */
interface SteeredBy {
  kind: 'staff' | 'integration' | 'subscriber';
  subject: string;
  name: string;
}

export const byOf = ({ kind, subject, name }: SteeredBy): string => `${kind}:${subject} ${name}`;

const shape = /^(?<kind>staff|integration|subscriber):(?<subject>\S+) (?<name>.*)$/;

export function steeredBy(by: string): SteeredBy {
  const { kind, subject, name } = shape.exec(by)?.groups ?? {};
  if (!kind || !subject) return { kind: 'integration', subject: by, name: by };
  return { kind: kind as SteeredBy['kind'], subject, name: name ?? subject };
}
