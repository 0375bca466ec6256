import express, { type Express } from 'express';
import { requireBearer } from './bearer';
import { Faults, faultRoutes } from './faults';
import { Problem, answerProblem } from './problem';
import { keepBody } from './signature';

interface EdgeServer {
  key: string;
  bodyLimit: string;
  ping(): Promise<unknown>;
  /** What this simulator offers; `faults.strike` goes before the routes that may misbehave. */
  offer(app: Express, faults: Faults): void;
}

export function edgeServer({ key, bodyLimit, ping, offer }: EdgeServer): Express {
  const faults = new Faults();
  const app = express();
  app.disable('x-powered-by');
  app.get('/health', async (_req, res) => {
    await ping();
    res.json({ status: 'ok' });
  });
  app.use('/v1', requireBearer(key), express.json({ limit: bodyLimit, verify: keepBody }));
  app.use('/v1/faults', faultRoutes(faults));
  offer(app, faults);
  app.use((req) => {
    throw new Problem(404, 'no_such_route', `${req.method} ${req.path}`);
  });
  app.use(answerProblem);
  return app;
}
