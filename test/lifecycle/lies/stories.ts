import fc from 'fast-check';

/** Names of servers in random files: few, so that file, panel and ledger often meet. */
const serverNames = ['web-1', 'Db', 'api'] as const;

/** Faults as `--fault` takes them. Each breaks an assumption of its own. */
const lies = [
  'list-omits=name=web-1',
  'list-omits=name=back',
  'list-cut=rows=1',
  'list-cut=GET /server,rows=1,times=2',
  'list-empty',
  'list-empty=GET /server,times=1',
  'list-twice',
  'list-reversed',
  'list-lag=ms=30',
  'list-lag=ms=15000',
  'object-lag=ms=30',
  'object-lag=ms=15000',
  'rename-on-create=as=underscore',
  'rename-on-create=as=lower',
  'rename-on-create=as=suffix',
  'says-not-found=GET /server/{id}',
  'says-not-found=GET /server/{id},status=400,times=2',
  'says-not-found=GET /server/{id},status=400,message=Not found',
  'says-not-found=DELETE /server/{id},status=400,times=1',
  'says-not-found=DELETE /server/{id},times=5',
  'deleted-stays',
  'deleted-stays=as=Deleting',
  'delete-shows-deleting',
  'image-withdrawn=name=Ubuntu20.04x64',
  'dc-withdrawn=name=SdnSpb',
  'unreadable-row=name=web-1',
  'unreadable-row=name=web-1,as=text-id',
  'unreadable-row=name=Db,as=no-cpu',
  'unreadable-row=name=api,as=string',
  'russian-errors',
  'russian-errors=status=400',
  'hostile-text=GET /server',
  'hostile-text=as=bidi',
  'other-project',
  'error-as-200=POST /server,times=1',
  'error-as-200=GET /server,times=1',
  'error-as-200=GET /server/{id}',
  'refusal-as-200',
  'reset-after-accept=POST /server,times=1',
  'reset-after-accept=POST /network,times=1',
  'reset-after-accept=POST /server/{id}/action,times=1',
  'reset-after-accept=DELETE /server/{id},times=1',
  'reset-before-accept=POST /server,times=1',
  'server-error=POST /server,times=1',
  'empty-body=POST /server,times=1',
  'late-create=POST /server,ms=15000,times=1',
  'late-create=POST /network,ms=15000,times=1',
  'late-create=DELETE /server/{id},ms=15000,times=1',
] as const;

const name = fc.constantFrom(...serverNames);
const kill = fc
  .tuple(fc.integer({ min: 1, max: 16 }), fc.constantFrom('before', 'after'))
  .map(([write, when]) => ` killed ${when} write ${write}`);
const maybeKill = fc.oneof(fc.constant(''), kill);

/** `file web-1:1 Db:2:back:off`: servers with CPUs, network and power; everything else is the same for all. */
const server = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(of, fc.constantFrom('1', '2'), fc.constantFrom('', ':back'), fc.constantFrom('', ':off'))
    .map(([one, cpu, ...rest]) => `${one}:${cpu}${rest.join('')}`);
const file = (minLength: number): fc.Arbitrary<string> =>
  fc
    .uniqueArray(server(name), { minLength, maxLength: 3, selector: (text) => text.split(':')[0] })
    .map((servers) => ['file', ...servers].join(' '));

const event = fc.oneof(
  { weight: 4, arbitrary: file(0) },
  { weight: 1, arbitrary: name.map((one) => `panel rename ${one} to renamed`) },
  { weight: 1, arbitrary: fc.constant('panel rename renamed to web-1') },
  { weight: 2, arbitrary: name.map((one) => `panel delete ${one}`) },
  { weight: 1, arbitrary: name.map((one) => `panel resize ${one}`) },
  { weight: 1, arbitrary: name.map((one) => `panel switch ${one}`) },
  { weight: 1, arbitrary: name.map((one) => `panel create ${one}`) },
  { weight: 1, arbitrary: name.map((one) => `panel create ${one} alike`) },
  {
    weight: 1,
    arbitrary: fc.tuple(name, fc.constantFrom('before', 'after')).map(([one, when]) => `twin of ${one} ${when} the next create`),
  },
);

const run = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constantFrom('apply', 'apply', 'apply --yes'), maybeKill).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.tuple(name, maybeKill).map(([one, death]) => `destroy ${one}${death}`) },
  { weight: 1, arbitrary: maybeKill.map((death) => `destroy everything${death}`) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('start', 'stop'), name).map(([action, one]) => `power ${action} ${one}`) },
);

/** Some lies, something that somebody does, a run, and perhaps the truth again or some time. */
const chapter = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...lies), { maxLength: 2 }),
    fc.array(event, { maxLength: 2 }),
    run,
    fc.subarray(['truth', 'an hour passes']),
  )
  .map(([told, events, one, rest]) => [...told.map((lie) => `lie ${lie}`), ...events, one, ...rest]);

/** What happens to one account, line by line, so that a shrunk story can be read. It begins with something to lie about. */
export const story: fc.Arbitrary<string[]> = fc
  .tuple(file(1), fc.boolean(), fc.array(chapter, { minLength: 1, maxLength: 4 }))
  .map(([first, isApplied, chapters]) => [first, ...(isApplied ? ['apply'] : []), ...chapters.flat()]);
