import { expect, test } from 'vitest';
import { infraFile } from '#schemas/infra/infra-file.ts';
import { oldInfraFile, oldTemplate } from '#schemas/infra/old-format.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import { convertOldFormat } from './convert-old-format.ts';

const template = (text: string) => oldTemplate.parse(parseYaml('', text).value);
const min = template('CPU: 2\nRAM: 1024\nHDD: 40\nHDDType: "SSD"\nImageID: "3492"\n');
const big = template('CPU: 6\nRAM: 1536\nHDD: 240\nHDDType: HDD\nImageID: 12\n');

const convert = (text: string, templates = new Map([['min_01', min]])) =>
  convertOldFormat(oldInfraFile.parse(parseYaml('', text).value), 'shop', templates);

const sample = `back-xelent:
  VDC_options: { DC: Xelent, pull: base }
  Servers:
    - Nginx: { template: min_01, playbook: Nginx_install, value: 2 }
    - BD: { template: min_01, playbook: PosgreSQL_install, value: 1 }
`;

test('servers keep their names, so that an apply adopts them; the result is a valid file', () => {
  const { text } = convert(sample);
  expect(text).toMatchInlineSnapshot(`
    "version: 1
    project: shop
    sizes:
      min_01:
        cpu: 2
        ram: 1 GB
        disk: 40 GB
        disk_type: SSD
    servers:
      Nginx_1:
        dc: Xelent
        pool: base
        size: min_01
        image: "3492"
        playbooks:
          - path: templates/playbooks/Nginx_install.yml
      Nginx_2:
        dc: Xelent
        pool: base
        size: min_01
        image: "3492"
        playbooks:
          - path: templates/playbooks/Nginx_install.yml
      BD_1:
        dc: Xelent
        pool: base
        size: min_01
        image: "3492"
        playbooks:
          - path: templates/playbooks/PosgreSQL_install.yml
    groups:
      Nginx:
        servers:
          - Nginx_1
          - Nginx_2
      BD:
        servers:
          - BD_1
      back-xelent:
        servers:
          - Nginx_1
          - Nginx_2
          - BD_1
    "
  `);
  expect(infraFile.safeParse(parseYaml('', text).value).success).toBe(true);
});

test('what the old file leaves out has the defaults of the earlier ict', () => {
  const { text } = convert('front:\n  Servers:\n    - Web: {}\n', new Map([['min_02', min]]));
  const { servers } = infraFile.parse(parseYaml('', text).value);
  expect(servers).toEqual({
    Web_1: { dc: 'Xelent', pool: 'base', size: 'min_02', image: '3492', playbooks: [{ path: 'templates/playbooks/Nginx_install.yml' }] },
  });
});

test('the high pool, disks called HDD, and memory that is no whole GB', () => {
  const { text } = convert(
    'g:\n  VDC_options: { DC: DataSpace, pull: hight }\n  Servers: [{ S: { template: big } }]\n',
    new Map([['big', big]]),
  );
  const { servers, sizes } = infraFile.parse(parseYaml('', text).value);
  expect(servers?.['S_1']).toMatchObject({ dc: 'DataSpace', pool: 'high', image: '12' });
  expect(sizes?.['big']).toEqual({ cpu: 6, ram: 1536, disk: 240, disk_type: 'SAS' });
});

test('hardware that is not found is remarked, and not made up', () => {
  const { text, remarks } = convert(sample, new Map());
  expect(text).not.toContain('cpu');
  expect(remarks.map((remark) => remark.args?.[0])).toEqual(['min_01', 'min_01', undefined]);
});
