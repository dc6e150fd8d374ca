/* A draft -> its prospects -> their standings -> the verdict.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "store.h"

typedef struct {
  CadenceStore *store;
  const CadenceContext *context;
  CadenceDraft *draft;
  GPtrArray *names;     /* of char*: prospects, in the order of the recipients */
  GPtrArray *members;   /* of GPtrArray of char* (the draft's): NULL-terminated in the end */
  GHashTable *by_name;  /* name -> its element of those */
  GHashTable *seen;     /* set of addresses: each counts once */
  gboolean strangers;   /* somebody among them whom only scope could name */
  GHashTable *compared; /* set of Message-IDs: what the draft's text was compared with */
} Recipients;

static void
add_member(Recipients *recipients, const char *name, char *address)
{
  GPtrArray *members = g_hash_table_lookup(recipients->by_name, name);
  if (!members) {
    char *own = g_strdup(name);
    members = g_ptr_array_new();
    g_ptr_array_add(recipients->names, own);
    g_ptr_array_add(recipients->members, members);
    g_hash_table_insert(recipients->by_name, own, members);
  }
  g_ptr_array_add(members, address);
}

static gboolean
add_recipient(Recipients *recipients, char *address, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autofree char *name =
      cadence_store_prospect_of(recipients->store, recipients->context, address, &failed);
  if (failed) {
    g_propagate_error(error, g_steal_pointer(&failed));
    return FALSE;
  }
  if (name)
    add_member(recipients, name, address);
  else if (*cadence_store_owner(recipients->store, recipients->context, address))
    recipients->strangers = TRUE;
  return TRUE;
}

static gboolean
add_recipients(Recipients *recipients, char **addresses, GError **error)
{
  for (; *addresses; addresses++) {
    if (g_hash_table_add(recipients->seen, *addresses) &&
        !add_recipient(recipients, *addresses, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
find_recipients(Recipients *recipients, GError **error)
{
  const CadenceDraft *draft = recipients->draft;
  if (!add_recipients(recipients, draft->to, error) ||
      !add_recipients(recipients, draft->cc, error) ||
      !add_recipients(recipients, draft->bcc, error))
    return FALSE;
  for (guint i = 0; i < recipients->members->len; i++)
    g_ptr_array_add(recipients->members->pdata[i], NULL);
  return TRUE;
}

/* The threads of what the draft answers. */
static gboolean
find_threads(CadenceStore *store, gpointer data, GError **error)
{
  CadenceDraft *draft = data;
  g_autoptr(GStrvBuilder) threads = g_strv_builder_new();
  for (char **id = draft->answers; *id; id++) {
    notmuch_message_t *found = NULL;
    if (!cadence_status_ok(notmuch_database_find_message(store->db, *id, &found), store->db,
                           CADENCE_ERROR_IO, error))
      return FALSE;
    g_autoptr(NotmuchMessage) message = found;
    if (message)
      g_strv_builder_add(threads, notmuch_message_get_thread_id(message));
  }
  g_strfreev(draft->threads);
  draft->threads = g_strv_builder_end(threads);
  return TRUE;
}

/* The draft itself may be stored already, as a draft or as a copy of what is being sent. */
static void
leave_out(GPtrArray *contacts, const char *id)
{
  for (guint i = contacts->len; id && i > 0; i--) {
    if (g_str_equal(((CadenceContact *)contacts->pdata[i - 1])->id, id))
      g_ptr_array_remove_index(contacts, i - 1);
  }
}

static gboolean
add_standing(CadenceJudgement *judgement, const Recipients *recipients, guint i, GError **error)
{
  const char *name = recipients->names->pdata[i];
  const CadenceConfig *config = recipients->context->config;
  GPtrArray *contacts = cadence_gather(recipients->store, recipients->context, name, NULL, error);
  if (!contacts)
    return FALSE;
  leave_out(contacts, recipients->draft->id);
  judgement->terms[i] =
      cadence_terms_fold(cadence_config_policy(config), cadence_config_agreement(config, name));
  CadenceStanding *standing =
      cadence_standing_new(name, contacts, &judgement->terms[i], recipients->context->clock);
  g_ptr_array_add(judgement->standings, standing);
  return cadence_find_repeated(recipients->store, recipients->context, standing, recipients->draft,
                               recipients->compared, error);
}

/* Somebody whom only scope could name, and no index that would tell: then we do not know. What is
 * known to be worse than that is still said. */
static void
admit_ignorance(CadenceJudgement *judgement, const Recipients *recipients)
{
  if (!recipients->strangers || judgement->index.age >= 0 ||
      judgement->verdict->decision != CADENCE_DECISION_SEND)
    return;
  judgement->verdict->decision = CADENCE_DECISION_UNKNOWN;
  judgement->verdict->unknown =
      g_strdup(_("the index has not run on this database, so it cannot be told whether the "
                 "recipients are prospects; run notmuch cadence index"));
}

static gboolean
judge(CadenceJudgement *judgement, Recipients *recipients, GError **error)
{
  if (!find_recipients(recipients, error) ||
      (recipients->names->len > 0 &&
       !cadence_store_steadily(recipients->store, find_threads, recipients->draft, error)))
    return FALSE;
  judgement->index = cadence_store_index_age(recipients->store, recipients->context);
  judgement->terms = g_new0(CadenceTerms, MAX(1, recipients->names->len));
  g_autofree char ***members = g_new0(char **, recipients->names->len + 1);
  for (guint i = 0; i < recipients->names->len; i++) {
    members[i] = (char **)((GPtrArray *)recipients->members->pdata[i])->pdata;
    if (!add_standing(judgement, recipients, i, error))
      return FALSE;
  }
  judgement->verdict = cadence_verdict_new(recipients->draft, judgement->standings, members,
                                           &judgement->index, recipients->context->clock);
  admit_ignorance(judgement, recipients);
  return TRUE;
}

CadenceJudgement *
cadence_store_judge(CadenceStore *store, const CadenceContext *context, CadenceDraft *draft,
                    GError **error)
{
  g_autoptr(CadenceJudgement) judgement = g_new0(CadenceJudgement, 1);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
  g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) compared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  Recipients recipients = {.store = store,
                           .context = context,
                           .draft = draft,
                           .names = names,
                           .members = members,
                           .by_name = by_name,
                           .seen = seen,
                           .compared = compared};
  store->single = TRUE;
  judgement->standings = g_ptr_array_new_with_free_func((GDestroyNotify)cadence_standing_free);
  if (!judge(judgement, &recipients, error))
    return NULL;
  return g_steal_pointer(&judgement);
}

void
cadence_judgement_free(CadenceJudgement *judgement)
{
  if (!judgement)
    return;
  g_clear_pointer(&judgement->verdict, cadence_verdict_free);
  g_ptr_array_unref(judgement->standings);
  g_free(judgement->terms);
  g_free(judgement);
}
