#!/bin/sh
# Stops the silos of the release before, one by one, once those of this release are ready.
# Each finishes what it accepted.
set -eu
apps() {
  az containerapp list --resource-group "$AZURE_RESOURCE_GROUP" --query "[?tags.slot=='$1'].name" --output tsv
}
health() {
  az containerapp revision list --resource-group "$AZURE_RESOURCE_GROUP" --name "$1" \
    --query "[?properties.active].properties.healthState | [0]" --output tsv
}
SILO_SLOT=$(azd env get-value SILO_SLOT)
case "$SILO_SLOT" in
  a) before=b ;;
  b) before=a ;;
  *) echo "SILO_SLOT is $SILO_SLOT, neither a nor b." >&2; exit 1 ;;
esac

ready=$(apps "$SILO_SLOT")
[ -n "$ready" ] || { echo "There are no silos in slot $SILO_SLOT." >&2; exit 1; }
for app in $ready; do
  tries=0
  until [ "$(health "$app")" = Healthy ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || { echo "$app did not become ready; the silos before it go on." >&2; exit 1; }
    sleep "${SILO_POLL_SECONDS:-10}"
  done
done
for app in $(apps "$before"); do
  az containerapp delete --resource-group "$AZURE_RESOURCE_GROUP" --name "$app" --yes --output none
done
