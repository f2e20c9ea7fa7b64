import { Names, Tags } from '../names.bicep'

param names Names
param location string
param tags Tags
@secure()
param firstOperatorPassword string
@secure()
param mailPassword string
param databaseStandby string

module logs 'logs.bicep' = {
  params: { name: names.logs, location: location, tags: tags }
}

module network 'network.bicep' = {
  params: { name: names.network, location: location, tags: tags }
}

module identities 'identities.bicep' = {
  params: { names: names, location: location, tags: tags }
}

module registry 'registry.bicep' = {
  params: {
    name: names.registry
    location: location
    tags: tags
    logs: logs.outputs.id
    readers: [identities.outputs.silo, identities.outputs.web]
  }
}

module database 'database.bicep' = {
  params: {
    name: names.database
    location: location
    tags: tags
    logs: logs.outputs.id
    subnet: network.outputs.databaseSubnet
    dnsZone: network.outputs.databaseZone
    standby: databaseStandby
    administrator: identities.outputs.database
    administratorName: names.databaseIdentity
  }
}

module storage 'storage.bicep' = {
  params: {
    name: names.storage
    location: location
    tags: tags
    logs: logs.outputs.id
    subnet: network.outputs.endpointSubnet
    tableZone: network.outputs.tableZone
    blobZone: network.outputs.blobZone
    silo: identities.outputs.silo
    web: identities.outputs.web
  }
}

module vault 'vault.bicep' = {
  params: {
    name: names.vault
    location: location
    tags: tags
    logs: logs.outputs.id
    subnet: network.outputs.endpointSubnet
    zone: network.outputs.vaultZone
    firstOperatorPassword: firstOperatorPassword
    mailPassword: mailPassword
    web: identities.outputs.web
  }
}

// Silos are reached at the address of their environment, so it must be one that the world does not reach.
module siloEnvironment 'environment.bicep' = {
  params: {
    name: names.siloEnvironment
    location: location
    tags: tags
    logs: logs.outputs.id
    subnet: network.outputs.siloSubnet
    isPrivate: true
  }
}

module webEnvironment 'environment.bicep' = {
  params: {
    name: names.webEnvironment
    location: location
    tags: tags
    logs: logs.outputs.id
    subnet: network.outputs.webSubnet
    isPrivate: false
  }
}

output registry string = registry.outputs.endpoint
output vaultId string = vault.outputs.id
