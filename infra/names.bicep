@export()
type Names = {
  siloEnvironment: string
  webEnvironment: string
  siloIdentity: string
  webIdentity: string
  databaseIdentity: string
  network: string
  database: string
  storage: string
  vault: string
  registry: string
  logs: string
}

@export()
type Tags = { *: string }

@export()
@description('Settings by the names of their environment variables: Site__Url is Site:Url.')
type Variables = { name: string, value: string?, secretRef: string? }[]

@export()
@description('Where secrets are, by the names that they have in an app.')
type Addresses = { *: string }

@export()
@description('What everything in a resource group is called, for whoever makes it and whoever looks it up.')
func namesIn(groupId string) Names => namesOf(uniqueString(groupId))

func namesOf(token string) Names => {
  siloEnvironment: 'cae-silo-${token}'
  webEnvironment: 'cae-web-${token}'
  siloIdentity: 'id-silo-${token}'
  webIdentity: 'id-web-${token}'
  databaseIdentity: 'id-database-${token}'
  network: 'vnet-${token}'
  database: 'psql-${token}'
  storage: 'st${token}'
  vault: 'kv-${token}'
  registry: 'cr${token}'
  logs: 'log-${token}'
}

@export()
@description('The names inside of the accounts, as the settings have them.')
var contents = {
  database: 'dreamplatform'
  table: 'vault'
  container: 'files'
}

@export()
@description('Our network, and what is where in it.')
var addresses = {
  all: '10.77.0.0/22'
  silo: '10.77.0.0/25'
  web: '10.77.0.128/25'
  database: '10.77.1.0/27'
  endpoints: '10.77.1.32/27'
}

@export()
@description('What a secret is called in the key vault.')
var secretNames = {
  key: 'keys-secret'
  firstOperatorPassword: 'first-operator-password'
  mailPassword: 'mail-password'
}

@export()
@description('Roles that Azure has built in.')
var roles = {
  pullImages: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
  readSecrets: '4633458b-17de-408a-b874-0445c86b69e6'
  writeTables: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  writeBlobs: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
}

@export()
@description('Where a silo listens and is reached: no two in an environment at the same port, of either slot.')
func siloPorts(slot string, number int) { silo: int, gateway: int } => {
  silo: (slot == 'a' ? 11110 : 11120) + number
  gateway: (slot == 'a' ? 30000 : 30010) + number
}
