/* Taking everything of ours out of the database again: every message that bears a property of ours
 * gets a mark that wants none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "pass.h"

#define OURS "cadence."

/* What marks have wanted or not all along needs no word. */
static gboolean
is_of_marks(const char *key)
{
  return g_str_equal(key, CADENCE_PROPERTY_PROSPECT) || g_str_equal(key, CADENCE_PROPERTY_STATE) ||
         g_str_equal(key, CADENCE_PROPERTY_WAKE);
}

static gboolean
forget(notmuch_message_t *message, gpointer data)
{
  CadencePass *pass = data;
  notmuch_message_properties_t *ours = notmuch_message_get_properties(message, OURS, FALSE);
  for (; notmuch_message_properties_valid(ours); notmuch_message_properties_move_to_next(ours)) {
    const char *id = cadence_message_id(message);
    const char *key = notmuch_message_properties_key(ours);
    (void)cadence_pass_mark(pass, id);
    if (!is_of_marks(key))
      cadence_fresh_add(pass->fresh, id, key, "");
  }
  notmuch_message_properties_destroy(ours);
  return TRUE;
}

gboolean
cadence_pass_forget_all(CadencePass *pass, GError **error)
{
  return cadence_query_each(pass->store, "*", TRUE, forget, pass, error);
}

/* Without a revision the next pass reads everything, should this one not come to its end. What the
 * tags were called goes last: where that is gone, all is. */
gboolean
cadence_pass_remove(CadencePass *pass, CadenceWriter *writer, GError **error)
{
  const char *first[] = {CADENCE_CONFIG_REVISION, "", NULL};
  const char *rest[] = {CADENCE_CONFIG_PASS,
                        "",
                        CADENCE_CONFIG_TERMS,
                        "",
                        CADENCE_CONFIG_FILES,
                        "",
                        CADENCE_CONFIG_TAGS,
                        "",
                        NULL};
  if (pass->result->messages == 0 && !pass->last.tags)
    return TRUE;
  return cadence_writer_config(writer, first, error) &&
         cadence_pass_write_marks(pass, writer, error) &&
         cadence_writer_config(writer, rest, error);
}
