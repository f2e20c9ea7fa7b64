#!/bin/sh
# Makes the key-encryption key in the key vault if there is none, and lets silo and web read it. Nobody sees the key:
# it goes through Azure Resource Manager, for the key vault has no public address. azd runs this after each provision.
set -eu
secrets="https://management.azure.com$AZURE_KEY_VAULT_ID/secrets?api-version=2025-05-01"
# A look that fails must end here: a key that is replaced opens nothing any more.
known=$(az rest --method get --url "$secrets" --query "length(value[?name=='keys-secret'])" --output tsv)
umask 077
parameters=$(mktemp)
trap 'rm -f "$parameters"' EXIT
case "$known" in
  0) printf '{"secret":{"value":"%s"}}' "$(openssl rand -base64 32)" > "$parameters" ;;
  1) printf '{}' > "$parameters" ;;
  *) echo "It is not known whether there is a key: $known" >&2; exit 1 ;;
esac
az deployment group create --resource-group "$AZURE_RESOURCE_GROUP" --name key \
  --template-file "$(dirname "$0")/key.bicep" --parameters "@$parameters" --output none
