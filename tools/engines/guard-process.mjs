// Outlives the tool that started it by a moment: when its input closes (the tool ended, even by kill -9), it stops
// what the tool had not stopped itself, last started first. Lines in: "+<pid> <limit in ms>" and "-<pid>".
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 100;
const watched = new Map();

for await (const line of createInterface({ input: process.stdin })) {
  const [pid, limit] = line.slice(1).split(' ').map(Number);
  if (line.startsWith('+')) watched.set(pid, limit);
  else watched.delete(pid);
}
for (const [pid, limit] of [...watched].reverse()) await stop(pid, limit);

async function stop(pid, limit) {
  send(pid, 'SIGTERM');
  send(pid, 'SIGCONT');
  for (let waited = 0; waited < limit; waited += LOOK_EVERY_MS) {
    if (!isAlive(pid)) return;
    await pause(LOOK_EVERY_MS);
  }
  send(-pid, 'SIGKILL');
}

/** Where nobody collects the dead (containers), a process that ended still has its pid, as a zombie. */
function isAlive(pid) {
  if (!existsSync('/proc/self/stat')) return send(pid, 0);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return false;
  }
}

function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
