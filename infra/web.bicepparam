using 'web.bicep'

param image = readEnvironmentVariable('SERVICE_WEB_IMAGE_NAME')
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param maxReplicas = int(readEnvironmentVariable('WEB_MAX_REPLICAS', '10'))
param firstOperatorEmail = readEnvironmentVariable('FIRST_OPERATOR_EMAIL', '')
param mailHost = readEnvironmentVariable('MAIL_HOST', '')
param mailSecurity = readEnvironmentVariable('MAIL_SECURITY', 'starttls')
param mailUser = readEnvironmentVariable('MAIL_USER', '')
param mailFrom = readEnvironmentVariable('MAIL_FROM', '')
param siteUrl = readEnvironmentVariable('SITE_URL', '')
param previousKeyVersion = readEnvironmentVariable('PREVIOUS_KEY_VERSION', '')
