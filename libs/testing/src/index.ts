export { event, WorkflowBench, type ServiceAnswers } from './workflow-bench';
