/** A program of a service, run in a process of its own, that prints `FIGURES [...]`. */
export interface BenchPart {
  readonly name: string;
  /** Below `dist`. */
  readonly program: string;
  /** Gets a scratch mongod by MONGODB_URI, thrown away afterwards. */
  readonly needsMongod?: boolean;
  /** Gets the sandbox gateway as a process of its own, by SANDBOX_GATEWAY_URL and _KEY; its books lie in the scratch mongod. */
  readonly needsGateway?: boolean;
  /** Gets a Temporal server of its own, by TEMPORAL_ADDRESS; its process by TEMPORAL_PID. */
  readonly needsTemporal?: boolean;
}

/** The only list of suites: `npm run bench -- accounts`. */
export const suites: Readonly<Record<string, readonly BenchPart[]>> = {
  accounts: [
    { name: 'guiding', program: 'libs/rating/src/bench/guiding.js' },
    {
      name: 'import and search',
      program: 'libs/customers/src/bench/import-and-search.js',
      needsMongod: true,
    },
  ],
  invoicing: [
    { name: 'one bill', program: 'libs/invoicing/src/bench/one-bill.js' },
    { name: 'bill run', program: 'libs/invoicing/src/bench/bill-run.js', needsMongod: true },
  ],
  payments: [
    {
      name: 'auto-pay',
      program: 'libs/payments/src/bench/auto-pay.js',
      needsMongod: true,
      needsGateway: true,
    },
    { name: 'bank statement', program: 'libs/payments/src/bench/statement-entries.js', needsMongod: true },
    { name: 'collections', program: 'tools/bench/payments/collections.js', needsTemporal: true },
  ],
  rating: [
    { name: 'core', program: 'tools/bench/rating/core.js' },
    { name: 'compile', program: 'tools/bench/rating/compile.js' },
  ],
};
