/* The part of `show` that draws who wrote when: a line down the middle, our side on its left,
 * theirs on its right.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "show.h"
#include "table.h"
#include "text.h"

typedef enum {
  LANE_ATTEMPT,
  LANE_RETURNED, /* ours, and it bounced */
  LANE_REPLY,
  LANE_MACHINE, /* theirs, and no person wrote it */
} Lane;

static const char *const lanes_utf8[] = {
    [LANE_ATTEMPT] = "\u25CF\u25B6\u2502  ",
    [LANE_RETURNED] = "\u25CB\u25B7\u2502  ",
    [LANE_REPLY] = "  \u2502\u25C0\u25CF",
    [LANE_MACHINE] = "  \u2502\u25C1\u25CB",
};

static const char *const lanes_ascii[] = {
    [LANE_ATTEMPT] = "o>|  ",
    [LANE_RETURNED] = "x>|  ",
    [LANE_REPLY] = "  |<o",
    [LANE_MACHINE] = "  |<.",
};

/* Where the reading of the timeline stands. */
typedef struct {
  const CadenceContact *before;
  CadenceDay attempt_day; /* of the run's last attempt */
  guint attempt;          /* its number */
} Position;

static gboolean
is_attempt(const CadenceContact *contact)
{
  return contact->direction == CADENCE_OUTBOUND && !contact->taken_back;
}

static gboolean
is_reply(const CadenceContact *contact)
{
  return contact->direction == CADENCE_INBOUND && cadence_kind_is_reply(contact->kind);
}

/* A reply ends the run, and so does what the agreement calls a fresh start. Several attempts on one
 * day are one. */
static void
step(Position *position, const CadenceContact *contact)
{
  gboolean revived = position->before && contact->counts && !position->before->counts;
  if (is_reply(contact) || revived)
    position->attempt = 0;
  if (is_attempt(contact) && (position->attempt == 0 || contact->day != position->attempt_day)) {
    position->attempt++;
    position->attempt_day = contact->day;
  }
}

static Lane
lane_of(const CadenceContact *contact)
{
  if (contact->direction == CADENCE_OUTBOUND)
    return contact->taken_back ? LANE_RETURNED : LANE_ATTEMPT;
  return is_reply(contact) ? LANE_REPLY : LANE_MACHINE;
}

/* Off-mail contacts say how; the rest what they are. */
static const char *
kind_text(const CadenceContact *contact)
{
  if (contact->channel != CADENCE_CHANNEL_MAIL)
    return cadence_channel_id(contact->channel);
  if (contact->direction == CADENCE_OUTBOUND)
    return contact->taken_back ? _("returned") : NULL;
  return cadence_kind_id(contact->kind);
}

/* Theirs: who wrote it. Ours: whom it went to. */
static char *
who_text(const CadenceContact *contact)
{
  if (contact->direction == CADENCE_INBOUND && contact->from)
    return g_strdup(contact->from);
  return contact->addresses ? g_strjoinv(", ", contact->addresses) : NULL;
}

static char *
gap_text(const Position *position, const CadenceContact *contact)
{
  int days = position->before ? contact->day - position->before->day : 0;
  return days > 0 ? g_strdup_printf(_("+%dd"), days) : NULL;
}

static void
add_line(CliTable *table, const CliApp *app, const Position *position,
         const CadenceContact *contact)
{
  const char *const *lanes = app->terminal.utf8 ? lanes_utf8 : lanes_ascii;
  Lane lane = lane_of(contact);
  cli_table_take(table, cadence_day_to_string(contact->day));
  cli_table_take(table, gap_text(position, contact));
  cli_table_add_drawn(table, lanes[lane], lane == LANE_REPLY ? CLI_PAINT_GOOD : CLI_PAINT_NONE);
  cli_table_take(table, lane == LANE_ATTEMPT ? g_strdup_printf("%u", position->attempt) : NULL);
  cli_table_add(table, kind_text(contact));
  cli_table_take(table, who_text(contact));
  cli_table_add(table, contact->subject);
}

void
cli_show_timeline(CliApp *app, const CadenceStanding *standing, guint most)
{
  static const CliColumn columns[] = {
      {.title = NULL},               /* day */
      {.right = TRUE, .dropped = 2}, /* days since the one before */
      {.title = NULL},               /* the drawing */
      {.right = TRUE, .dropped = 4}, /* number of the attempt */
      {.dropped = 3},                /* kind */
      {.least = 8},                  /* who */
      {.least = 12, .dropped = 1},   /* subject */
  };
  const GPtrArray *contacts = standing->contacts;
  guint left_out = most > 0 && contacts->len > most ? contacts->len - most : 0;
  Position position = {0};
  if (contacts->len == 0)
    return;
  cli_show_title(app, _("Timeline"));
  cli_show_left_out(app, left_out);
  g_autoptr(CliTable) table = cli_table_new(columns, G_N_ELEMENTS(columns), &app->terminal);
  for (guint i = 0; i < contacts->len; i++) {
    step(&position, contacts->pdata[i]);
    if (i >= left_out)
      add_line(table, app, &position, contacts->pdata[i]);
    position.before = contacts->pdata[i];
  }
  cli_table_print(table, app->out, 2);
}
