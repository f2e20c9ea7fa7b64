#!/bin/sh
# Chooses where the silos of a release go: beside those that run, at other ports. Two at one address would push each
# other out. A release that failed is tried again where it was.
set -eu
slots=$(az containerapp list --resource-group "$AZURE_RESOURCE_GROUP" --query "[?tags.slot].tags.slot" --output tsv)
case "$(printf '%s\n' "$slots" | sort -u | tr -d '\n')" in
  '' | b) next=a ;;
  a) next=b ;;
  *) next=${SILO_SLOT:?"There are silos in both slots. Set the one to deploy to: azd env set SILO_SLOT a (or b)."} ;;
esac
azd env set SILO_SLOT "$next"
