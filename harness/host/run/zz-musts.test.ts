import { it } from 'vitest';
import { catalogue } from '../catalogue.generated.js';
import { mutants } from '../../../fixtures/mutants/index.js';
it('musts', () => {
  const tripped = new Set(mutants.map((m) => `${m.case} ${m.check}`));
  for (const { testCase } of catalogue) {
    if (!/^re(gistration|porting)/.test(testCase.meta.id)) continue;
    for (const [l, c] of Object.entries(testCase.meta.checks))
      if (!tripped.has(`${testCase.meta.id} ${l}`)) console.log(c.level, c.by, testCase.meta.id, l, c.says);
  }
});
