export interface RunningStack {
  apiUrl: string;
  dataFolder: string;
  environment: Record<string, string>;
}

/** The stack that test/setup/stack.ts started for this jest run. */
export function runningStack(): RunningStack {
  const described = process.env['SCENARIO_STACK'];
  if (!described) throw new Error('scenario specs run under the jest project that starts a stack');
  return JSON.parse(described) as RunningStack;
}
