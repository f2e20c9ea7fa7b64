import { Names, Tags } from '../names.bicep'

param names Names
param location string
param tags Tags

resource silo 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: names.siloIdentity
  location: location
  tags: tags
}

resource web 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: names.webIdentity
  location: location
  tags: tags
}

// Makes the logins of the others in PostgreSQL, which nothing but SQL can do, and is there only while a silo begins.
resource database 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: names.databaseIdentity
  location: location
  tags: tags
}

output silo string = silo.properties.principalId
output web string = web.properties.principalId
output database string = database.properties.principalId
