import { addresses, contents, namesIn, secretNames } from 'names.bicep'

param image string
param environmentName string
param location string = resourceGroup().location
@minValue(2)
param maxReplicas int
param firstOperatorEmail string
param mailHost string
param mailSecurity string
param mailUser string
param mailFrom string
@description('The address of the website, when it is not the one that Azure gives.')
param siteUrl string
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

resource websites 'Microsoft.App/managedEnvironments@2026-01-01' existing = {
  name: names.webEnvironment
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = {
  name: names.registry
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.webIdentity
}

module web 'modules/app.bicep' = {
  params: {
    name: 'web'
    location: location
    tags: { 'azd-env-name': environmentName, 'azd-service-name': 'web' }
    image: image
    registry: registry.properties.loginServer
    environmentId: websites.id
    identity: identity.id
    arguments: ['--role', 'web']
    settings: concat(
      [
        { name: 'Database__Postgres', value: '${database};Username=${names.webIdentity};${asOwner}' }
        { name: 'Files__AzureBlobs__Endpoint', value: 'https://${names.storage}.blob.${storageSuffix}' }
        { name: 'Files__AzureBlobs__Container', value: contents.container }
        { name: 'Keys__Secret', secretRef: secretNames.key }
        { name: 'Site__Url', value: empty(siteUrl) ? 'https://web.${websites.properties.defaultDomain}' : siteUrl }
        // The proxies of the environment: what Azure keeps for itself, and the subnet that they are in.
        { name: 'Proxies__Trusted__0', value: '100.64.0.0/10' }
        { name: 'Proxies__Trusted__1', value: '169.254.0.0/16' }
        { name: 'Proxies__Trusted__2', value: '127.0.0.0/8' }
        { name: 'Proxies__Trusted__3', value: addresses.web }
      ],
      empty(previousKeyVersion) ? [] : [{ name: 'Keys__PreviousSecret', secretRef: previousKey }],
      empty(firstOperatorEmail)
        ? []
        : [
            { name: 'FirstOperator__Email', value: firstOperatorEmail }
            { name: 'FirstOperator__Password', secretRef: secretNames.firstOperatorPassword }
          ],
      empty(mailHost)
        ? []
        : [
            { name: 'Mail__Host', value: mailHost }
            { name: 'Mail__Security', value: mailSecurity }
            { name: 'Mail__From', value: mailFrom }
          ],
      empty(mailUser)
        ? []
        : [
            { name: 'Mail__User', value: mailUser }
            { name: 'Mail__Password', secretRef: secretNames.mailPassword }
          ]
    )
    vaultAddresses: union(
      { '${secretNames.key}': '${secrets}/${secretNames.key}' },
      empty(previousKeyVersion) ? {} : { '${previousKey}': '${secrets}/${secretNames.key}/${previousKeyVersion}' },
      empty(firstOperatorEmail)
        ? {}
        : { '${secretNames.firstOperatorPassword}': '${secrets}/${secretNames.firstOperatorPassword}' },
      empty(mailUser) ? {} : { '${secretNames.mailPassword}': '${secrets}/${secretNames.mailPassword}' }
    )
    ingress: {
      external: true
      transport: 'auto'
      targetPort: 8080
      allowInsecure: false
    }
    scale: {
      minReplicas: 2
      maxReplicas: maxReplicas
      rules: [{ name: 'requests', http: { metadata: { concurrentRequests: '50' } } }]
    }
  }
}
