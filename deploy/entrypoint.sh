#!/bin/sh
# Gives Prefect the secrets that are mounted as files: PREFECT_X_FILE=/run/secrets/x sets PREFECT_X to its one line.
# Launch Kits reads its own and Slack's NAME_FILE by itself.
set -eu

for name in $(env | sed -n 's/^\(PREFECT_[A-Z0-9_]*\)_FILE=.*/\1/p'); do
    file=$(printenv "${name}_FILE")
    if [ ! -r "$file" ]; then
        echo "${name}_FILE=\"$file\" cannot be read; mount the secret there, or unset the variable" >&2
        exit 1
    fi
    # unset, because Launch Kits refuses a secret that is given in both ways
    unset "${name}_FILE"
    export "$name=$(cat "$file")"
done

exec "$@"
