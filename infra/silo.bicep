import { contents, namesIn, secretNames, siloPorts } from 'names.bicep'

param image string
param environmentName string
param location string = resourceGroup().location
@minValue(2)
@maxValue(9)
@description('How many silos; each is an app of its own with one replica. See docs/adr/0016-deploying.md.')
param siloCount int
@allowed(['a', 'b'])
@description('A release takes the place of the one before by the other slot, beside it.')
param slot string
@description('The version of the key before, while it is replaced.')
param previousKeyVersion string

var names = namesIn(resourceGroup().id)
var databaseHost = '${names.database}.postgres.database.azure.com'
var database = 'Host=${databaseHost};Database=${contents.database};SSL Mode=VerifyFull'
// Whoever makes a table makes it for all: what both own is upgraded by either.
var asOwner = 'Options=-c role=${contents.database}'
var storageSuffix = environment().suffixes.storage
var secrets = 'https://${names.vault}${environment().suffixes.keyvaultDns}/secrets'
var previousKey = '${secretNames.key}-previous'

resource silos 'Microsoft.App/managedEnvironments@2026-01-01' existing = {
  name: names.siloEnvironment
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = {
  name: names.registry
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.siloIdentity
}

resource web 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.webIdentity
}

resource databaseIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.databaseIdentity
}

module silo 'modules/app.bicep' = [
  for number in range(1, siloCount): {
    params: {
      name: 'silo-${slot}${number}'
      location: location
      // Not azd-service-name, which azd takes to be on one app only.
      tags: { 'azd-env-name': environmentName, slot: slot }
      image: image
      registry: registry.properties.loginServer
      environmentId: silos.id
      identity: identity.id
      startingIdentity: databaseIdentity.id
      startingArguments: [
        'admit'
        '${names.siloIdentity}=${identity.properties.principalId}'
        '${names.webIdentity}=${web.properties.principalId}'
        '--data'
        '/data/platform'
      ]
      startingSettings: [
        { name: 'Database__Postgres', value: '${database};Username=${names.databaseIdentity}' }
      ]
      arguments: ['--role', 'silo']
      settings: concat(
        [
          { name: 'Cluster__AdvertisedAddress', value: silos.properties.staticIp }
          { name: 'Cluster__SiloPort', value: string(siloPorts(slot, number).silo) }
          { name: 'Cluster__GatewayPort', value: string(siloPorts(slot, number).gateway) }
          { name: 'Database__Postgres', value: '${database};Username=${names.siloIdentity};${asOwner}' }
          { name: 'Vault__AzureTables__Endpoint', value: 'https://${names.storage}.table.${storageSuffix}' }
          { name: 'Vault__AzureTables__Table', value: contents.table }
          { name: 'Files__AzureBlobs__Endpoint', value: 'https://${names.storage}.blob.${storageSuffix}' }
          { name: 'Files__AzureBlobs__Container', value: contents.container }
          { name: 'Keys__Secret', secretRef: secretNames.key }
        ],
        empty(previousKeyVersion) ? [] : [{ name: 'Keys__PreviousSecret', secretRef: previousKey }]
      )
      vaultAddresses: union(
        { '${secretNames.key}': '${secrets}/${secretNames.key}' },
        empty(previousKeyVersion) ? {} : { '${previousKey}': '${secrets}/${secretNames.key}/${previousKeyVersion}' }
      )
      // Not the world: the environment has an address of our network only. Each silo has ports of its own there.
      ingress: {
        external: true
        transport: 'tcp'
        targetPort: siloPorts(slot, number).silo
        exposedPort: siloPorts(slot, number).silo
        additionalPortMappings: [
          {
            external: true
            targetPort: siloPorts(slot, number).gateway
            exposedPort: siloPorts(slot, number).gateway
          }
        ]
      }
      scale: { minReplicas: 1, maxReplicas: 1 }
    }
  }
]
