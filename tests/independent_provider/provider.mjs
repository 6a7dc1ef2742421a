// An OpenID Connect provider written by others (oidc-provider), set up as FranceConnect, FranceConnect+ and ProConnect are:
// ES256, UserInfo as a signed JWT, client_secret_post, no PKCE, acr, sign-out asked by the client. What it checks, we did not write.
//
// One JSON line on standard input: { clients, scopes, people: { key: { acr, claims } } }. Prints its issuer; stops with its input.

import { createServer } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

const BASE = '/api/v2';
const LIVES = { AuthorizationCode: 30, AccessToken: 60, IdToken: 60, Interaction: 600, Session: 1800, Grant: 1800 };

const input = createInterface({ input: process.stdin });
const { clients, scopes, people } = JSON.parse(await new Promise((resolve) => input.once('line', resolve)));
input.once('close', () => process.exit(0));

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

function settings() {
  return {
    clients,
    claims: { ...scopes, acr: null },
    scopes: Object.keys(scopes),
    acrValues: ['eidas1', 'eidas1-mfa', 'eidas2', 'eidas3'],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'of-today' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    pkce: { required: () => false },
    ttl: LIVES,
    routes: { authorization: '/authorize', token: '/token', userinfo: '/userinfo', jwks: '/jwks', end_session: '/session/end' },
    interactions: { url: (_, interaction) => `${BASE}/interaction/${interaction.uid}` },
    findAccount: (_, key) => ({ accountId: key, claims: () => ({ sub: key, ...people[key].claims }) }),
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      encryption: { enabled: true },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => { ctx.body = form; } },
    },
  };
}

async function interaction(provider, request, response) {
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(Object.keys(people).map((key) => `<button name="choice" value="${key}"></button>`).join(''));
    return;
  }
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const choice = new URLSearchParams(Buffer.concat(chunks).toString()).get('choice');
  const { params } = await provider.interactionDetails(request, response);
  if (!(choice in people)) {
    const refused = { error: 'access_denied', error_description: 'User auth aborted' };
    await provider.interactionFinished(request, response, refused, { mergeWithLastSubmission: false });
    return;
  }
  const grant = new provider.Grant({ accountId: choice, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const grantId = await grant.save();
  const acr = people[choice].acr ?? params.acr_values;
  const login = { accountId: choice, acr };
  await provider.interactionFinished(request, response, { login, consent: { grantId } }, { mergeWithLastSubmission: false });
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}${BASE}`;
  const provider = new Provider(issuer, settings());
  const protocol = provider.callback();
  server.on('request', (request, response) => {
    if (request.url.startsWith(`${BASE}/interaction/`)) {
      interaction(provider, request, response).catch((trouble) => { response.statusCode = 500; response.end(String(trouble)); });
      return;
    }
    request.originalUrl = request.url;
    request.url = request.url.slice(BASE.length) || '/';
    protocol(request, response);
  });
  console.log(issuer);
});
