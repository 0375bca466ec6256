/** As a part prints it: the bound that it must keep, where there is one. */
export interface PartFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** `floor` is the bound, of whichever side; null for what is only told. */
interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor: number | null;
  readonly holds: boolean;
}

const marker = 'FIGURES ';

/** The figures of a part's output; null when it printed none. */
export function figuresIn(output: string): PartFigure[] | null {
  const line = output
    .split('\n')
    .reverse()
    .find((each) => each.startsWith(marker));
  return line ? (JSON.parse(line.slice(marker.length)) as PartFigure[]) : null;
}

export const judged = ({ name, value, unit, atLeast, atMost }: PartFigure): Figure => ({
  name,
  value,
  unit,
  floor: atLeast ?? atMost ?? null,
  holds: (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost),
});

const thousands = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

const boundOf = ({ atLeast, atMost }: PartFigure): string => {
  if (atLeast !== undefined) return `>= ${thousands.format(atLeast)}`;
  return atMost === undefined ? '' : `<= ${thousands.format(atMost)}`;
};

export function tableOf(figures: readonly PartFigure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    thousands.format(figure.value),
    figure.unit,
    boundOf(figure),
    boundOf(figure) === '' ? '' : judged(figure).holds ? 'holds' : 'MISSED',
  ]);
  const all = [['figure', 'value', 'unit', 'bound', ''], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((text, column) =>
          column === 1 || column === 3 ? text.padStart(widths[column]!) : text.padEnd(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const benchLine = (suite: string, figures: readonly PartFigure[]): string =>
  `BENCH ${JSON.stringify({ suite, figures: figures.map(judged) })}`;
