export { runStack, type Stack, type StackPlan, type StackProcesses } from './run-stack';
export { findRunningStack, type StackDescriptor } from './stack-descriptor';
export { endOnCrash, stopOnSignals, type OnCrash } from './stack-endings';
