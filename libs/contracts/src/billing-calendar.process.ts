import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { defineUpdate } from '@temporalio/workflow';
import { defineProcess, defineProgress, type ProcessEvent, type ProcessInput } from './process';

/** Starts a cycle's bill-runs on their day; a date missed in an outage is caught up, one by one. */
export interface BillingCalendarInput extends ProcessInput {
  cycleId: string;
  /** The last cut-off whose run was started. */
  after?: LocalDate;
  paused?: boolean;
}

export interface CalendarState {
  paused: boolean;
  lastStarted: LocalDate | null;
  next: { on: LocalDate; at: Instant }[];
}

export const billingCalendar = defineProcess<BillingCalendarInput>({
  workflow: 'billingCalendar',
  reuse: 'reopenable',
  rank: 'calendar',
  id: ({ tenantId, cycleId }) => `billing-calendar/${tenantId}/${cycleId}`,
});

/** Starts the run of a cut-off that has been reached; `{ cutOffOn }` omitted means the latest one. */
export const runNow = defineUpdate<{ cutOffOn: LocalDate }, [ProcessEvent & { cutOffOn?: LocalDate }]>(
  'runNow',
);
export const pauseCalendar = defineUpdate<CalendarState, [ProcessEvent]>('pauseCalendar');
export const resumeCalendar = defineUpdate<CalendarState, [ProcessEvent]>('resumeCalendar');
export const calendarState = defineProgress<CalendarState>('calendarState');
