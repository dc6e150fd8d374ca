/* The order of things at Send: check, ask, allow.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "send.h"

#include <glib/gi18n-lib.h>
#include <libintl.h>

#include "../common/verdict.h"
#include "ask.h"

#define BUSY "cadence-asking"

void
front_init(void)
{
  bindtextdomain(GETTEXT_PACKAGE, CADENCE_LOCALEDIR);
  bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
}

/* Nobody types into a draft that is being judged, or closes it. The rest goes on: drawing, timers.
 */
static gboolean
refuse(GtkWidget *composer, GdkEvent *event, gpointer data)
{
  switch (event->type) {
  case GDK_DELETE:
  case GDK_KEY_PRESS:
  case GDK_KEY_RELEASE:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Weak: the client itself may destroy its window, at the end of a session say. */
typedef struct {
  GtkWidget *inside; /* NULL where there is nothing to make insensitive */
  GtkWidget *focus;
  gulong handler;
} Hold;

/* The grab keeps other windows of the client from ending it under us; what is inside the window is
 * insensitive, so the grab lets nothing through. */
static void
hold(GtkWindow *composer, Hold *held)
{
  GtkWidget *inside = gtk_bin_get_child(GTK_BIN(composer));
  g_set_weak_pointer(&held->focus, gtk_window_get_focus(composer));
  if (inside && gtk_widget_get_sensitive(inside)) {
    g_set_weak_pointer(&held->inside, inside);
    gtk_widget_set_sensitive(inside, FALSE);
  }
  gtk_grab_add(GTK_WIDGET(composer));
  held->handler = g_signal_connect(composer, "event", G_CALLBACK(refuse), NULL);
}

static void
release(GtkWindow *composer, Hold *held)
{
  if (g_signal_handler_is_connected(composer, held->handler))
    g_signal_handler_disconnect(composer, held->handler);
  gtk_grab_remove(GTK_WIDGET(composer));
  if (held->inside)
    gtk_widget_set_sensitive(held->inside, TRUE);
  if (held->focus)
    gtk_widget_grab_focus(held->focus);
  g_clear_weak_pointer(&held->inside);
  g_clear_weak_pointer(&held->focus);
}

static FrontOutput *
run_held(GtkWindow *composer, const char *const *argv, const GString *draft, guint limit,
         GError **error)
{
  Hold held = {NULL, NULL, 0};
  hold(composer, &held);
  FrontOutput *output = front_run(argv, draft->str, draft->len, limit, error);
  release(composer, &held);
  return output;
}

static FrontVerdict *
check(GtkWindow *composer, const GString *draft, guint limit, GError **error)
{
  const char *argv[] = {"notmuch-cadence", "check", "--format=json", "-", NULL};
  g_autoptr(FrontOutput) output = run_held(composer, argv, draft, limit, error);
  return output ? front_verdict_read(output, error) : NULL;
}

/* The program's own hook in front of the MTA, if there is one, must let pass what the user has
 * decided. Where it can't be told, the mail goes its way all the same. */
static void
allow(GtkWindow *composer, const GString *draft, const char *why, guint limit, FrontNotice notice,
      gpointer data)
{
  g_autofree char *reason = g_strconcat("--reason=", why, NULL);
  const char *argv[] = {"notmuch-cadence", "allow", reason, "-", NULL};
  g_autoptr(GError) error = NULL;
  g_autoptr(FrontOutput) output = run_held(composer, argv, draft, limit, &error);
  if (output && output->status == 0)
    return;
  g_autofree char *complaint = output ? front_clean(output->err) : NULL;
  g_autofree char *message =
      g_strdup_printf(_("Cadence could not note that this mail may go out: %s"),
                      output ? complaint : error->message);
  notice(message, data);
}

static gboolean
decide(GtkWindow *composer, const GString *draft, guint limit, FrontNotice notice, gpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FrontVerdict) verdict = check(composer, draft, limit, &error);
  if (!verdict) {
    g_autofree char *message =
        g_strdup_printf(_("Cadence did not check this mail: %s"), error->message);
    notice(message, data);
    return TRUE;
  }
  if (verdict->decision == FRONT_SEND)
    return TRUE;
  g_autofree char *why = front_ask(composer, verdict);
  if (!why)
    return FALSE;
  allow(composer, draft, why, limit, notice, data);
  return TRUE;
}

gboolean
front_may_send(GtkWindow *composer, const GString *draft, guint limit, FrontNotice notice,
               gpointer data)
{
  if (g_object_get_data(G_OBJECT(composer), BUSY))
    return FALSE;
  g_object_ref(composer);
  g_object_set_data(G_OBJECT(composer), BUSY, GINT_TO_POINTER(TRUE));
  gboolean send = decide(composer, draft, limit, notice, data);
  g_object_set_data(G_OBJECT(composer), BUSY, NULL);
  g_object_unref(composer);
  return send;
}
