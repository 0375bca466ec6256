import { Counter } from 'prom-client';

/** Alert on any: somebody tries, or a secret is not the gateway's. */
export const refusedWebhooks = new Counter({
  name: 'tollkeeper_webhooks_refused_total',
  help: 'Webhooks whose signature was not the gateway’s',
  labelNames: ['gateway'],
});

/** Alert when it goes on: what became of charges stays unknown meanwhile, and nobody is dunned. */
export const unansweredLookUps = new Counter({
  name: 'tollkeeper_look_ups_unanswered_total',
  help: 'Questions about a charge that the gateway did not answer',
  labelNames: ['gateway'],
});
