import { secretNames, Tags } from '../names.bicep'

param name string
param location string
param tags Tags
param logs string
param subnet string
param zone string
@secure()
param firstOperatorPassword string
@secure()
param mailPassword string
param web string

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' }
  }

  resource operator 'secrets' = {
    name: secretNames.firstOperatorPassword
    properties: { value: firstOperatorPassword }
  }

  resource mail 'secrets' = if (!empty(mailPassword)) {
    name: secretNames.mailPassword
    properties: { value: mailPassword }
  }
}

module operatorReaders 'secret-readers.bicep' = {
  params: { vault: vault.name, entry: secretNames.firstOperatorPassword, readers: [web] }
  dependsOn: [vault::operator]
}

module mailReaders 'secret-readers.bicep' = if (!empty(mailPassword)) {
  params: { vault: vault.name, entry: secretNames.mailPassword, readers: [web] }
  dependsOn: [vault::mail]
}

module endpoint 'endpoint.bicep' = {
  params: { target: vault.id, group: 'vault', location: location, tags: tags, subnet: subnet, zone: zone }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: vault
  properties: { workspaceId: logs, logs: [{ categoryGroup: 'audit', enabled: true }] }
}

output id string = vault.id
