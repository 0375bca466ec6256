import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { collectDefaultMetrics, register } from 'prom-client';
import { Temporal } from '../temporal/temporal';
import { Public } from './principal';

/** Liveness is answering at all; readiness is reaching what every call needs. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(private readonly temporal: Temporal) {
    if (!register.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics();
  }

  @Public()
  @Get('health')
  async health(@Res({ passthrough: true }) response: Response): Promise<{ status: string }> {
    const reachable = await this.temporal.ping().then(
      () => true,
      () => false,
    );
    if (!reachable) response.status(503);
    return { status: reachable ? 'ok' : 'degraded' };
  }

  @Public()
  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4')
  metrics(): Promise<string> {
    return register.metrics();
  }
}
