using 'silo.bicep'

param image = readEnvironmentVariable('SERVICE_SILO_IMAGE_NAME')
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param siloCount = int(readEnvironmentVariable('SILO_COUNT', '2'))
param slot = readEnvironmentVariable('SILO_SLOT')
param mailHost = readEnvironmentVariable('MAIL_HOST', '')
param mailSecurity = readEnvironmentVariable('MAIL_SECURITY', 'starttls')
param mailUser = readEnvironmentVariable('MAIL_USER', '')
param mailFrom = readEnvironmentVariable('MAIL_FROM', '')
param siteUrl = readEnvironmentVariable('SITE_URL', '')
param previousKeyVersion = readEnvironmentVariable('PREVIOUS_KEY_VERSION', '')
