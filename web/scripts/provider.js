// A real OpenID Connect provider for the tests of signing in: one client, people
// as told on the command line, and a sign-in form that takes any password.
import { Provider } from 'oidc-provider'

const people = JSON.parse(process.argv[2])
const server = (await import('node:http')).createServer()
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const issuer = `http://127.0.0.1:${server.address().port}`
const provider = new Provider(issuer, {
  clients: [{ client_id: 'docket', client_secret: 'a-secret-of-the-test', redirect_uris: [process.argv[3]], grant_types: ['authorization_code'], response_types: ['code'] }],
  scopes: ['openid', 'profile', 'email', 'groups'],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'], groups: ['groups'] },
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  findAccount: (_, sub) => people[sub] && { accountId: sub, claims: () => ({ sub, ...people[sub] }) },
})
server.on('request', provider.callback())
console.log(issuer)
process.stdin.resume()
process.stdin.on('end', () => process.exit()) // ends with the test
