// Makes the key-encryption key, once, and lets silo and web read it. See make-key.sh.
import { namesIn, secretNames } from 'names.bicep'

@secure()
@description('The key, when there is none yet; or a new one, to rotate.')
param secret string = ''

var names = namesIn(resourceGroup().id)

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: names.vault

  resource key 'secrets' = if (!empty(secret)) {
    name: secretNames.key
    properties: { value: secret }
  }
}

resource silo 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.siloIdentity
}

resource web 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.webIdentity
}

module readers 'modules/secret-readers.bicep' = {
  params: {
    vault: names.vault
    entry: secretNames.key
    readers: [silo.properties.principalId, web.properties.principalId]
  }
  dependsOn: [vault::key]
}
