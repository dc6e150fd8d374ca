#!/usr/bin/env bash
# The labelled sets of $CADENCE_CORPORA against the targets: every FOLDER beside a FOLDER.tsv whose first column
# holds labels that score knows.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
here=$(cd "$(dirname "$0")" && pwd)
[ -d "${CADENCE_CORPORA:-}" ] || {
  echo 'SKIPPED: no labelled mail: CADENCE_CORPORA does not name a folder'
  exit 77
}
status=0
ran=0
for table in "$CADENCE_CORPORA"/*.tsv; do
  folder=${table%.tsv}
  [ -d "$folder" ] || continue
  grep -q -P '^(bounce|auto|human|optout|putsoff)\t' "$table" || continue
  ran=$((ran + 1))
  "$here/score" "$folder" "$table" || status=1
done
[ "$ran" -gt 0 ] || {
  echo "SKIPPED: no labelled set in $CADENCE_CORPORA"
  exit 77
}
exit $status
