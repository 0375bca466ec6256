import { type RequestHandler, Router } from 'express';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { Problem } from './problem';

const Fault = z.strictObject({
  latencyMs: z.int().min(0).max(60_000).default(0),
  downUntilCleared: z.boolean().default(false),
  /** Certainly not done, other than when it is down. */
  refuseUntilCleared: z.boolean().default(false),
  failNext: z.int().min(0).max(10_000).default(0),
});
type Fault = z.infer<typeof Fault>;

const EVERYBODY = '*';

/** Misbehaviour on demand, for one tenant or for everybody, so that tests running side by side don't meet. */
export class Faults {
  private readonly faults = new Map<string, Fault>();

  set(tenantId: string | undefined, fault: Fault): void {
    this.faults.set(tenantId ?? EVERYBODY, { ...fault });
  }

  clear(tenantId: string | undefined): void {
    this.faults.delete(tenantId ?? EVERYBODY);
  }

  readonly strike: RequestHandler = async (req, _res, next) => {
    for (const whose of new Set([req.get('X-Tenant') ?? EVERYBODY, EVERYBODY])) {
      const fault = this.faults.get(whose);
      if (fault) await this.misbehave(fault);
    }
    next();
  };

  private async misbehave(fault: Fault): Promise<void> {
    await wait(fault.latencyMs);
    if (fault.downUntilCleared) throw new Problem(503, 'unavailable', 'down until the fault is cleared');
    if (fault.refuseUntilCleared)
      throw new Problem(429, 'too_many_requests', 'refused until the fault is cleared');
    if (fault.failNext === 0) return;
    fault.failNext -= 1;
    throw new Problem(500, 'injected_failure', `${fault.failNext} more calls will fail`);
  }
}

export function faultRoutes(faults: Faults): Router {
  const routes = Router();
  routes.post('/', (req, res) => {
    const fault = Fault.parse(req.body);
    faults.set(req.get('X-Tenant'), fault);
    res.json(fault);
  });
  routes.delete('/', (req, res) => {
    faults.clear(req.get('X-Tenant'));
    res.status(204).end();
  });
  return routes;
}
