import { Tags } from '../names.bicep'

@description('What is to have an address in the network.')
param target string
@description('Which part of it.')
param group string
param location string
param tags Tags
param subnet string
param zone string

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: 'pe-${group}-${last(split(target, '/'))}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnet }
    privateLinkServiceConnections: [
      { name: group, properties: { privateLinkServiceId: target, groupIds: [group] } }
    ]
  }

  resource dns 'privateDnsZoneGroups' = {
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: group, properties: { privateDnsZoneId: zone } }] }
  }
}
