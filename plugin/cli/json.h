/* What the commands print for programs: DESIGN section 7, notmuch-cadence(1).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_JSON_H
#define CADENCE_CLI_JSON_H

#include <json-glib/json-glib.h>

#include "app.h"

/* A builder within an object that has `format` and `now` already. */
JsonBuilder *cli_json_begin(const CliApp *app);

/* Closes that object and appends it to the app's output. */
void cli_json_end(JsonBuilder *json, CliApp *app);

/* Members. Strings from anywhere are made valid; NULL, NONE, 0 for an instant and negative numbers
 * of what cannot be negative are null. */
void cli_json_string(JsonBuilder *json, const char *name, const char *value);
void cli_json_number(JsonBuilder *json, const char *name, gint64 value);
void cli_json_flag(JsonBuilder *json, const char *name, gboolean value);
void cli_json_day(JsonBuilder *json, const char *name, CadenceDay day);
void cli_json_instant(JsonBuilder *json, const char *name, gint64 instant, const CliApp *app);
void cli_json_strings(JsonBuilder *json, const char *name, const char *const *values);

/* "id:..."; null for NULL. */
void cli_json_evidence(JsonBuilder *json, const char *name, const char *id);

/* The whole output of list and show; `prospects` of CliProspect (prospects.h). */
void cli_json_prospects(const GPtrArray *prospects, gboolean timeline, CliApp *app);

/* One standing, as an element of `prospects`; with `timeline` that too. */
void cli_json_standing(JsonBuilder *json, const CadenceStanding *standing, gboolean timeline,
                       const CliApp *app);

/* `before` and `after` of a change; NULL is null. */
void cli_json_standings(JsonBuilder *json, const CadenceStanding *before,
                        const CadenceStanding *after, const CliApp *app);

/* `decision`, `unknown`, `summary`, `until` and `reasons`; `verdict` NULL: it could not be made. */
void cli_json_verdict(JsonBuilder *json, const CadenceVerdict *verdict, const char *unknown);

/* All members of check; `judgement` NULL: it could not be made. */
void cli_json_judgement(JsonBuilder *json, const CadenceJudgement *judgement, const char *unknown,
                        const CliApp *app);

#endif
