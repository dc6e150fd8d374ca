/* The sent journal. A line is: instant, Message-ID, what it answers, recipients; separated by tabs,
 * each escaped as C strings are. A writer holds a lock on the folder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/journal.h>

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "store.h"

#define NAME "sent"
#define SIZE_MAX_READ                                                                              \
  ((gsize)4 * 1024 * 1024) /* bytes of the journal that are read: the newest                       \
                            */
#define DAY_SECONDS ((gint64)24 * 60 * 60)
#define TRIES 50  /* for the lock */
#define PAUSE 20  /* milliseconds between them */
#define ABOUT 600 /* seconds: mail without an id is told by its time */

enum { FIELD_AT, FIELD_ID, FIELD_ANSWERS, FIELD_RECIPIENTS };

void
cadence_sent_free(CadenceSent *sent)
{
  if (!sent)
    return;
  g_free(sent->id);
  g_free(sent->answers);
  g_strfreev(sent->recipients);
  g_free(sent);
}

/* --- lines --- */

static void
append_field(GString *line, const char *value)
{
  g_autofree char *escaped = g_strescape(value ? value : "", NULL);
  g_string_append_c(line, '\t');
  g_string_append(line, escaped);
}

static void
append_line(GString *text, const CadenceSent *sent)
{
  g_string_append_printf(text, "%" G_GINT64_FORMAT, sent->at);
  append_field(text, sent->id);
  append_field(text, sent->answers);
  for (char **recipient = sent->recipients; *recipient; recipient++)
    append_field(text, *recipient);
  g_string_append_c(text, '\n');
}

/* NULL for "", and for what no line of ours holds. */
static char *
field(const char *escaped)
{
  g_autofree char *value = g_strcompress(escaped);
  return *value && g_utf8_validate(value, -1, NULL) ? g_steal_pointer(&value) : NULL;
}

/* What g_strescape leaves, and tabs. Where the machine crashed zeros may stand in a file. */
static gboolean
is_escaped(const char *line)
{
  for (; *line; line++)
    if (!g_ascii_isprint(*line) && *line != '\t')
      return FALSE;
  return TRUE;
}

/* NULL for a line that is none, or names nobody. */
static CadenceSent *
parse_line(const char *line)
{
  g_auto(GStrv) fields = g_strsplit(line, "\t", -1);
  gint64 at = 0;
  if (!is_escaped(line) || g_strv_length(fields) <= FIELD_RECIPIENTS ||
      !g_ascii_string_to_signed(fields[FIELD_AT], 10, 1, G_MAXINT64, &at, NULL))
    return NULL;
  CadenceSent *sent = g_new0(CadenceSent, 1);
  g_autoptr(GStrvBuilder) recipients = g_strv_builder_new();
  sent->at = at;
  sent->id = field(fields[FIELD_ID]);
  sent->answers = field(fields[FIELD_ANSWERS]);
  for (char **one = fields + FIELD_RECIPIENTS; *one; one++) {
    g_autofree char *recipient = field(*one);
    if (recipient)
      g_strv_builder_add(recipients, recipient);
  }
  sent->recipients = g_strv_builder_end(recipients);
  if (*sent->recipients)
    return sent;
  cadence_sent_free(sent);
  return NULL;
}

/* --- the file --- */

/* The newest SIZE_MAX_READ bytes, zeros as another byte that no line of ours holds; NULL where
 * there is no such file, or none that can be read. */
static char *
read_text(const char *directory)
{
  g_autofree char *path = g_build_filename(directory, NAME, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;
  if (!g_file_get_contents(path, &text, &length, NULL))
    return NULL;
  for (char *zero = text; (zero = memchr(zero, '\0', length - (gsize)(zero - text)));)
    *zero = '\177';
  return length > SIZE_MAX_READ ? g_strdup(text + length - SIZE_MAX_READ) : g_steal_pointer(&text);
}

GPtrArray *
cadence_journal_read(const char *directory, gint64 now)
{
  GPtrArray *journal = g_ptr_array_new_with_free_func((GDestroyNotify)cadence_sent_free);
  g_autofree char *text = read_text(directory);
  g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
  guint n = g_strv_length(lines);
  for (guint i = 0; i + 1 < n; i++) { /* what no line end follows was not written whole */
    CadenceSent *sent = parse_line(lines[i]);
    if (sent && sent->at > now - CADENCE_JOURNAL_DAYS * DAY_SECONDS)
      g_ptr_array_add(journal, sent);
    else
      cadence_sent_free(sent);
  }
  return journal;
}

static gboolean
fail(GError **error, CadenceError code, const char *path, int why)
{
  g_set_error(error, CADENCE_ERROR, (int)code, "%s: %s", path, g_strerror(why));
  return FALSE;
}

/* The folder, open and locked; -1 with an error. */
static int
lock(const char *directory, GError **error)
{
  int fd = -1;
  if (g_mkdir_with_parents(directory, 0700) == 0)
    fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) {
    fail(error, CADENCE_ERROR_IO, directory, errno);
    return -1;
  }
  for (guint i = 0; i < TRIES; i++) {
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
      return fd;
    g_usleep(PAUSE * 1000);
  }
  fail(error, CADENCE_ERROR_BUSY, directory, EWOULDBLOCK);
  close(fd);
  return -1;
}

/* A line that a killed run left unfinished is ended first. */
static gboolean
append(const char *path, const char *line, GError **error)
{
  int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
  char last = '\n';
  if (fd < 0)
    return fail(error, CADENCE_ERROR_IO, path, errno);
  if (lseek(fd, -1, SEEK_END) >= 0 && read(fd, &last, 1) != 1)
    last = '\n';
  g_autofree char *whole = g_strconcat(last == '\n' ? "" : "\n", line, NULL);
  gsize length = strlen(whole);
  ssize_t n = write(fd, whole, length);
  int why = n < 0 ? errno : ENOSPC;
  close(fd);
  return n == (ssize_t)length || fail(error, CADENCE_ERROR_IO, path, why);
}

gboolean
cadence_journal_add(const char *directory, const CadenceSent *sent, GError **error)
{
  g_autofree char *path = g_build_filename(directory, NAME, NULL);
  g_autoptr(GString) line = g_string_new(NULL);
  int folder = lock(directory, error);
  if (folder < 0)
    return FALSE;
  append_line(line, sent);
  gboolean added = append(path, line->str, error);
  close(folder);
  return added;
}

/* --- what the database knows --- */

typedef struct {
  const CadenceContext *context;
  GPtrArray *journal;
  guint8 *known; /* one for each of them */
} Indexed;

static gboolean
knows_id(CadenceStore *store, const char *id, guint8 *known, GError **error)
{
  notmuch_message_t *found = NULL;
  if (!cadence_status_ok(notmuch_database_find_message(store->db, id, &found), store->db,
                         CADENCE_ERROR_QUERY, error))
    return FALSE;
  *known = found != NULL;
  g_clear_pointer(&found, notmuch_message_destroy);
  return TRUE;
}

typedef struct {
  const CadenceParties *parties;
  guint8 *known;
} Ours;

static gboolean
is_ours(notmuch_message_t *message, gpointer data)
{
  Ours *ours = data;
  g_auto(GStrv) senders = cadence_message_senders(message);
  *ours->known =
      *senders && cadence_parties_find(ours->parties, *senders, NULL) == CADENCE_PARTY_US;
  return !*ours->known;
}

/* Whose Message-ID the MTA made. */
static gboolean
knows_time(CadenceStore *store, const Indexed *indexed, guint i, GError **error)
{
  const CadenceSent *sent = indexed->journal->pdata[i];
  Ours ours = {indexed->context->parties, &indexed->known[i]};
  g_autofree char *mail = cadence_query_mail((const char *const *)sent->recipients);
  if (!mail)
    return TRUE;
  g_autofree char *query =
      g_strdup_printf("(%s) and date:@%" G_GINT64_FORMAT "..@%" G_GINT64_FORMAT, mail,
                      sent->at - ABOUT, sent->at + ABOUT);
  return cadence_query_each(store, query, TRUE, is_ours, &ours, error);
}

static gboolean
look(CadenceStore *store, gpointer data, GError **error)
{
  Indexed *indexed = data;
  for (guint i = 0; i < indexed->journal->len; i++) {
    const CadenceSent *sent = indexed->journal->pdata[i];
    if (sent->id ? !knows_id(store, sent->id, &indexed->known[i], error)
                 : !knows_time(store, indexed, i, error))
      return FALSE;
  }
  return cadence_store_whole(store, error);
}

gboolean
cadence_journal_drop_indexed(CadenceStore *store, const CadenceContext *context, GPtrArray *journal,
                             GError **error)
{
  g_autofree guint8 *known = g_new0(guint8, journal->len + 1);
  Indexed indexed = {context, journal, known};
  if (journal->len > 0 && !cadence_store_steadily(store, look, &indexed, error))
    return FALSE;
  for (guint i = journal->len; i > 0; i--)
    if (known[i - 1])
      g_ptr_array_remove_index(journal, i - 1);
  return TRUE;
}

/* --- contacts --- */

static gboolean
has_id(const GPtrArray *contacts, const char *id)
{
  for (guint i = 0; id && i < contacts->len; i++)
    if (g_str_equal(((const CadenceContact *)contacts->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

/* A mail without a Message-ID is told by its time. */
static CadenceContact *
contact_of(const CadenceSent *sent, GStrv addresses)
{
  g_autofree char *made = g_strdup_printf("sent.%" G_GINT64_FORMAT, sent->at);
  CadenceContact *contact = cadence_contact_new(sent->id ? sent->id : made, CADENCE_OUTBOUND,
                                                CADENCE_KIND_OUTBOUND, sent->at);
  contact->answers = g_strdup(sent->answers);
  contact->addresses = addresses;
  return contact;
}

/* The thread of what it answers. */
static gboolean
find_thread(CadenceStore *store, CadenceContact *contact, GError **error)
{
  notmuch_message_t *found = NULL;
  if (!contact->answers)
    return TRUE;
  if (!cadence_status_ok(notmuch_database_find_message(store->db, contact->answers, &found),
                         store->db, CADENCE_ERROR_QUERY, error))
    return FALSE;
  g_autoptr(NotmuchMessage) message = found;
  contact->thread = message ? g_strdup(notmuch_message_get_thread_id(message)) : NULL;
  return TRUE;
}

gboolean
cadence_gather_sent(CadenceStore *store, const CadenceContext *context, const char *prospect,
                    GPtrArray *contacts, GError **error)
{
  for (guint i = 0; context->sent && i < context->sent->len; i++) {
    const CadenceSent *sent = context->sent->pdata[i];
    g_autoptr(GStrvBuilder) theirs = g_strv_builder_new();
    for (char **one = sent->recipients; *one; one++)
      if (g_str_equal(cadence_store_owner(store, context, *one), prospect))
        g_strv_builder_add(theirs, *one);
    g_auto(GStrv) addresses = g_strv_builder_end(theirs);
    if (!*addresses || has_id(contacts, sent->id))
      continue;
    CadenceContact *contact = contact_of(sent, g_steal_pointer(&addresses));
    g_ptr_array_add(contacts, contact);
    if (!find_thread(store, contact, error))
      return FALSE;
  }
  return TRUE;
}

/* --- keeping it short --- */

static gboolean
rewrite(const char *directory, const GPtrArray *journal, GError **error)
{
  g_autofree char *path = g_build_filename(directory, NAME, NULL);
  g_autoptr(GString) text = g_string_new(NULL);
  g_autoptr(GError) cause = NULL;
  for (guint i = 0; i < journal->len; i++)
    append_line(text, journal->pdata[i]);
  if (g_file_set_contents_full(path, text->str, (gssize)text->len, G_FILE_SET_CONTENTS_CONSISTENT,
                               0600, &cause))
    return TRUE;
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_IO, "%s", cause->message);
  return FALSE;
}

/* How many lines the file holds, ours or not. */
static guint
lines_of(const char *directory)
{
  g_autofree char *text = read_text(directory);
  guint n = 0;
  for (const char *at = text; at && (at = strchr(at, '\n')); at++)
    n++;
  return n;
}

gboolean
cadence_journal_sweep(CadenceStore *store, const CadenceContext *context, const char *directory,
                      GError **error)
{
  if (lines_of(directory) == 0)
    return TRUE;
  int folder = lock(directory, error);
  if (folder < 0)
    return FALSE;
  guint before = lines_of(directory);
  g_autoptr(GPtrArray) journal = cadence_journal_read(directory, context->clock->now);
  gboolean swept = cadence_journal_drop_indexed(store, context, journal, error) &&
                   (journal->len == before || rewrite(directory, journal, error));
  close(folder);
  return swept;
}
