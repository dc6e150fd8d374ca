/* Text -> policy, agreements and mail, for the tables of standings and verdicts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario-private.h"

#include <string.h>

#define DEFAULT_ZONE "Europe/Berlin"
#define DOMAIN "acme.example"

/* --- texts --- */

gboolean
scenario_fail(GError **error, const char *what, const char *text)
{
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX, "%s: %s", what, text);
  return FALSE;
}

GStrv
scenario_words(const char *text)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new();
  g_autoptr(GString) word = g_string_new(NULL);
  int depth = 0;
  gboolean quoted = FALSE;
  for (const char *c = text;; c++) {
    if (*c == '\0' || (*c == ' ' && depth == 0 && !quoted)) {
      if (word->len > 0)
        g_strv_builder_add(words, word->str);
      g_string_truncate(word, 0);
      if (*c == '\0')
        return g_strv_builder_end(words);
      continue;
    }
    depth += (*c == '(') - (*c == ')');
    quoted ^= *c == '"';
    g_string_append_c(word, *c);
  }
}

GStrv
scenario_people(const char *text)
{
  GStrv list = g_strsplit(text, ",", -1);
  for (char **one = list; *one; one++) {
    if (strchr(*one, '@'))
      continue;
    char *address = g_strconcat(*one, "@" DOMAIN, NULL);
    g_free(*one);
    *one = address;
  }
  return list;
}

/* --- settings --- */

/* `policy.stop-after=4` and `policy.severity.too-soon=off` -> a group and a line of policy.ini. */
static void
add_policy(GString *policy, const char *setting)
{
  const char *key = setting;
  const char *dot = strchr(setting, '.');
  const char *equals = strchr(setting, '=');
  g_autofree char *group = g_strdup("cadence");
  if (dot && equals && dot < equals) {
    g_free(group);
    group = g_strndup(setting, (gsize)(dot - setting));
    key = dot + 1;
  }
  g_autofree char *heading = g_strdup_printf("[%s]\n", group);
  char *found = strstr(policy->str, heading);
  g_autofree char *line = g_strdup_printf("%s\n", key);
  if (!found) {
    g_string_append(policy, heading);
    g_string_append(policy, line);
    return;
  }
  g_string_insert(policy, found - policy->str + (gssize)strlen(heading), line);
}

/* The two files as texts; returns the time zone. */
static char *
read_settings(const char *settings, GString *policy, GString *agreements)
{
  g_autofree char *zone = g_strdup(DEFAULT_ZONE);
  g_auto(GStrv) list = g_strsplit(settings, ", ", -1);
  gboolean none = g_strv_contains((const char *const *)list, "none");
  if (!none)
    g_string_append(agreements, "[Acme]\n");
  if (!none && !g_str_has_prefix(settings, "match="))
    g_string_append(agreements, "match=" DOMAIN "\n");
  for (char **setting = list; *setting; setting++) {
    if (g_str_has_prefix(*setting, "policy.")) {
      add_policy(policy, *setting + strlen("policy."));
    } else if (g_str_has_prefix(*setting, "zone=")) {
      g_free(zone);
      zone = g_strdup(*setting + strlen("zone="));
    } else if (**setting == '[') {
      char *bracket = strchr(*setting, ']');
      g_string_append_printf(agreements, "%.*s\n%s\n", (int)(bracket - *setting + 1), *setting,
                             bracket + 2);
    } else if (!g_str_equal(*setting, "-") && !g_str_equal(*setting, "none")) {
      g_string_append_printf(agreements, "%s\n", *setting);
    }
  }
  return g_steal_pointer(&zone);
}

static gboolean
add_prospects(Scenario *scenario, GError **error)
{
  const CadencePolicy *policy = cadence_config_policy(scenario->config);
  const GPtrArray *agreements = cadence_config_agreements(scenario->config);
  for (guint i = 0; i < agreements->len; i++) {
    CadenceAgreement *agreement = agreements->pdata[i];
    CadenceTerms terms = cadence_terms_fold(policy, agreement);
    g_ptr_array_add(scenario->names, agreement->name);
    g_array_append_val(scenario->terms, terms);
  }
  if (agreements->len > 0)
    return TRUE;
  CadenceTerms terms = cadence_terms_fold(policy, NULL);
  g_ptr_array_add(scenario->names, (char *)DOMAIN);
  g_array_append_val(scenario->terms, terms);
  return cadence_parties_add(scenario->parties, DOMAIN, CADENCE_PARTY_PROSPECT, DOMAIN, error);
}

static gboolean
take_settings(Scenario *scenario, const char *settings, GError **error)
{
  g_autoptr(GString) policy = g_string_new(NULL);
  g_autoptr(GString) agreements = g_string_new(NULL);
  g_autofree char *zone = read_settings(settings, policy, agreements);
  scenario->zone = g_time_zone_new_identifier(zone);
  if (!scenario->zone)
    return scenario_fail(error, "no such zone", zone);
  scenario->config =
      cadence_config_parse("policy.ini", policy->str, "agreements.ini", agreements->str, error);
  if (!scenario->config)
    return FALSE;
  scenario->parties = cadence_config_parties(scenario->config, error);
  return scenario->parties && add_prospects(scenario, error);
}

/* --- mail --- */

const CadenceContact *
scenario_mail(const Scenario *scenario, const char *id)
{
  for (guint i = 0; i < scenario->mail->len; i++) {
    const CadenceContact *contact = scenario->mail->pdata[i];
    if (g_str_equal(contact->id, id))
      return contact;
  }
  return NULL;
}

static void
set(char **field, const char *value)
{
  g_free(*field);
  *field = g_strdup(value);
}

static gboolean
set_date(const Scenario *scenario, const char *value, gint64 *field, GError **error)
{
  return cadence_instant_parse(value, scenario->zone, field, error);
}

static void
set_failed(CadenceContact *contact, const char *value)
{
  g_auto(GStrv) failed = scenario_people(value);
  contact->recipients = g_ptr_array_new_with_free_func((GDestroyNotify)cadence_recipient_free);
  for (char **one = failed; *one; one++)
    g_ptr_array_add(contact->recipients, cadence_recipient_new(*one, TRUE));
}

static void
set_soft(CadenceContact *contact)
{
  for (guint i = 0; contact->recipients && i < contact->recipients->len; i++)
    ((CadenceRecipient *)contact->recipients->pdata[i])->permanent = FALSE;
}

static gboolean
take_flag(CadenceContact *contact, const char *word)
{
  if (g_str_equal(word, "settled"))
    contact->settled = TRUE;
  else if (g_str_equal(word, "unread"))
    contact->unread = TRUE;
  else if (g_str_equal(word, "soft"))
    set_soft(contact);
  else if (g_str_equal(word, "absent"))
    contact->absence = TRUE;
  else if (g_str_equal(word, "nodate"))
    contact->date = 0;
  else
    return g_str_equal(word, "hard");
  return TRUE;
}

static gboolean
take_value(const Scenario *scenario, CadenceContact *contact, const char *key, const char *value,
           GError **error)
{
  if (g_str_equal(key, "id")) {
    set(&contact->id, value);
  } else if (g_str_equal(key, "thread")) {
    set(&contact->thread, value);
  } else if (g_str_equal(key, "re")) {
    const CadenceContact *answered = scenario_mail(scenario, value);
    set(&contact->answers, value);
    if (answered)
      set(&contact->thread, answered->thread);
  } else if (g_str_equal(key, "returned")) {
    set(&contact->returned, value);
  } else if (g_str_equal(key, "to") || g_str_equal(key, "from")) {
    g_strfreev(contact->addresses);
    contact->addresses = scenario_people(value);
  } else if (g_str_equal(key, "failed")) {
    set_failed(contact, value);
  } else if (g_str_equal(key, "via")) {
    return cadence_channel_from_id(value, &contact->channel) ||
           scenario_fail(error, "channel", value);
  } else if (g_str_equal(key, "absent")) {
    contact->absence = TRUE;
    return cadence_day_parse(value, &contact->absent_until, error);
  } else if (g_str_equal(key, "received")) {
    return set_date(scenario, value, &contact->received, error);
  } else if (g_str_equal(key, "seen")) {
    return set_date(scenario, value, &contact->seen, error);
  } else {
    return scenario_fail(error, "what is this", key);
  }
  return TRUE;
}

static gboolean
take_options(const Scenario *scenario, CadenceContact *contact, const char *options, GError **error)
{
  g_auto(GStrv) words = scenario_words(options);
  for (char **word = words; *word; word++) {
    char *equals = strchr(*word, '=');
    if (!equals) {
      if (!take_flag(contact, *word))
        return scenario_fail(error, "what is this", *word);
      continue;
    }
    *equals = '\0';
    if (!take_value(scenario, contact, *word, equals + 1, error))
      return FALSE;
  }
  return TRUE;
}

/* Without a time of day it is nine o'clock, and a minute after the one before where that is of the
 * same day: so mail of one day comes in the order in which it is written. */
static gint64
default_instant(const Scenario *scenario, CadenceDay day)
{
  g_autofree char *date = cadence_day_to_string(day);
  g_autofree char *text = g_strconcat(date, "T09:00:00", NULL);
  gint64 instant = 0;
  if (!cadence_instant_parse(text, scenario->zone, &instant, NULL))
    return 0;
  const CadenceContact *last =
      scenario->mail->len ? scenario->mail->pdata[scenario->mail->len - 1] : NULL;
  if (last && cadence_day_of(last->date, scenario->zone) == day)
    instant = last->date + 60;
  return instant;
}

static CadenceContact *
plain_contact(const Scenario *scenario, CadenceDirection direction, CadenceKind kind)
{
  g_autofree char *id = g_strdup_printf("m%u", scenario->mail->len + 1);
  CadenceContact *contact = cadence_contact_new(id, direction, kind, 0);
  contact->thread = g_strdup("T");
  contact->subject = g_strdup("Offer");
  contact->addresses =
      scenario_people(kind == CADENCE_KIND_BOUNCE ? "mailer-daemon@mx.example" : "bob");
  return contact;
}

/* "*36/1mo" */
static gboolean
read_repeat(const char *text, guint *times, CadenceDuration *every, GError **error)
{
  g_auto(GStrv) parts = g_strsplit(text, "/", 2);
  *times = (guint)g_ascii_strtoull(parts[0], NULL, 10);
  return *times > 0 && parts[1] ? cadence_duration_parse(parts[1], every, error)
                                : scenario_fail(error, "no repetition", text);
}

/* ">2026-01-05T09:30", its options already cut off. */
static gboolean
take_mail(Scenario *scenario, char *text, const char *options, GError **error)
{
  CadenceDirection direction = *text == '>' ? CADENCE_OUTBOUND : CADENCE_INBOUND;
  CadenceKind kind = *text == '>' ? CADENCE_KIND_OUTBOUND : CADENCE_KIND_REPLY;
  char *colon = strchr(text, ':'), *star = strchr(text, '*'), *date = text + 1;
  if (colon && !g_ascii_isdigit(*date)) {
    *colon = '\0';
    if (!cadence_kind_from_id(date, &kind))
      return scenario_fail(error, "no such kind", date);
    date = colon + 1;
  }
  guint times = 1;
  CadenceDuration every = {0};
  if (star && !read_repeat(star + 1, &times, &every, error))
    return FALSE;
  g_autofree char *when = star ? g_strndup(date, (gsize)(star - date)) : g_strdup(date);
  g_autofree char *first = g_strndup(when, strlen("2026-01-05"));
  CadenceDay day;
  if (!cadence_day_parse(first, &day, error))
    return FALSE;
  for (guint i = 0; i < times; i++, day = cadence_duration_after(day, every)) {
    CadenceContact *contact = plain_contact(scenario, direction, kind);
    contact->date = default_instant(scenario, day);
    g_autofree char *full = g_strconcat(when, ":00", NULL);
    gboolean good = !strchr(when, 'T') || set_date(scenario, full, &contact->date, error);
    good = good && take_options(scenario, contact, options, error);
    g_ptr_array_add(scenario->mail, contact);
    if (!good)
      return FALSE;
  }
  return TRUE;
}

static gboolean
take_mails(Scenario *scenario, const char *mail, GError **error)
{
  g_auto(GStrv) words = scenario_words(mail);
  for (char **word = words; *word; word++) {
    char *options = strchr(*word, '(');
    if (g_str_equal(*word, "-"))
      continue;
    if (options) {
      options[strlen(options) - 1] = '\0';
      *options++ = '\0';
    }
    if (**word != '<' && **word != '>')
      return scenario_fail(error, "no mail", *word);
    if (!take_mail(scenario, *word, options ? options : "", error))
      return FALSE;
  }
  return TRUE;
}

/* --- the scenario --- */

/* A day without a time is its evening, so that the mail of the day lies before it. */
static gboolean
take_today(Scenario *scenario, const char *today, GError **error)
{
  gint64 now;
  g_autofree char *text = g_strconcat(today, strchr(today, 'T') ? ":00" : "T23:59:00", NULL);
  if (!cadence_instant_parse(text, scenario->zone, &now, error))
    return FALSE;
  scenario->clock = cadence_clock(now, scenario->zone);
  return TRUE;
}

Scenario *
scenario_new(const char *settings, const char *mail, const char *today, GError **error)
{
  g_autoptr(Scenario) scenario = g_new0(Scenario, 1);
  scenario->names = g_ptr_array_new();
  scenario->terms = g_array_new(FALSE, FALSE, sizeof(CadenceTerms));
  scenario->mail = cadence_contacts_new();
  if (!take_settings(scenario, settings, error) || !take_mails(scenario, mail, error) ||
      !take_today(scenario, today, error))
    return NULL;
  return g_steal_pointer(&scenario);
}

void
scenario_free(Scenario *scenario)
{
  if (!scenario)
    return;
  g_ptr_array_unref(scenario->names);
  g_array_unref(scenario->terms);
  g_ptr_array_unref(scenario->mail);
  g_clear_pointer(&scenario->zone, g_time_zone_unref);
  cadence_parties_free(scenario->parties);
  cadence_config_free(scenario->config);
  g_free(scenario);
}

CadenceContact *
scenario_copy(const CadenceContact *contact)
{
  CadenceContact *copy =
      cadence_contact_new(contact->id, contact->direction, contact->kind, contact->date);
  copy->thread = g_strdup(contact->thread);
  copy->answers = g_strdup(contact->answers);
  copy->subject = g_strdup(contact->subject);
  copy->addresses = g_strdupv(contact->addresses);
  copy->channel = contact->channel;
  copy->received = contact->received;
  copy->seen = contact->seen;
  copy->settled = contact->settled;
  copy->unread = contact->unread;
  copy->returned = g_strdup(contact->returned);
  copy->absence = contact->absence;
  copy->absent_until = contact->absent_until;
  if (!contact->recipients)
    return copy;
  copy->recipients = g_ptr_array_new_with_free_func((GDestroyNotify)cadence_recipient_free);
  for (guint i = 0; i < contact->recipients->len; i++) {
    const CadenceRecipient *one = contact->recipients->pdata[i];
    g_ptr_array_add(copy->recipients, cadence_recipient_new(one->address, one->permanent));
  }
  return copy;
}

GStrv
scenario_members(const Scenario *scenario, guint i, char *const *addresses)
{
  g_autoptr(GStrvBuilder) found = g_strv_builder_new();
  for (char *const *one = addresses; one && *one; one++) {
    const char *prospect;
    if (cadence_parties_find(scenario->parties, *one, &prospect) == CADENCE_PARTY_PROSPECT &&
        g_str_equal(prospect, scenario->names->pdata[i]))
      g_strv_builder_add(found, *one);
  }
  return g_strv_builder_end(found);
}

/* A bounce belongs to the prospect whose address it reports, everything else to those it names. */
static gboolean
reports(const Scenario *scenario, guint i, const CadenceContact *contact)
{
  gboolean found = FALSE;
  for (guint r = 0; contact->recipients && r < contact->recipients->len; r++) {
    char *list[] = {((CadenceRecipient *)contact->recipients->pdata[r])->address, NULL};
    g_auto(GStrv) named = scenario_members(scenario, i, list);
    found = found || *named;
  }
  return found;
}

GPtrArray *
scenario_contacts(const Scenario *scenario, guint i)
{
  GPtrArray *contacts = cadence_contacts_new();
  for (guint k = 0; k < scenario->mail->len; k++) {
    const CadenceContact *contact = scenario->mail->pdata[k];
    g_auto(GStrv) named = scenario_members(scenario, i, contact->addresses);
    if (!*named && !reports(scenario, i, contact))
      continue;
    CadenceContact *copy = scenario_copy(contact);
    g_strfreev(copy->addresses);
    copy->addresses = g_steal_pointer(&named);
    g_ptr_array_add(contacts, copy);
  }
  return contacts;
}

CadenceStanding *
scenario_standing(const Scenario *scenario, guint i, const CadenceClock *clock)
{
  return cadence_standing_new(scenario->names->pdata[i], scenario_contacts(scenario, i),
                              &g_array_index(scenario->terms, CadenceTerms, i), clock);
}
