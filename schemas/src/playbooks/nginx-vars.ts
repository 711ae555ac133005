import * as z from 'zod';
import { doc } from '../text/text.ts';
import { bool, int, listOfDict, str } from './variable-types.ts';

/** Variables of the playbook `nginx`. Others may stand beside them: they are another playbook's. */
export const nginxVars = z.looseObject({
  http_port: int().optional().meta(doc('Short for `nginx_http_port`.')),
  nginx_http_port: int().default(80).meta(doc('Port of the default site.')),
  nginx_server_name: str().default('_').meta(doc('Host names of the default site, separated by spaces. `_` means all.')),
  nginx_root: str().default('/var/www/html').meta(doc('Folder that the default site serves.')),
  nginx_proxy: str().default('').meta(doc('Address that the default site passes requests to, instead of the folder.')),
  nginx_sites: listOfDict({
    name: str().meta(doc('Letters, digits, dots, dashes and underscores.')),
    port: int().optional().meta(doc('Port. The default is 80, with TLS 443.')),
    server_name: str().default('_').meta(doc('Host names, separated by spaces. `_` means all others on this port.')),
    root: str().optional().meta(doc('Folder to serve. Either this or `proxy`.')),
    index: str().default('index.html').meta(doc("File of a folder's address.")),
    proxy: str().optional().meta(doc('Address to pass requests to.')),
    max_body: str().default('1m').meta(doc('Largest request body.')),
    tls_certificate: str().optional().meta(doc('Certificate file on the server. With it the site speaks TLS.')),
    tls_key: str().optional().meta(doc('Key file on the server.')),
    extra: str().default('').meta(doc('More lines for the server block.')),
  })
    .default([])
    .meta(doc('Sites instead of the default one. A site that is taken out of the list is removed from the server.')),
  nginx_remove_distribution_site: bool().default(true).meta(doc("Whether the sample site of Debian's package is switched off.")),
});
