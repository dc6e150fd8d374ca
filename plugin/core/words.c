/* The tables of words: states, reasons, severities, kinds, channels, stages. To add one is to add a
 * row here, its cases and its line in the man page; tests/lint notices when one is missing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/words.h>

/* clang-format off */
G_DEFINE_QUARK(cadence-error-quark, cadence_error)
/* clang-format on */

static const char *const states[] = {
    [CADENCE_STATE_DEAD] = "dead",       [CADENCE_STATE_NEW] = "new",
    [CADENCE_STATE_OWED] = "owed",       [CADENCE_STATE_HELD] = "held",
    [CADENCE_STATE_NURTURE] = "nurture", [CADENCE_STATE_WAITING] = "waiting",
    [CADENCE_STATE_DUE] = "due",
};

static const char *const reasons[] = {
    [CADENCE_REASON_OPTED_OUT] = "opted-out",
    [CADENCE_REASON_BOUNCED] = "bounced",
    [CADENCE_REASON_DEAD] = "dead",
    [CADENCE_REASON_HELD] = "held",
    [CADENCE_REASON_REPLY_WAITING] = "reply-waiting",
    [CADENCE_REASON_TOO_SOON] = "too-soon",
    [CADENCE_REASON_TOO_MANY] = "too-many",
    [CADENCE_REASON_OVER_CAP] = "over-cap",
    [CADENCE_REASON_NURTURE] = "nurture",
    [CADENCE_REASON_WRONG_CHANNEL] = "wrong-channel",
    [CADENCE_REASON_NOTHING_NEW] = "nothing-new",
    [CADENCE_REASON_GATEKEEPER] = "gatekeeper",
    [CADENCE_REASON_UNQUALIFIED] = "unqualified",
    [CADENCE_REASON_NO_AGREEMENT] = "no-agreement",
    [CADENCE_REASON_STALE_INDEX] = "stale-index",
};

static const char *const severities[] = {
    [CADENCE_SEVERITY_OFF] = "off",
    [CADENCE_SEVERITY_NOTE] = "note",
    [CADENCE_SEVERITY_WARN] = "warn",
    [CADENCE_SEVERITY_STOP] = "stop",
};

static const char *const decisions[] = {
    [CADENCE_DECISION_SEND] = "send",
    [CADENCE_DECISION_WARN] = "warn",
    [CADENCE_DECISION_STOP] = "stop",
    [CADENCE_DECISION_UNKNOWN] = "unknown",
};

static const char *const directions[] = {
    [CADENCE_INBOUND] = "in",
    [CADENCE_OUTBOUND] = "out",
};

static const char *const kinds[] = {
    [CADENCE_KIND_OUTBOUND] = "outbound", [CADENCE_KIND_REPLY] = "reply",
    [CADENCE_KIND_OPT_OUT] = "opt-out",   [CADENCE_KIND_DECLINED] = "declined",
    [CADENCE_KIND_PUTS_OFF] = "puts-off", [CADENCE_KIND_AUTO] = "auto",
    [CADENCE_KIND_BOUNCE] = "bounce",     [CADENCE_KIND_DELIVERY] = "delivery",
    [CADENCE_KIND_CALENDAR] = "calendar", [CADENCE_KIND_CHALLENGE] = "challenge",
    [CADENCE_KIND_BULK] = "bulk",         [CADENCE_KIND_LIST] = "list",
};

static const char *const channels[] = {
    [CADENCE_CHANNEL_MAIL] = "mail",       [CADENCE_CHANNEL_PHONE] = "phone",
    [CADENCE_CHANNEL_MEETING] = "meeting", [CADENCE_CHANNEL_POST] = "post",
    [CADENCE_CHANNEL_OTHER] = "other",
};

static const char *const stages[] = {
    [CADENCE_STAGE_NONE] = NULL,
    [CADENCE_STAGE_LEAD] = "lead",
    [CADENCE_STAGE_QUALIFIED] = "qualified",
    [CADENCE_STAGE_NURTURE] = "nurture",
    [CADENCE_STAGE_WON] = "won",
};

G_STATIC_ASSERT(G_N_ELEMENTS(states) == CADENCE_N_STATES);
G_STATIC_ASSERT(G_N_ELEMENTS(reasons) == CADENCE_N_REASONS);
G_STATIC_ASSERT(G_N_ELEMENTS(kinds) == CADENCE_N_KINDS);
G_STATIC_ASSERT(G_N_ELEMENTS(channels) == CADENCE_N_CHANNELS);
G_STATIC_ASSERT(G_N_ELEMENTS(stages) == CADENCE_N_STAGES);

static const char *
id_of(const char *const *table, gsize n, guint value)
{
  return value < n ? table[value] : NULL;
}

static gboolean
value_of(const char *const *table, gsize n, const char *id, guint *value)
{
  for (guint i = 0; i < n; i++) {
    if (g_strcmp0(table[i], id) == 0 && id) {
      *value = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* cadence_NAME_id() from a table, and the way back. */
#define WORD_ID(name, Type, table)                                                                 \
  const char *cadence_##name##_id(Type value)                                                      \
  {                                                                                                \
    return id_of(table, G_N_ELEMENTS(table), (guint)value);                                        \
  }
#define WORD_FROM_ID(name, Type, table)                                                            \
  gboolean cadence_##name##_from_id(const char *id, Type *value)                                   \
  {                                                                                                \
    guint found;                                                                                   \
    if (!value_of(table, G_N_ELEMENTS(table), id, &found))                                         \
      return FALSE;                                                                                \
    *value = (Type)found;                                                                          \
    return TRUE;                                                                                   \
  }

WORD_ID(state, CadenceState, states)
WORD_ID(reason, CadenceReasonId, reasons)
WORD_ID(severity, CadenceSeverity, severities)
WORD_ID(decision, CadenceDecision, decisions)
WORD_ID(direction, CadenceDirection, directions)
WORD_ID(kind, CadenceKind, kinds)
WORD_ID(channel, CadenceChannel, channels)
WORD_ID(stage, CadenceStage, stages)
WORD_FROM_ID(state, CadenceState, states)
WORD_FROM_ID(reason, CadenceReasonId, reasons)
WORD_FROM_ID(severity, CadenceSeverity, severities)
WORD_FROM_ID(kind, CadenceKind, kinds)
WORD_FROM_ID(channel, CadenceChannel, channels)
WORD_FROM_ID(stage, CadenceStage, stages)

gboolean
cadence_kind_is_reply(CadenceKind kind)
{
  return kind >= CADENCE_KIND_REPLY && kind <= CADENCE_KIND_PUTS_OFF;
}
