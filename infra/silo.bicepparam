using 'silo.bicep'

param image = readEnvironmentVariable('SERVICE_SILO_IMAGE_NAME')
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param siloCount = int(readEnvironmentVariable('SILO_COUNT', '2'))
param slot = readEnvironmentVariable('SILO_SLOT')
param previousKeyVersion = readEnvironmentVariable('PREVIOUS_KEY_VERSION', '')
