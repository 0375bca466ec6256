import type { Instant } from '@tollkeeper/calendar';
import {
  networkAnswered,
  order as definition,
  type OrderFacts,
  type OrderInput,
  type OrderProgress,
  orderProgress,
  orderSignals,
  type OrderState,
  type OrderStepFacts,
} from '@tollkeeper/contracts';
import { historyIsLong } from '../history-length';
import { orders } from '../services';
import { carryOn, show } from '../show';
import { carriedTime, keepTime, now, onSignal, until } from '../until';
import { type Move, nextMove } from './next-move';
import type { Step } from './saga';
import { sagas } from './sagas';

/**
 * One ProductOrder as a saga. What was done lies in the order's row: the process asks for it, makes the next move,
 * and waits for its time, for the network or for a person. What was done is undone in reverse order.
 */
export async function order(input: OrderInput): Promise<OrderState> {
  return keepTime(input, definition.rank, async () => {
    const { tenantId, orderId, kind } = input;
    const steps = sagas[kind];
    let facts: OrderFacts | null = null;
    let waits: OrderProgress['waits'] = null;
    let news = 0;
    let heard = 0;

    for (const signal of [...Object.values(orderSignals), networkAnswered])
      onSignal(signal, () => void news++);
    show(orderProgress, () => ({ orderId, facts, waits }));

    facts = await ask(() => orders.openOrder({ ...ref(), steps: steps.map(planOf) }));
    while (!historyIsLong()) {
      const move = nextMove(facts, now());
      if (move.kind === 'closed') return facts.state;
      facts = await make(move);
    }
    return carryOn<typeof order>({ ...input, ...carriedTime() });

    async function make(move: Exclude<Move, { kind: 'closed' }>): Promise<OrderFacts> {
      switch (move.kind) {
        case 'take':
          return ask(() => stepOf(move.step).take(ref(), move.step));
        case 'undo':
          return ask(() => stepOf(move.step).undo(ref()));
        case 'close':
          return ask(() => orders.closeOrder(ref()));
        case 'wait':
          return wait(move.until);
      }
    }

    /** Facts are as new as the call: whatever is heard while it is under way is looked at again. */
    function ask(call: () => Promise<OrderFacts>): Promise<OrderFacts> {
      heard = news;
      return call();
    }

    /** Whatever ends the wait, the facts are asked for again; a step that was asked for is looked at. */
    async function wait(at: Instant | null): Promise<OrderFacts> {
      waits = { until: at };
      await until(at, () => news > heard);
      waits = null;
      const known = await ask(() => orders.loadOrder(ref()));
      const move = nextMove(known, now());
      if (move.kind !== 'wait' || !move.waitsFor) return known;
      const asked = move.waitsFor;
      return ask(() => stepOf(asked).take(ref(), asked));
    }

    function stepOf({ step: name }: OrderStepFacts): Step {
      const found = steps.find((each) => each.step === name);
      if (!found) throw new Error(`${kind} has no step ${name}`);
      return found;
    }

    function ref() {
      return { tenantId, orderId, at: now() };
    }
  });
}

const planOf = ({ step, phase, final }: Step) => ({ step, phase, final });
