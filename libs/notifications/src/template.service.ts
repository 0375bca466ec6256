import { Injectable } from '@nestjs/common';
import { valuesOf } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { tenantValues } from './compose-mail';
import { defaultSource, tryTemplate } from './default-templates';
import { givenValues, readTemplateKey, type TemplateKey, templateKeys } from './domain/template-names';
import { type RenderedMail, TemplateFault, type TemplateValues } from './render-template';
import type { TemplateSource } from './template-source';
import { TemplateRepository } from './template.repository';
import { TenantProfileRepository } from './tenant-profile.repository';

interface TemplateView {
  /** `finalNotice.de`: the German one. */
  name: TemplateKey;
  /** The tenant's own, or the one that ships. */
  origin: 'own' | 'default';
  source: TemplateSource;
  values: { name: string; optional: boolean }[];
}

const keyOf = (text: string): TemplateKey => {
  if (readTemplateKey(text) === null) throw notFound('template', text);
  return text as TemplateKey;
};

@Injectable()
export class TemplateService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly templates: TemplateRepository,
    private readonly profiles: TenantProfileRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async list(tenantId: string): Promise<{ data: Pick<TemplateView, 'name' | 'origin'>[]; hasMore: false }> {
    const own = new Set((await this.templates.all(tenantId)).map(({ name }) => name));
    const allKeys = [...new Set([...templateKeys, ...own])];
    return {
      data: allKeys.map((name) => ({ name, origin: own.has(name) ? 'own' : 'default' })),
      hasMore: false,
    };
  }

  async one(tenantId: string, text: string): Promise<TemplateView> {
    const name = keyOf(text);
    const own = await this.templates.find(tenantId, name);
    const values = [
      ...givenValues.map((given) => ({ name: given, optional: false })),
      ...valuesOf(readTemplateKey(name)?.name ?? 'welcome'),
    ];
    return { name, origin: own ? 'own' : 'default', source: own?.source ?? defaultSource(name), values };
  }

  async put(
    principal: Principal,
    text: string,
    source: TemplateSource,
    reason: string,
  ): Promise<TemplateView> {
    const { tenantId } = principal;
    const name = keyOf(text);
    tryOrRefuse(name, source, await this.values(tenantId));
    const at = await this.clock.now(tenantId);
    await this.database.transaction(async () => {
      const before = (await this.templates.find(tenantId, name))?.source ?? null;
      await this.templates.put(tenantId, { _id: `${tenantId}/${name}`, name, source, changedAt: at });
      await this.audit.record(principal, {
        at,
        what: 'changeTemplate',
        entity: name,
        before,
        after: source,
        reason,
      });
    });
    return this.one(tenantId, name);
  }

  async reset(principal: Principal, text: string, reason: string): Promise<TemplateView> {
    const { tenantId } = principal;
    const name = keyOf(text);
    const at = await this.clock.now(tenantId);
    await this.database.transaction(async () => {
      const before = (await this.templates.find(tenantId, name))?.source;
      if (!before) throw notFound('own template', name);
      await this.templates.remove(tenantId, name);
      await this.audit.record(principal, { at, what: 'resetTemplate', entity: name, before, reason });
    });
    return this.one(tenantId, name);
  }

  /** Nothing is written or sent. */
  async preview(
    tenantId: string,
    text: string,
    source: TemplateSource,
    data: Record<string, string>,
  ): Promise<RenderedMail> {
    return tryOrRefuse(keyOf(text), source, await this.values(tenantId), data);
  }

  private async values(tenantId: string): Promise<TemplateValues['tenant']> {
    const profile = await this.profiles.find(tenantId);
    if (!profile)
      throw conflict('tenantNotReady', 'The tenant is still being set up.', 'Try again in a second.');
    return tenantValues(profile);
  }
}

function tryOrRefuse(
  name: TemplateKey,
  source: TemplateSource,
  tenant: TemplateValues['tenant'],
  data?: Record<string, string>,
): RenderedMail {
  try {
    return tryTemplate(name, source, tenant, data);
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    throw badInput(
      error.part,
      error.message,
      'GET /v1/notifications/templates/{name} lists the values that the template may use.',
    );
  }
}
