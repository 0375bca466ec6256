import { type Express, Router } from 'express';
import { businessTimeOf, edgeServer, tenantOf, TenantQuery } from '@tollkeeper/sandbox-edge';
import type { Books } from './books';
import { BulkBody, type Order, SimQuery, orderOf } from './requests';
import type { Settings } from './settings';
import { type OrderOutcome, SimRegister } from './sim-register';

export function buildServer(settings: Settings, books: Books): Express {
  return edgeServer({
    key: settings.key,
    bodyLimit: '1mb',
    ping: () => books.ping(),
    offer: (app, faults) => {
      // Orders are acknowledged at once, so nothing ever falls due; the test clock asks every simulator alike.
      app.get('/v1/due', (req, res) => {
        tenantOf(req, TenantQuery.parse(req.query).tenant);
        res.json({ nextAt: null });
      });
      app.use('/v1/sims', faults.strike, simRoutes(new SimRegister(books)));
    },
  });
}

function simRoutes(register: SimRegister): Router {
  const routes = Router();
  routes.put('/:iccid/state', async (req, res) => {
    const order = orderOf(req, req.params.iccid);
    const [outcome] = await register.carryOut(tenantOf(req), businessTimeOf(req), [order]);
    if (!outcome) throw new Error('an order without an outcome');
    if (outcome.kind === 'refused') throw outcome.refusal;
    if (outcome.replayed) res.set('Idempotency-Replayed', 'true');
    res.json(outcome.acknowledgement);
  });
  routes.post('/states', async (req, res) => {
    const { items } = BulkBody.parse(req.body);
    const outcomes = await register.carryOut(tenantOf(req), businessTimeOf(req), items);
    res.json({ items: outcomes.map((outcome, index) => itemView(items[index], outcome)) });
  });
  routes.get('/', async (req, res) => {
    const { tenant, limit, startingAfter } = SimQuery.parse(req.query);
    res.json(await register.list(tenantOf(req, tenant), limit, startingAfter));
  });
  routes.get('/:iccid', async (req, res) => {
    res.json(await register.find(tenantOf(req), req.params.iccid));
  });
  return routes;
}

function itemView(order: Order | undefined, outcome: OrderOutcome) {
  if (outcome.kind === 'done') return { key: order?.key, status: 200, ...outcome.acknowledgement };
  const { status, code, message } = outcome.refusal;
  return { key: order?.key, iccid: order?.iccid, status, code, detail: message };
}
