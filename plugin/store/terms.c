/* What cadence.terms keeps of policy and agreements.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "terms.h"

#include <string.h>

#define SLOTS_MOST 4096 /* 32 KiB */
#define DIGITS 8        /* of a slot, hexadecimal */

static char *
head_new(const CadenceContext *context)
{
  return g_strdup_printf("%s %s" CADENCE_KINDS_MARK "\n", cadence_config_digest(context->config),
                         g_time_zone_get_identifier(context->clock->zone));
}

/* The first line says which agreements there are, so as long as it holds their number does. */
static guint
count_slots(const CadenceContext *context)
{
  return CLAMP(cadence_config_agreements(context->config)->len, 1, SLOTS_MOST);
}

static guint
slot_of(const CadenceAgreement *agreement, guint slots)
{
  return g_str_hash(agreement->name) % slots;
}

/* Those that share a slot are told apart by their names, which the digest has. */
static void
add_digest(guint32 *slot, const CadenceAgreement *agreement)
{
  g_autofree char *digest = cadence_agreement_digest(agreement);
  digest[DIGITS] = '\0';
  *slot ^= (guint32)g_ascii_strtoull(digest, NULL, 16);
}

char *
cadence_terms_value(const CadenceContext *context)
{
  const GPtrArray *agreements = cadence_config_agreements(context->config);
  guint n = count_slots(context);
  g_autofree guint32 *slots = g_new0(guint32, n);
  for (guint i = 0; i < agreements->len; i++)
    add_digest(&slots[slot_of(agreements->pdata[i], n)], agreements->pdata[i]);

  g_autofree char *head = head_new(context);
  GString *value = g_string_new(head);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(value, "%08x", slots[i]);
  return g_string_free(value, FALSE);
}

static const char *
slots_of(const char *value)
{
  return value + strcspn(value, "\n") + 1;
}

gboolean
cadence_terms_hold(const char *value, const CadenceContext *context)
{
  g_autofree char *head = head_new(context);
  return value && g_str_has_prefix(value, head) &&
         strlen(value) == strlen(head) + (gsize)DIGITS * count_slots(context);
}

gboolean
cadence_terms_differ(const char *a, const char *b, const CadenceContext *context,
                     const CadenceAgreement *agreement)
{
  gsize at = (gsize)DIGITS * slot_of(agreement, count_slots(context));
  return memcmp(slots_of(a) + at, slots_of(b) + at, DIGITS) != 0;
}

gboolean
cadence_terms_have(const char *value, const CadenceContext *context,
                   const CadenceAgreement *agreement)
{
  const GPtrArray *agreements = cadence_config_agreements(context->config);
  guint n = count_slots(context), wanted = slot_of(agreement, n);
  guint32 slot = 0;
  for (guint i = 0; i < agreements->len; i++) {
    if (slot_of(agreements->pdata[i], n) == wanted)
      add_digest(&slot, agreements->pdata[i]);
  }
  g_autofree char *text = g_strdup_printf("%08x", slot);
  return memcmp(slots_of(value) + (gsize)DIGITS * wanted, text, DIGITS) == 0;
}

gboolean
cadence_terms_outdated(const char *value)
{
  g_autofree char *line = g_strndup(value, strcspn(value, "\n"));
  return !g_str_has_suffix(line, CADENCE_KINDS_MARK);
}
