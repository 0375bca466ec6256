import { runningStack } from '../setup/running-stack';
import type { Operator, Subscriber } from './operator';

export interface NetworkCase {
  caseId: string;
  kind: string;
  state: string;
  iccid: string;
  openedAt: string;
  resolvedBy: string | null;
  retries: number;
  detail: string;
}

interface Sim {
  iccid: string;
  state: string;
  msisdn?: string | null;
  imsi?: string | null;
}

/** The network behind an operator's diary: how it behaves, what it holds, and what people do about it. */
export class Network {
  constructor(private readonly operator: Operator) {}

  /** From now on, for these subscribers' SIMs or for all. */
  async behaves(
    how: {
      acknowledge?: 'atOnce' | 'late' | 'silent';
      afterHours?: number;
      refuse?: { code: string; detail: string };
    },
    ...whose: Subscriber[]
  ): Promise<void> {
    await this.admin('PUT', '/v1/behaviour', { ...how, iccids: whose.map(({ iccid }) => iccid) });
  }

  /** Says at last that what it was silent about is done. */
  async speaks(): Promise<void> {
    await this.admin('DELETE', '/v1/behaviour');
    await this.admin('POST', '/v1/acknowledge');
  }

  async invents({ iccid, ...sim }: Sim): Promise<void> {
    await this.admin('PUT', `/v1/sims/${iccid}`, sim);
  }

  async loses({ iccid }: Subscriber): Promise<void> {
    await this.admin('DELETE', `/v1/sims/${iccid}`);
  }

  /** `desired/confirmed` of a subscriber's SIM, as we have it. */
  async known({ accountId, iccid }: Subscriber): Promise<string> {
    const { sims } = await this.operator.api.get<{
      sims: { iccid: string; desired: string; confirmed: string | null }[];
    }>(`/v1/customers/accounts/${accountId}`);
    const sim = sims.find((each) => each.iccid === iccid);
    return `${sim?.desired}/${sim?.confirmed}`;
  }

  cases(filter = 'state=open'): Promise<NetworkCase[]> {
    return this.operator.api.all<NetworkCase>(
      `/v1/customers/network/cases?${filter}`,
      ({ caseId }) => caseId,
    );
  }

  async theCase(filter: string): Promise<NetworkCase> {
    const [found, another] = await this.cases(filter);
    if (!found || another) throw new Error(`${found ? 'more than one' : 'no'} case of ${filter}`);
    return found;
  }

  async retry({ caseId }: NetworkCase): Promise<void> {
    await this.operator.api.post(`/v1/customers/network/cases/${caseId}/retry`, {
      reason: 'the network is back',
    });
    await this.operator.settle();
  }

  private async admin(method: string, path: string, body?: object): Promise<void> {
    const { environment } = runningStack();
    const { now } = await this.operator.api.get<{ now: string }>('/v1/test-clock');
    const response = await fetch(`${environment['SANDBOX_NETWORK_URL']}${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: {
        authorization: `Bearer ${environment['SANDBOX_NETWORK_KEY']}`,
        'content-type': 'application/json',
        'x-tenant': this.operator.tenantId,
        'x-business-time': now,
      },
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
}
