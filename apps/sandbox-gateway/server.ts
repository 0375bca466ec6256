import { type Express, type Response, Router } from 'express';
import { edgeServer, Problem, tenantOf, TenantQuery } from '@tollkeeper/sandbox-edge';
import { ActionBook } from './action-book';
import type { Books } from './books';
import { ChargeBook, type ChargeReply } from './charge-book';
import { DueEvents } from './due-events';
import { KeptAnswers } from './kept-answers';
import { RefundBook, type RefundReply } from './refund-book';
import {
  CancelBody,
  ChargeBody,
  ChargeQuery,
  DueRunBody,
  RefundBody,
  RefundQuery,
  writeCallOf,
} from './requests';
import type { Settings } from './settings';
import { storedCard } from './stored-card';
import { Webhooks } from './webhooks';

/** `selfUrl` is asked for late: a server on a free port learns its address when it listens. */
export function buildServer(settings: Settings, books: Books, selfUrl: () => string): Express {
  const answers = new KeptAnswers(books);
  const charges = new ChargeBook(books, answers, (id) => `${selfUrl()}/actions/${id}`);
  const actions = new ActionBook(books, charges);
  const refunds = new RefundBook(books, answers);
  const dueEvents = new DueEvents(books, new Webhooks(settings.webhook));

  return edgeServer({
    key: settings.key,
    bodyLimit: '64kb',
    ping: () => books.ping(),
    offer: (app, faults) => {
      app.get('/actions/:id', async (req, res) => {
        const action = await actions.find(req.params.id);
        if (action?.cancelled) return void res.status(410).type('html').send(paidOtherwise);
        res.type('html').send(confirmPage);
      });
      app.post('/actions/:id', async (req, res) => {
        const confirmed = await actions.confirm(req.params.id);
        if (!confirmed) throw new Problem(404, 'action_not_found', 'there is nothing to confirm here');
        if (confirmed.state === 'cancelled') return void res.status(410).type('html').send(paidOtherwise);
        await dueEvents.run(confirmed.tenantId, confirmed.at);
        res
          .type('html')
          .send('<p>Sandbox: confirmed. The charge is booked, and its news are on their way.</p>');
      });
      app.use('/v1/due', dueRoutes(dueEvents));
      // Only what a real gateway offers misbehaves: the test clock must reach /v1/due while the gateway is down.
      app.use('/v1/charges', faults.strike, chargeRoutes(charges, actions, refunds, settings.hangMs));
      app.get('/v1/refusals', async (req, res) => {
        const { tenant } = TenantQuery.parse(req.query);
        res.json(await charges.refusals(tenantOf(req, tenant)));
      });
      app.get('/v1/tokens/:token', faults.strike, (req, res) => {
        const card = storedCard(String(req.params.token));
        if (!card) throw new Problem(404, 'token_not_found', 'no such token');
        res.json(card);
      });
    },
  });
}

const paidOtherwise = '<p>Sandbox: there is nothing left to confirm. This has been paid already.</p>';

const confirmPage =
  '<p>Sandbox: the card holder confirms here.</p><form method="post"><button>Confirm</button></form>';

function chargeRoutes(charges: ChargeBook, actions: ActionBook, refunds: RefundBook, hangMs: number): Router {
  const routes = Router();
  routes.post('/', async (req, res) => {
    reply(res, await charges.charge(writeCallOf(req), ChargeBody.parse(req.body)), hangMs);
  });
  routes.post('/cancel', async (req, res) => {
    res.json(await actions.cancel(tenantOf(req), CancelBody.parse(req.body).reference));
  });
  routes.get('/', async (req, res) => {
    const { tenant, ...filter } = ChargeQuery.parse(req.query);
    res.json(await charges.list({ tenantId: tenantOf(req, tenant), ...filter }));
  });
  routes.get('/:id', async (req, res) => {
    res.json(await charges.find(tenantOf(req), req.params.id));
  });
  routes.get('/:id/refunds', async (req, res) => {
    const { tenant, reference } = RefundQuery.parse(req.query);
    res.json(await refunds.list(tenantOf(req, tenant), req.params.id, reference));
  });
  routes.post('/:id/refunds', async (req, res) => {
    reply(res, await refunds.refund(writeCallOf(req), req.params.id, RefundBody.parse(req.body)), hangMs);
  });
  return routes;
}

function reply(res: Response, outcome: ChargeReply | RefundReply, hangMs: number): void {
  if (outcome.kind === 'silence') return hang(res, hangMs);
  if (outcome.kind === 'broken')
    throw new Problem(500, 'gateway_error', 'the script of the token says: fail');
  if (outcome.kind === 'replayed') res.set('Idempotency-Replayed', 'true');
  res.status(outcome.answer.httpStatus).json(outcome.answer.body);
}

function hang(res: Response, hangMs: number): void {
  const timer = setTimeout(() => res.socket?.destroy(), hangMs);
  res.once('close', () => clearTimeout(timer));
}

function dueRoutes(dueEvents: DueEvents): Router {
  const routes = Router();
  routes.get('/', async (req, res) => {
    const { tenant } = TenantQuery.parse(req.query);
    res.json({ nextAt: await dueEvents.nextAt(tenantOf(req, tenant)) });
  });
  routes.post('/run', async (req, res) => {
    const { tenant, at } = DueRunBody.parse(req.body);
    res.json(await dueEvents.run(tenant, at));
  });
  return routes;
}
