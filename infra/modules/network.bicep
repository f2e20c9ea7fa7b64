import { addresses, Tags } from '../names.bicep'

param name string
param location string
param tags Tags

var zoneNames = {
  database: 'dreamplatform.private.postgres.database.azure.com'
  table: 'privatelink.table.${environment().suffixes.storage}'
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  vault: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addresses.all] }
    subnets: [
      {
        name: 'silo'
        properties: {
          addressPrefix: addresses.silo
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'web'
        properties: {
          addressPrefix: addresses.web
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: addresses.database
          delegations: [
            { name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: addresses.endpoints }
      }
    ]
  }

  resource silo 'subnets' existing = { name: 'silo' }
  resource web 'subnets' existing = { name: 'web' }
  resource database 'subnets' existing = { name: 'database' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in items(zoneNames): {
    name: zone.value
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, index) in items(zoneNames): {
    parent: zones[index]
    name: 'network'
    location: 'global'
    tags: tags
    properties: {
      virtualNetwork: { id: network.id }
      registrationEnabled: false
    }
  }
]

output siloSubnet string = network::silo.id
output webSubnet string = network::web.id
output databaseSubnet string = network::database.id
output endpointSubnet string = network::endpoints.id
output databaseZone string = resourceId('Microsoft.Network/privateDnsZones', zoneNames.database)
output tableZone string = resourceId('Microsoft.Network/privateDnsZones', zoneNames.table)
output blobZone string = resourceId('Microsoft.Network/privateDnsZones', zoneNames.blob)
output vaultZone string = resourceId('Microsoft.Network/privateDnsZones', zoneNames.vault)
