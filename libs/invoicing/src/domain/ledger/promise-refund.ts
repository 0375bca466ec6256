import { draftPosting, type PostingDraft } from './posting-draft';

export type PromisedOf = 'credit' | 'deposit';

interface RefundPromise {
  key: string;
  accountId: string;
  of: PromisedOf;
  currency: string;
}

export const promiseKey = (key: string, of: PromisedOf): string => `${key}/${of}Promised`;
export const releaseKey = (key: string, of: PromisedOf): string => `${key}/${of}Released`;

/** `null`: all that is owed. A named amount is promised whole or not at all: nobody asked for another one. */
export function promisedMinor(wantedMinor: number | null, owedMinor: number): number {
  if (wantedMinor === null) return owedMinor;
  return wantedMinor <= owedMinor ? wantedMinor : 0;
}

export const promise = ({ key, of, ...about }: RefundPromise, amount: number): PostingDraft =>
  draftPosting(promiseKey(key, of), `${of}Promised`, { amount }, about);

export const release = ({ key, of, ...about }: RefundPromise, amount: number): PostingDraft =>
  draftPosting(releaseKey(key, of), `${of}Released`, { amount }, about);
