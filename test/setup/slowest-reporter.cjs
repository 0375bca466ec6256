const shown = 10;

/** Prints the ten slowest tests of a run, so that slowness is noticed when it comes. */
module.exports = class SlowestReporter {
  onRunComplete(_contexts, { testResults }) {
    const tests = testResults.flatMap(({ testResults: each }) => each);
    const slowest = tests
      .filter(({ duration }) => duration)
      .sort((left, right) => right.duration - left.duration);
    process.stdout.write(`\nThe ${Math.min(shown, slowest.length)} slowest tests:\n`);
    for (const { duration, fullName } of slowest.slice(0, shown)) {
      process.stdout.write(`${(duration / 1000).toFixed(1).padStart(7)} s  ${fullName}\n`);
    }
  }
};
