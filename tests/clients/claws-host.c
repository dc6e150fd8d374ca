/* A host for the Claws plugin without Claws Mail: it has the functions that the plugin calls, a
 * compose window as far as the plugin looks at it, and answers dialogs by itself. Built with the
 * plugin's sources under AddressSanitizer. The program notmuch-cadence is a script that each case
 * writes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <account.h>
#include <compose.h>
#include <glib/gstdio.h>
#include <hooks.h>
#include <log.h>
#include <mainwindow.h>
#include <plugin.h>
#include <prefs_common.h>
#include <prefs_gtk.h>
#include <statusbar.h>
#include <string.h>
#include <summaryview.h>
#include <utils.h>

#include "../../plugin/clients/gtk/party.h"

static char *folder;              /* in TMPDIR: the script, and what it was given */
static SylpheedHookFunction hook; /* the plugin's */
static PrefsPage *page;           /* likewise */
static GString *logged;           /* what it told */
static GList *accounts;

/* --- what Claws Mail has --- */

gulong
hooks_register_hook(const gchar *list, SylpheedHookFunction function, gpointer data)
{
  g_assert_cmpstr(list, ==, COMPOSE_CHECK_BEFORE_SEND_HOOKLIST);
  hook = function;
  return 7;
}

void
hooks_unregister_hook(const gchar *list, gulong id)
{
  g_assert_cmpuint(id, ==, 7);
  hook = NULL;
}

gint
check_plugin_version(guint32 least, guint32 built, const gchar *name, gchar **error)
{
  return TRUE;
}

/* As if in a language of its own, but for one that it lacks. */
const gchar *
prefs_common_translated_header_name(const gchar *name)
{
  static const char *const names[][2] = {{"To:", "An:"}, {"Cc:", "Копия:"}};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (g_str_equal(name, names[i][0]))
      return names[i][1];
  return name;
}

GList *
account_get_list(void)
{
  return accounts;
}

void
prefs_gtk_register_page(PrefsPage *registered)
{
  page = registered;
}

void
prefs_gtk_unregister_page(PrefsPage *registered)
{
  g_assert_true(page == registered);
  page = NULL;
}

const gchar *
get_rc_dir(void)
{
  return folder;
}

void
log_warning(LogInstance instance, const gchar *format, ...)
{
  va_list values;
  va_start(values, format);
  g_string_append_vprintf(logged, format, values);
  va_end(values);
}

void
statusbar_print_all(const gchar *format, ...)
{
}

MainWindow *
mainwindow_get_mainwindow(void)
{
  return NULL;
}

MsgInfo *
summary_get_selected_msg(SummaryView *view)
{
  return NULL;
}

/* --- a compose window --- */

static void
add_row(Compose *compose, const char *name, const char *value)
{
  ComposeHeaderEntry *row = g_new0(ComposeHeaderEntry, 1);
  row->combo = g_object_ref_sink(gtk_combo_box_text_new_with_entry());
  row->entry = g_object_ref_sink(gtk_entry_new());
  gtk_entry_set_text(GTK_ENTRY(gtk_bin_get_child(GTK_BIN(row->combo))), name);
  gtk_entry_set_text(GTK_ENTRY(row->entry), value);
  compose->header_list = g_slist_append(compose->header_list, row);
}

static Compose *
compose_make(void)
{
  Compose *compose = g_new0(Compose, 1);
  compose->window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
  compose->vbox = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  compose->from_name = gtk_entry_new();
  compose->subject_entry = gtk_entry_new();
  compose->text = gtk_text_view_new();
  compose->account = accounts->data;
  gtk_container_add(GTK_CONTAINER(compose->window), compose->vbox);
  gtk_container_add(GTK_CONTAINER(compose->vbox), compose->from_name);
  gtk_container_add(GTK_CONTAINER(compose->vbox), compose->subject_entry);
  gtk_container_add(GTK_CONTAINER(compose->vbox), compose->text);
  gtk_entry_set_text(GTK_ENTRY(compose->subject_entry), "Re: Offer");
  gtk_text_buffer_set_text(gtk_text_view_get_buffer(GTK_TEXT_VIEW(compose->text)),
                           "From here on\nBcc: nobody\n", -1);
  add_row(compose, "An:", "Buyer <buyer@acme.example>");
  add_row(compose, "Копия:", "second@acme.example");
  add_row(compose, "Bcc:", "third@acme.example");
  add_row(compose, "An:", "");
  gtk_widget_show_all(compose->window);
  return compose;
}

static void
row_free(gpointer data)
{
  ComposeHeaderEntry *row = data;
  g_object_unref(row->combo);
  g_object_unref(row->entry);
  g_free(row);
}

static void
compose_unmake(Compose *compose)
{
  gtk_widget_destroy(compose->window);
  g_slist_free_full(compose->header_list, row_free);
  g_free(compose);
}

/* --- the program, and the user --- */

static char *
path_of(const char *name)
{
  return g_build_filename(folder, name, NULL);
}

/* notmuch-cadence: keeps its words and its input, then does as the script says. */
static void
program(const char *script)
{
  static const char *const left[] = {"words", "check", "allow", "show", "agree"};
  g_autofree char *text = g_strdup_printf("#!/bin/sh\necho \"$*\" >>'%s/words'\ncat >'%s'/$1\n%s\n",
                                          folder, folder, script);
  g_autofree char *path = path_of("notmuch-cadence");
  for (guint i = 0; i < G_N_ELEMENTS(left); i++) {
    g_autofree char *file = path_of(left[i]);
    g_unlink(file);
  }
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
  g_assert_cmpint(g_chmod(path, 0700), ==, 0);
}

static char *
content_of(const char *name)
{
  g_autofree char *path = path_of(name);
  char *text = NULL;
  return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("");
}

typedef struct {
  int response; /* to the dialog; NONE: nobody is there */
  const char *reason;
  guint seen; /* dialogs */
} User;

static void
type_reason(GtkWidget *widget, gpointer reason)
{
  if (GTK_IS_ENTRY(widget))
    gtk_entry_set_text(GTK_ENTRY(widget), reason);
  else if (GTK_IS_CONTAINER(widget))
    gtk_container_forall(GTK_CONTAINER(widget), type_reason, reason);
}

/* Looks for a dialog, and answers it as a button would: one that is insensitive is not pressed. */
static gboolean
act(gpointer data)
{
  User *user = data;
  g_autoptr(GList) windows = gtk_window_list_toplevels();
  for (GList *each = windows; each; each = each->next) {
    if (!GTK_IS_DIALOG(each->data) || !gtk_widget_get_visible(each->data))
      continue;
    GtkDialog *dialog = each->data;
    GtkWidget *button = gtk_dialog_get_widget_for_response(dialog, user->response);
    user->seen++;
    if (user->reason)
      type_reason(GTK_WIDGET(dialog), (gpointer)user->reason);
    gboolean can = !button || gtk_widget_get_sensitive(button);
    gtk_dialog_response(dialog, can ? user->response : GTK_RESPONSE_CANCEL);
    break;
  }
  return G_SOURCE_CONTINUE;
}

/* TRUE where the mail went out. */
static gboolean
send_mail(Compose *compose, User *user)
{
  guint timer = user->response == GTK_RESPONSE_NONE ? 0 : g_timeout_add(50, act, user);
  gboolean stopped = hook(compose, NULL);
  g_clear_handle_id(&timer, g_source_remove);
  return !stopped;
}

/* --- cases --- */

#define JSON(decision, status)                                                                     \
  "[ $1 = check ] || exit 0\n"                                                                     \
  "echo '{\"decision\": \"" decision "\", \"summary\": \"Not yet\", \"reasons\": [{\"message\": "  \
  "\"wait\", \"until\": \"2026-04-09\"}]}'; exit " #status

static void
test_draft(Compose *compose)
{
  User user = {GTK_RESPONSE_YES, NULL, 0};
  program(JSON("send", 0));
  compose->inreplyto = (char *)"m1@acme.example";
  compose->references = (char *)"<m0@acme.example>";
  g_assert_true(send_mail(compose, &user));
  g_autofree char *draft = content_of("check");
  g_assert_cmpstr(draft, ==,
                  "From: rep@example.com\nTo: Buyer <buyer@acme.example>\nCc: second@acme.example\n"
                  "Bcc: third@acme.example\nSubject: Re: Offer\nIn-Reply-To: <m1@acme.example>\n"
                  "References: <m0@acme.example>\nMIME-Version: 1.0\n"
                  "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
                  "From here on\nBcc: nobody\n");
  g_assert_cmpuint(user.seen, ==, 0);
  compose->inreplyto = compose->references = NULL;
}

static void
test_choices(Compose *compose)
{
  static const struct {
    const char *script;
    User user;
    gboolean sent;
    const char *words; /* of the last run */
  } cases[] = {
      {JSON("warn", 1), {GTK_RESPONSE_CANCEL, NULL, 0}, FALSE, "check --format=json -\n"},
      {JSON("warn", 1), {GTK_RESPONSE_DELETE_EVENT, NULL, 0}, FALSE, "check --format=json -\n"},
      {JSON("warn", 1), {GTK_RESPONSE_YES, NULL, 0}, TRUE, "allow --reason= -\n"},
      {JSON("stop", 2), {GTK_RESPONSE_YES, NULL, 0}, FALSE, "check --format=json -\n"},
      {JSON("stop", 2), {GTK_RESPONSE_YES, "  ", 0}, FALSE, "check --format=json -\n"},
      {JSON("stop", 2), {GTK_RESPONSE_YES, " they rang ", 0}, TRUE, "allow --reason=they rang -\n"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    User user = cases[i].user;
    program(cases[i].script);
    g_assert_cmpint(send_mail(compose, &user), ==, cases[i].sent);
    g_assert_cmpuint(user.seen, ==, 1);
    g_autofree char *words = content_of("words");
    g_assert_true(g_str_has_suffix(words, cases[i].words));
    g_assert_cmpstr(logged->str, ==, "");
  }
}

static void
test_broken(Compose *compose)
{
  static const char *const scripts[] = {"kill -9 $$", "exit 1",       "echo '{}'",
                                        "echo '[['",  "exec sleep 9", "exec cat /dev/zero"};
  for (guint i = 0; i < G_N_ELEMENTS(scripts); i++) {
    User user = {GTK_RESPONSE_CANCEL, NULL, 0};
    program(scripts[i]);
    g_assert_true(send_mail(compose, &user));
    g_assert_cmpuint(user.seen, ==, 0);
    g_assert_nonnull(strstr(logged->str, "did not check this mail"));
    g_string_truncate(logged, 0);
  }
}

static gboolean
send_again(gpointer compose)
{
  g_assert_true(hook(compose, NULL)); /* stopped, for it is being asked about already */
  return G_SOURCE_REMOVE;
}

static void
test_twice(Compose *compose)
{
  User user = {GTK_RESPONSE_YES, NULL, 0};
  program("sleep 1\n" JSON("send", 0));
  g_timeout_add(300, send_again, compose);
  g_assert_true(send_mail(compose, &user));
  g_autofree char *words = content_of("words");
  g_assert_cmpstr(words, ==, "check --format=json -\n");
}

static gboolean
destroy_window(gpointer window)
{
  gtk_widget_destroy(window);
  return G_SOURCE_REMOVE;
}

static gboolean
destroy_when_asked(gpointer window)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels();
  for (GList *each = windows; each; each = each->next)
    if (GTK_IS_DIALOG(each->data) && gtk_widget_get_visible(each->data))
      return destroy_window(window);
  return G_SOURCE_CONTINUE;
}

/* Claws Mail may take its window away, at the end of a session: while the child runs, or the dialog
 * is there. */
static void
test_destroyed(Compose *other)
{
  static const char *const scripts[] = {"sleep 2\n" JSON("warn", 1), JSON("warn", 1)};
  for (guint i = 0; i < G_N_ELEMENTS(scripts); i++) {
    User user = {i == 0 ? GTK_RESPONSE_CANCEL : GTK_RESPONSE_NONE, NULL, 0};
    Compose *compose = compose_make();
    g_object_ref(compose->window);
    program(scripts[i]);
    g_timeout_add(700, i == 0 ? destroy_window : destroy_when_asked, compose->window);
    g_assert_false(send_mail(compose, &user));
    g_object_unref(compose->window);
    compose->window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    compose_unmake(compose);
  }
}

/* The page of the preferences switches an account off, and that is found again. */
static void
test_settings(Compose *compose)
{
  User user = {GTK_RESPONSE_CANCEL, NULL, 0};
  program(JSON("warn", 1));
  page->create_widget(page, GTK_WINDOW(compose->window), NULL);
  GtkWidget *box = g_object_ref_sink(page->widget);
  g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(box));
  GtkToggleButton *button = g_list_last(children)->data;
  g_assert_true(gtk_toggle_button_get_active(button));
  gtk_toggle_button_set_active(button, FALSE);
  page->save_page(page);
  page->destroy_widget(page);
  g_object_unref(box);
  g_assert_true(send_mail(compose, &user));
  g_assert_cmpuint(user.seen, ==, 0);
  g_autofree char *file = path_of("cadencerc");
  g_assert_cmpint(g_unlink(file), ==, 0);
  compose->batch = TRUE;
  g_assert_true(send_mail(compose, &user));
  compose->batch = FALSE;
  g_assert_false(send_mail(compose, &user));
}

static gboolean
over(gpointer done)
{
  *(gboolean *)done = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_ms(guint time)
{
  gboolean done = FALSE;
  g_timeout_add(time, over, &done);
  while (!done)
    g_main_context_iteration(NULL, TRUE);
}

/* Until the program was run so often. */
static char *
wait_words(guint runs)
{
  for (guint i = 0; i < 300; i++) {
    g_autofree char *words = content_of("words");
    g_auto(GStrv) lines = g_strsplit(words, "\n", -1);
    if (g_strv_length(lines) > runs)
      return g_steal_pointer(&words);
    wait_ms(100);
  }
  g_error("ran less than %u times: %s", runs, content_of("words"));
}

static void
press_agree(GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON(widget) && g_strcmp0(gtk_button_get_label(GTK_BUTTON(widget)), "Agree") == 0)
    gtk_button_clicked(GTK_BUTTON(widget));
  else if (GTK_IS_CONTAINER(widget))
    gtk_container_forall(GTK_CONTAINER(widget), press_agree, NULL);
}

static GtkWidget *
party_window(void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels();
  for (GList *each = windows; each; each = each->next)
    if (g_strcmp0(gtk_window_get_title(each->data), "Cadence") == 0)
      return each->data;
  g_assert_not_reached();
}

/* The window about a party may be closed while its child runs. */
static void
test_party(Compose *compose)
{
  program("echo 'acme  due'");
  front_party_open(GTK_WINDOW(compose->window), "<a \"b\"@acme.example>");
  GtkWidget *window = party_window();
  g_free(wait_words(1));
  type_reason(window, (gpointer) "1mo");
  press_agree(window, NULL);
  g_autofree char *words = wait_words(3);
  g_assert_cmpstr(words, ==,
                  "show -- id:\"a \"\"b\"\"@acme.example\"\n"
                  "agree -- id:\"a \"\"b\"\"@acme.example\" every=1mo stop-after=1mo note=1mo\n"
                  "show -- id:\"a \"\"b\"\"@acme.example\"\n");
  wait_ms(500);
  program("sleep 1; echo late");
  press_agree(window, NULL);
  g_free(wait_words(1));
  gtk_widget_destroy(window);
  front_party_open(GTK_WINDOW(compose->window), "b@acme.example");
  gtk_widget_destroy(party_window());
  wait_ms(2500);
}

int
main(int argc, char **argv)
{
  static void (*const cases[])(Compose *) = {test_draft,    test_choices, test_broken,   test_twice,
                                             test_settings, test_party,   test_destroyed};
  PrefsAccount account = {
      .account_id = 1, .account_name = (char *)"work", .address = (char *)"rep@example.com"};
  char *error = NULL;
  gtk_init(&argc, &argv);
  folder = g_dir_make_tmp("cadence-host-XXXXXX", NULL);
  g_autofree char *path = g_strconcat(folder, ":", g_getenv("PATH"), NULL);
  g_setenv("PATH", path, TRUE);
  logged = g_string_new(NULL);
  accounts = g_list_append(NULL, &account);
  g_assert_cmpint(plugin_init(&error), ==, 0);
  g_assert_cmpstr(plugin_type(), ==, "GTK3");
  Compose *compose = compose_make();
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    cases[i](compose);
  compose_unmake(compose);
  g_assert_true(plugin_done() && !hook && !page);
  g_list_free(accounts);
  g_string_free(logged, TRUE);
  g_free(folder);
  return 0;
}
