const { join } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Seconds on two cores, for a copy that has not run them yet; what is not named comes by its layer. */
const knownSeconds = {
  'test/faults/kill.spec.ts': 300,
  'test/faults/handover.spec.ts': 200,
  'test/faults/batches.spec.ts': 160,
  'test/scenarios/devices.spec.ts': 130,
  'test/scenarios/payments-debits.spec.ts': 125,
  'test/scenarios/commercial.spec.ts': 120,
  'test/scenarios/steering.spec.ts': 118,
  'test/scenarios/collections.spec.ts': 110,
  'test/faults/engines-away.spec.ts': 102,
  'test/scenarios/ways-to-pay.spec.ts': 101,
};
const layerSeconds = { faults: 100, scenarios: 40, workflows: 10, unit: 1 };

/** The longest spec files first, so that all workers are busy to the end: a file that comes last runs alone. */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const inOrder = super.sort(tests); // which looks up how long each took last time
    const seconds = new Map(inOrder.map((test) => [test, this.secondsOf(test)]));
    return inOrder.sort((left, right) => seconds.get(right) - seconds.get(left));
  }

  secondsOf({ path, duration, context }) {
    if (duration) return duration / 1000;
    const { rootDir, displayName } = context.config;
    const known = Object.entries(knownSeconds).find(([file]) => path === join(rootDir, file));
    return known ? known[1] : (layerSeconds[displayName?.name] ?? 1);
  }
};
