import { contents, roles, Tags } from '../names.bicep'

param name string
param location string
param tags Tags
param logs string
param subnet string
param tableZone string
param blobZone string
param silo string
param web string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // What was erased is unreadable at once, for its key is gone; a mistake of ours can be undone for a week.
      deleteRetentionPolicy: { enabled: true, days: 7 }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource files 'containers' = {
      name: contents.container
      properties: { publicAccess: 'None' }
    }
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource vault 'tables' = { name: contents.table }
  }
}

// A process asks for its table at start, which is asked of the account; there is no other table in it.
resource siloTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, 'silo', roles.writeTables)
  scope: account
  properties: {
    principalId: silo
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.writeTables)
  }
}

resource fileWriters 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (writer, index) in [silo, web]: {
    name: guid(account::blobs::files.id, string(index), roles.writeBlobs)
    scope: account::blobs::files
    properties: {
      principalId: writer
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.writeBlobs)
    }
  }
]

resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: account::tables
  properties: { workspaceId: logs, logs: [{ categoryGroup: 'audit', enabled: true }] }
}

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: account::blobs
  properties: { workspaceId: logs, logs: [{ categoryGroup: 'audit', enabled: true }] }
}

module tableEndpoint 'endpoint.bicep' = {
  params: { target: account.id, group: 'table', location: location, tags: tags, subnet: subnet, zone: tableZone }
}

module blobEndpoint 'endpoint.bicep' = {
  params: { target: account.id, group: 'blob', location: location, tags: tags, subnet: subnet, zone: blobZone }
}
