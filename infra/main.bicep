targetScope = 'subscription'

import { namesIn } from 'names.bicep'

@minLength(1)
@maxLength(64)
@description('What azd calls this environment.')
param environmentName string

@description('The region of everything.')
param location string

@secure()
@minLength(12)
@description('The password of the first operator, who changes it after signing in. Looked at only while there is none.')
param firstOperatorPassword string

@secure()
@description('The password for the SMTP server, if it wants one.')
param mailPassword string = ''

@description('Whether a second PostgreSQL server in another zone takes over; it doubles what the database costs.')
@allowed(['Disabled', 'ZoneRedundant'])
param databaseStandby string = 'Disabled'

var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module platform 'modules/platform.bicep' = {
  scope: group
  params: {
    names: namesIn(group.id)
    location: location
    tags: tags
    firstOperatorPassword: firstOperatorPassword
    mailPassword: mailPassword
    databaseStandby: databaseStandby
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = platform.outputs.registry
output AZURE_KEY_VAULT_ID string = platform.outputs.vaultId
