/* The kinds of value, a row each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "values.h"

#include <cadence/terms.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "faults.h"
#include "names.h"
#include "quantities.h"

#define SHOWN(value) (cadence_quoted(value).text)

static char *
read_text(const char *text, gpointer field)
{
  *(char **)field = g_strdup(text);
  return NULL;
}

static char *
write_text(gconstpointer field)
{
  const char *text = *(char *const *)field;
  return g_strdup(text ? text : "");
}

static char *
read_grouping(const char *text, gpointer field)
{
  gboolean address = g_str_equal(text, "address");
  if (!address && !g_str_equal(text, "domain"))
    return g_strdup_printf(_("\"%s\" is not known here; write domain or address"), SHOWN(text));
  *(CadenceGroup *)field = address ? CADENCE_GROUP_ADDRESS : CADENCE_GROUP_DOMAIN;
  return NULL;
}

static char *
write_grouping(gconstpointer field)
{
  return g_strdup(*(const CadenceGroup *)field == CADENCE_GROUP_ADDRESS ? "address" : "domain");
}

static char *
read_on_error(const char *text, gpointer field)
{
  gboolean hold = g_str_equal(text, "hold");
  if (!hold && !g_str_equal(text, "send"))
    return g_strdup_printf(_("\"%s\" is not known here; write send or hold"), SHOWN(text));
  *(gboolean *)field = hold;
  return NULL;
}

static char *
write_on_error(gconstpointer field)
{
  return g_strdup(*(const gboolean *)field ? "hold" : "send");
}

static char *
read_severity(const char *text, gpointer field)
{
  if (!cadence_severity_from_id(text, field))
    return g_strdup_printf(_("\"%s\" is no severity; write off, note, warn or stop"), SHOWN(text));
  return NULL;
}

static char *
read_severity_firm(const char *text, gpointer field)
{
  CadenceSeverity severity;
  if (!cadence_severity_from_id(text, &severity) || severity < CADENCE_SEVERITY_WARN)
    return g_strdup_printf(_("\"%s\" is not possible here; write warn or stop"), SHOWN(text));
  *(CadenceSeverity *)field = severity;
  return NULL;
}

static char *
write_severity(gconstpointer field)
{
  return g_strdup(cadence_severity_id(*(const CadenceSeverity *)field));
}

static char *
read_channel(const char *text, gpointer field)
{
  if (!cadence_channel_from_id(text, field))
    return g_strdup_printf(_("\"%s\" is no channel; write mail, phone, meeting, post or other"),
                           SHOWN(text));
  return NULL;
}

static char *
write_channel(gconstpointer field)
{
  return g_strdup(cadence_channel_id(*(const CadenceChannel *)field));
}

static char *
read_stage(const char *text, gpointer field)
{
  if (!cadence_stage_from_id(text, field))
    return g_strdup_printf(_("\"%s\" is no stage; write lead, qualified, nurture or won"),
                           SHOWN(text));
  return NULL;
}

static char *
write_stage(gconstpointer field)
{
  const char *id = cadence_stage_id(*(const CadenceStage *)field);
  return g_strdup(id ? id : "");
}

static const struct {
  char *(*read)(const char *text, gpointer field);
  char *(*write)(gconstpointer field);
  gboolean may_be_empty;
} kinds[] = {
    [CADENCE_VALUE_TEXT] = {read_text, write_text, TRUE},
    [CADENCE_VALUE_NOTE] = {read_text, write_text, TRUE},
    [CADENCE_VALUE_ZONE] = {cadence_names_read_zone, write_text, TRUE},
    [CADENCE_VALUE_FOLDER] = {cadence_names_read_folder, write_text, TRUE},
    [CADENCE_VALUE_TAG] = {cadence_names_read_tag, write_text, TRUE},
    [CADENCE_VALUE_TAGS] = {cadence_names_read_tags, cadence_names_write_list, TRUE},
    [CADENCE_VALUE_ENTRIES] = {cadence_names_read_entries, cadence_names_write_entries, TRUE},
    [CADENCE_VALUE_ADDRESS] = {cadence_names_read_address, write_text, FALSE},
    [CADENCE_VALUE_MESSAGE_ID] = {cadence_names_read_message_id, cadence_names_write_message_id,
                                  FALSE},
    [CADENCE_VALUE_GROUPING] = {read_grouping, write_grouping, FALSE},
    [CADENCE_VALUE_ON_ERROR] = {read_on_error, write_on_error, FALSE},
    [CADENCE_VALUE_SEVERITY] = {read_severity, write_severity, FALSE},
    [CADENCE_VALUE_SEVERITY_FIRM] = {read_severity_firm, write_severity, FALSE},
    [CADENCE_VALUE_CHANNEL] = {read_channel, write_channel, FALSE},
    [CADENCE_VALUE_STAGE] = {read_stage, write_stage, FALSE},
    [CADENCE_VALUE_INTERVALS] = {cadence_quantities_read_intervals,
                                 cadence_quantities_write_intervals, FALSE},
    [CADENCE_VALUE_DURATION] = {cadence_quantities_read_duration, cadence_quantities_write_duration,
                                FALSE},
    [CADENCE_VALUE_DURATION_OR_NEVER] = {cadence_quantities_read_duration_or_never,
                                         cadence_quantities_write_duration_or_never, FALSE},
    [CADENCE_VALUE_CAP_OR_NEVER] = {cadence_quantities_read_cap_or_never,
                                    cadence_quantities_write_cap_or_never, FALSE},
    [CADENCE_VALUE_COUNT] = {cadence_quantities_read_count, cadence_quantities_write_count, FALSE},
    [CADENCE_VALUE_COUNT_OR_NEVER] = {cadence_quantities_read_count_or_never,
                                      cadence_quantities_write_count_or_never, FALSE},
    [CADENCE_VALUE_SHARE] = {cadence_quantities_read_share, cadence_quantities_write_share, FALSE},
    [CADENCE_VALUE_MILLISECONDS] = {cadence_quantities_read_milliseconds,
                                    cadence_quantities_write_milliseconds, FALSE},
    [CADENCE_VALUE_DAY] = {cadence_quantities_read_day, cadence_quantities_write_day, FALSE},
};

char *
cadence_value_read(CadenceValueKind kind, const char *text, gpointer field)
{
  return kinds[kind].read(text, field);
}

gboolean
cadence_value_may_be_empty(CadenceValueKind kind)
{
  return kinds[kind].may_be_empty;
}

gboolean
cadence_value_may_hold_hash(CadenceValueKind kind)
{
  return kind == CADENCE_VALUE_NOTE;
}

char *
cadence_value_write(CadenceValueKind kind, gconstpointer field)
{
  return kinds[kind].write(field);
}
