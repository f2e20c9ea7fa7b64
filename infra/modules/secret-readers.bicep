import { roles } from '../names.bicep'

param vault string
param entry string
@description('Who may read this secret, and no other.')
param readers string[]

resource read 'Microsoft.KeyVault/vaults/secrets@2025-05-01' existing = {
  name: '${vault}/${entry}'
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for reader in readers: {
    name: guid(read.id, reader, roles.readSecrets)
    scope: read
    properties: {
      principalId: reader
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.readSecrets)
    }
  }
]
