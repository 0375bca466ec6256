import { Injectable } from '@nestjs/common';
import { ActivationSteps } from './activation-steps.service';
import { NetworkSteps } from './network-steps.service';
import { PlanSteps } from './plan-steps.service';
import { ServiceSteps } from './service-steps.service';
import type { StepHandler } from './step-handler';

/** Every step that customers takes, by its name. */
@Injectable()
export class StepHandlers {
  private readonly handlers: Record<string, StepHandler>;

  constructor(activation: ActivationSteps, network: NetworkSteps, plans: PlanSteps, services: ServiceSteps) {
    this.handlers = { ...activation.steps, ...network.steps, ...plans.steps, ...services.steps };
  }

  of(step: string): StepHandler {
    const handler = this.handlers[step];
    if (!handler) throw new Error(`nobody knows how to take step ${step}`);
    return handler;
  }
}
