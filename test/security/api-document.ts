import type { StaffRole } from '@tollkeeper/platform';
import { Caller } from './caller';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  pattern?: string;
  format?: string;
  minimum?: number;
  minLength?: number;
  nullable?: boolean;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

export interface Permission {
  roles?: StaffRole[];
  scope?: string;
  subscriber?: boolean;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  'x-allow'?: Permission;
  security?: object[];
}

export interface Route {
  /** `POST /v1/payments/methods` */
  name: string;
  method: string;
  path: string;
  pathParameters: string[];
  query: Parameter[];
  contentType: string | null;
  body: Schema | null;
  /** Who may call; null for routes that ask for no credential. */
  permission: Permission | null;
  isSecured: boolean;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** These ask for no access token; everything else that is documented must. */
export const publicRoutes = [
  'POST /v1/identity/login',
  'POST /v1/identity/password',
  'POST /v1/identity/subscriber/login',
  'POST /v1/identity/refresh',
  'POST /v1/identity/logout',
  'POST /v1/identity/token',
];

/** Opened by a secret of their own: the installation's key, a gateway's signature. */
export const keyedRoutes = [
  'POST /v1/identity/sandboxes',
  'POST /v1/identity/tenants',
  'GET /v1/identity/tenants',
  'GET /v1/payments/links/{token}',
  'POST /v1/payments/links/{token}',
  'POST /v1/payments/webhooks/sandbox',
  'POST /v1/payments/webhooks/stripe/{tenantId}',
];

/** What the running server says it has: a new route is attacked without a change here. */
export class ApiDocument {
  private constructor(
    readonly routes: Route[],
    private readonly schemas: Record<string, Schema>,
  ) {}

  static async load(apiUrl: string): Promise<ApiDocument> {
    const caller = new Caller(apiUrl);
    const { paths, components } = await caller.get<Document>('/docs/openapi.json');
    caller.close();
    const routes = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([verb, operation]) => routeOf(verb.toUpperCase(), path, operation)),
    );
    return new ApiDocument(routes, components.schemas);
  }

  /** Those behind the one guard. */
  get guarded(): Route[] {
    return this.routes.filter(({ name }) => !publicRoutes.includes(name) && !keyedRoutes.includes(name));
  }

  resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : (this.schemas[name] ?? {});
  }
}

function routeOf(method: string, path: string, operation: Operation): Route {
  const [content] = Object.entries(operation.requestBody?.content ?? {});
  return {
    name: `${method} ${path}`,
    method,
    path,
    pathParameters: [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name ?? ''),
    query: (operation.parameters ?? []).filter((parameter) => parameter.in === 'query'),
    contentType: content?.[0] ?? null,
    body: content?.[1].schema ?? null,
    permission: operation['x-allow'] ?? null,
    isSecured: (operation.security ?? []).length > 0,
  };
}

/** The path with each parameter as told, encoded. */
export const filled = ({ path }: Route, valueOf: (parameter: string) => string): string =>
  path.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(valueOf(name)));

/** Ids that nobody has; versions are numbers. */
export const nobodysId = (parameter: string): string => (parameter === 'version' ? '999' : 'nobodys-id');
