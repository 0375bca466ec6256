import { type Express, type RequestHandler, Router } from 'express';
import {
  businessTimeOf,
  edgeServer,
  requireSignature,
  tenantOf,
  TenantQuery,
} from '@tollkeeper/sandbox-edge';
import { kindly } from './behaviour';
import type { Books } from './books';
import { OrderBook } from './order-book';
import { BehaviourBody, Iccid, KeysBody, OrdersBody, SimBody, SimQuery } from './requests';
import type { Settings } from './settings';
import { SimRegister } from './sim-register';

export function buildServer(settings: Settings, books: Books): Express {
  const register = new SimRegister(books);
  const orders = new OrderBook(books);
  return edgeServer({
    key: settings.key,
    bodyLimit: '1mb',
    ping: () => books.ping(),
    offer: (app, faults) => {
      // Whoever wants to know of a late acknowledgement asks for it, so nothing ever falls due by itself.
      app.get('/v1/due', (req, res) => {
        tenantOf(req, TenantQuery.parse(req.query).tenant);
        res.json({ nextAt: null });
      });
      const signed = requireSignature(settings.secret);
      app.use('/v1/orders', faults.strike, signed, orderRoutes(orders));
      app.get('/v1/sims', faults.strike, signed, listSims(register));
      app.use('/v1/sims', simRoutes(register));
      app.use('/v1', adminRoutes(books, orders));
    },
  });
}

function orderRoutes(orders: OrderBook): Router {
  const routes = Router();
  routes.post('/', async (req, res) => {
    const { items } = OrdersBody.parse(req.body);
    res.json({ items: await orders.take(tenantOf(req), businessTimeOf(req), items) });
  });
  routes.post('/acknowledgements', async (req, res) => {
    const { keys } = KeysBody.parse(req.body);
    res.json({ items: await orders.answers(tenantOf(req), businessTimeOf(req), keys) });
  });
  return routes;
}

const listSims =
  (register: SimRegister): RequestHandler =>
  async (req, res) => {
    const { tenant, limit, startingAfter } = SimQuery.parse(req.query);
    res.json(await register.list(tenantOf(req, tenant), limit, startingAfter));
  };

/** One SIM to look at, and to change behind the caller's back. */
function simRoutes(register: SimRegister): Router {
  const routes = Router();
  routes.get('/:iccid', async (req, res) => {
    res.json(await register.find(tenantOf(req), req.params.iccid));
  });
  routes.put('/:iccid', async (req, res) => {
    const iccid = Iccid.parse(req.params.iccid);
    res.json(await register.invent(tenantOf(req), iccid, businessTimeOf(req), SimBody.parse(req.body)));
  });
  routes.delete('/:iccid', async (req, res) => {
    await register.lose(tenantOf(req), req.params.iccid);
    res.status(204).end();
  });
  return routes;
}

function adminRoutes(books: Books, orders: OrderBook): Router {
  const routes = Router();
  routes.put('/behaviour', async (req, res) => {
    const [tenantId, behaviour] = [tenantOf(req), BehaviourBody.parse(req.body)];
    await books.behaviours.replaceOne({ tenantId }, { tenantId, ...behaviour }, { upsert: true });
    res.json(behaviour);
  });
  routes.delete('/behaviour', async (req, res) => {
    await books.behaviours.deleteOne({ tenantId: tenantOf(req) });
    res.json(kindly);
  });
  routes.post('/acknowledge', async (req, res) => {
    res.json(await orders.acknowledgeSilent(tenantOf(req), businessTimeOf(req)));
  });
  return routes;
}
