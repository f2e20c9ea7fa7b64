import { Addresses, Tags, Variables } from '../names.bicep'

@description('One process of the platform, or several alike.')
param name string
param location string
param tags Tags
param image string
param registry string
@description('The environment that it runs in.')
param environmentId string
@description('Who it is.')
param identity string
@description('Who it is only while it begins; then nobody has that identity.')
param startingIdentity string = ''
@description('What it does while it begins, with which settings; nothing when empty.')
param startingArguments string[] = []
param startingSettings Variables = []
param arguments string[]
@description('Its settings, as environment variables.')
param settings Variables
@description('Secrets by the names that settings refer to, and where they are in the key vault.')
param vaultAddresses Addresses
param ingress resourceInput<'Microsoft.App/containerApps@2026-01-01'>.properties.configuration.ingress
param scale resourceInput<'Microsoft.App/containerApps@2026-01-01'>.properties.template.scale
param cpu string = '1.0'
param memory string = '2Gi'

var port = 8080
// What the image may write to; the rest of it is never written.
var mounts = [
  { volumeName: 'data', mountPath: '/data' }
  { volumeName: 'tmp', mountPath: '/tmp' }
]
var identityIds = empty(startingIdentity) ? [identity] : [identity, startingIdentity]

resource me 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: last(split(identity, '/'))
}

resource start 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = if (!empty(startingIdentity)) {
  name: last(split(startingIdentity, '/'))
}

resource app 'Microsoft.App/containerApps@2026-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: toObject(identityIds, it => it, it => {})
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 3
      ingress: ingress
      registries: [{ server: registry, identity: identity }]
      identitySettings: concat(
        [{ identity: identity, lifecycle: 'Main' }],
        empty(startingIdentity) ? [] : [{ identity: startingIdentity, lifecycle: 'Init' }]
      )
      secrets: map(items(vaultAddresses), it => { name: it.key, keyVaultUrl: it.value, identity: identity })
    }
    template: {
      terminationGracePeriodSeconds: 60
      volumes: [
        { name: 'data', storageType: 'EmptyDir' }
        { name: 'tmp', storageType: 'EmptyDir' }
      ]
      initContainers: empty(startingArguments)
        ? []
        : [
            {
              name: 'starting'
              image: image
              args: startingArguments
              env: concat(startingSettings, [{ name: 'AZURE_CLIENT_ID', value: start!.properties.clientId }])
              resources: { cpu: json('0.25'), memory: '0.5Gi' }
              volumeMounts: mounts
            }
          ]
      containers: [
        {
          name: 'platform'
          image: image
          args: concat(arguments, ['--data', '/data/platform', '--urls', 'http://+:${port}'])
          env: concat(settings, [{ name: 'AZURE_CLIENT_ID', value: me.properties.clientId }])
          resources: { cpu: json(cpu), memory: memory }
          volumeMounts: mounts
          probes: [
            // More than three minutes for the first start on an empty database and for the scripts of a new release.
            {
              type: 'Startup'
              httpGet: { path: '/health/live', port: port }
              periodSeconds: 20
              failureThreshold: 10
              timeoutSeconds: 5
            }
            {
              type: 'Liveness'
              httpGet: { path: '/health/live', port: port }
              periodSeconds: 10
              failureThreshold: 3
              timeoutSeconds: 5
            }
            {
              type: 'Readiness'
              httpGet: { path: '/health/ready', port: port }
              periodSeconds: 5
              failureThreshold: 3
              timeoutSeconds: 5
            }
          ]
        }
      ]
      scale: scale
    }
  }
}
