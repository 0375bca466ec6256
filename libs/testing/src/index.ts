export { event, WorkflowBench, type ServiceAnswers } from './workflow-bench';
export { OrderDesk, type Script } from './order-desk';
