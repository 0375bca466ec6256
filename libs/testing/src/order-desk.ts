import type {
  DepositDue,
  OrderActivities,
  OrderFacts,
  OrderRef,
  OrderStepFacts,
  OrderStepPlan,
} from '@tollkeeper/contracts';

type Inputs = { [Name in keyof OrderActivities]: Parameters<OrderActivities[Name]>[0] };

/** What a step of the script does when it is taken: it is refused, it waits for an answer, or it is done. */
export type Script = Record<string, ('refused' | 'waiting' | 'done')[]>;

/** Customers' side of one order, in memory: takes steps as its script says and remembers the order of events. */
export class OrderDesk {
  readonly events: string[] = [];
  facts: OrderFacts & { open: boolean };
  endsAs: 'completed' | 'failed' | 'cancelled' = 'completed';
  deposit: DepositDue | null = null;

  constructor(
    effectiveAt: string,
    private readonly script: Script = {},
  ) {
    this.facts = { state: 'acknowledged', direction: 'forward', effectiveAt, steps: [], open: true };
  }

  retry(): void {
    const again = (step: OrderStepFacts): OrderStepFacts =>
      step.state === 'refused' ? { ...step, state: 'pending', attempt: step.attempt + 1 } : step;
    this.facts = { ...this.facts, state: 'inProgress', steps: this.facts.steps.map(again) };
  }

  turnBack(as: 'failed' | 'cancelled'): void {
    this.endsAs = as;
    this.facts = { ...this.facts, direction: 'back', state: 'inProgress' };
  }

  readonly activities = {
    openOrder: ({ steps }: Inputs['openOrder']): OrderFacts => {
      if (this.facts.steps.length === 0) this.facts.steps = steps.map(pending);
      return this.facts;
    },
    loadOrder: (_: OrderRef): OrderFacts => this.facts,
    takeOrderStep: ({ step }: Inputs['takeOrderStep']): OrderFacts => {
      const found = this.stepOf(step);
      if (this.facts.direction === 'back' || !['pending', 'waiting'].includes(found.state)) return this.facts;
      return this.move(step, this.script[step]?.shift() ?? 'done');
    },
    /** What a class demands; the script says `refused` or `waiting` where the charge does. */
    depositOf: ({ step }: { step: string }): { due: DepositDue | null; facts: OrderFacts } => {
      const { deposit } = this;
      return { due: deposit, facts: deposit ? this.facts : this.move(step, 'done') };
    },
    undoOrderStep: ({ step }: Inputs['undoOrderStep']): OrderFacts => this.move(step, 'undone'),
    recordOrderStep: ({ step, state, waitsUntil }: Inputs['recordOrderStep']): OrderFacts =>
      this.move(step, state, waitsUntil),
    closeOrder: (_: OrderRef): OrderFacts => {
      this.facts = { ...this.facts, state: this.endsAs, open: false };
      this.events.push(this.endsAs);
      return this.facts;
    },
  };

  private stepOf(name: string): OrderStepFacts {
    const found = this.facts.steps.find(({ step }) => step === name);
    if (!found) throw new Error(`there is no step ${name}`);
    return found;
  }

  private move(name: string, state: OrderStepFacts['state'], waitsUntil: string | null = null): OrderFacts {
    this.events.push(`${name} ${state}`);
    const steps = this.facts.steps.map((step) =>
      step.step === name ? { ...step, state, waitsUntil } : step,
    );
    const held = state === 'refused' ? 'held' : 'inProgress';
    this.facts = { ...this.facts, steps, state: held };
    return this.facts;
  }
}

const pending = (plan: OrderStepPlan): OrderStepFacts => ({
  ...plan,
  state: 'pending',
  attempt: 1,
  error: null,
  waitsUntil: null,
});
