import { family } from '../lib/family.mjs';
import { several } from './notification/several.mjs';
import { single } from './notification/single.mjs';

export default family(
  {
    format: 'notification',
    contentFormat: null,
    header: [
      'Notifications as timelines: Core 1.1.1 §5.1, §6.4, Core 1.2.2 §7.3, §6.4.',
      'Seconds from the first answer to the Observe, which is no notification and tells the reference values. What stands in `attributes` without a time was written before.',
      'A notification must go out between `earliest` and `latest`; a second is the slack of a program on its own clock, tests over a network allow more. `cause` is for information.',
      'Computed by an evaluator of the generator that walks through time step by step and shares nothing with the one of the harness.',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'changes and reports' },
      Period: { kind: 'basic', description: 'minimum and maximum period' },
      EqualPeriods: {
        kind: 'ambiguous-spec',
        description: 'a maximum that is not above the minimum',
        links: ['OMA#495'],
      },
      Defaults: { kind: 'edge', description: 'the periods of the Server object' },
      Return: { kind: 'ambiguous-spec', description: 'a value that returns while its report is held' },
      Crossing: {
        kind: 'edge',
        description: 'a threshold is crossed',
        effect: 'a report for every value beyond the threshold',
      },
      OneWay: { kind: 'ambiguous-spec', description: 'whether a threshold counts in both directions' },
      Landing: { kind: 'ambiguous-spec', description: 'a value that equals the threshold' },
      Step: { kind: 'edge', description: 'a change by a step or more' },
      Reference: {
        kind: 'edge',
        description: 'against what a step is measured',
        effect: 'a value that creeps is never reported',
      },
      Numbers: { kind: 'numeric', description: 'thresholds against each kind of number' },
      Sign: { kind: 'ambiguous-spec', description: 'thresholds below zero', links: ['OMA#563'] },
      Limit: { kind: 'limit', description: 'long periods', effect: 'timers of 32 bits end at once' },
      Edge: { kind: 'version', description: 'transitions of a Boolean' },
      Inherited: { kind: 'edge', description: 'attributes of the levels above', links: ['OMA#478'] },
      Container: { kind: 'edge', description: 'objects and instances' },
      Multiple: { kind: 'edge', description: 'resources with instances' },
      Servers: {
        kind: 'edge',
        description: 'each server has its own attributes',
        effect: 'one server changes what another is told',
      },
      Composite: { kind: 'version', description: 'several paths in one observation' },
      During: { kind: 'ambiguous-spec', description: 'attributes that change during an observation' },
      ObserveQuery: { kind: 'version', description: 'attributes of the Observe (1.2)' },
      Cancel: { kind: 'edge', description: 'nothing after the end' },
      Confirmable: { kind: 'version', description: 'con (1.2)' },
      Evaluation: { kind: 'edge', description: 'when conditions are looked at' },
      Offline: { kind: 'edge', description: 'reports of a client that is away', links: ['OMA#572'] },
      Historical: { kind: 'version', description: 'a queue of values (1.2)' },
      Ambiguous: { kind: 'ambiguous-spec', description: 'the text leaves a choice' },
    },
    models: ['device', 'server', 'temp', 'test', 'core'],
  },
  ({ group }) => {
    single(group);
    several(group);
  },
);
