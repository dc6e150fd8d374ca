/* The words that users meet, each with its id: states, reasons, severities, kinds of message,
 * directions, channels, stages. Ids are never translated.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_WORDS_H
#define CADENCE_WORDS_H

#include <cadence/base.h>

G_BEGIN_DECLS

/* Where a prospect is; the first that applies, in this order. */
typedef enum {
  CADENCE_STATE_DEAD,
  CADENCE_STATE_NEW,
  CADENCE_STATE_OWED,
  CADENCE_STATE_HELD,
  CADENCE_STATE_NURTURE,
  CADENCE_STATE_WAITING,
  CADENCE_STATE_DUE,
} CadenceState;
#define CADENCE_N_STATES 7

/* Why a draft is not simply sent, worst first. */
typedef enum {
  CADENCE_REASON_OPTED_OUT,
  CADENCE_REASON_BOUNCED,
  CADENCE_REASON_DEAD,
  CADENCE_REASON_HELD,
  CADENCE_REASON_REPLY_WAITING,
  CADENCE_REASON_TOO_SOON,
  CADENCE_REASON_TOO_MANY,
  CADENCE_REASON_OVER_CAP,
  CADENCE_REASON_NURTURE,
  CADENCE_REASON_WRONG_CHANNEL,
  CADENCE_REASON_NOTHING_NEW,
  CADENCE_REASON_GATEKEEPER,
  CADENCE_REASON_UNQUALIFIED,
  CADENCE_REASON_NO_AGREEMENT,
  CADENCE_REASON_STALE_INDEX,
} CadenceReasonId;
#define CADENCE_N_REASONS 15

typedef enum {
  CADENCE_SEVERITY_OFF,
  CADENCE_SEVERITY_NOTE,
  CADENCE_SEVERITY_WARN,
  CADENCE_SEVERITY_STOP,
} CadenceSeverity;

typedef enum {
  CADENCE_DECISION_SEND,
  CADENCE_DECISION_WARN,
  CADENCE_DECISION_STOP,
  CADENCE_DECISION_UNKNOWN, /* the question could not be answered */
} CadenceDecision;

typedef enum {
  CADENCE_INBOUND,
  CADENCE_OUTBOUND,
} CadenceDirection;

/* What kind of message it is. Those up to CADENCE_KIND_PUTS_OFF that are inbound were written by a
 * person and are replies; the later ones are not. */
typedef enum {
  CADENCE_KIND_OUTBOUND,
  CADENCE_KIND_REPLY,
  CADENCE_KIND_OPT_OUT,
  CADENCE_KIND_DECLINED,
  CADENCE_KIND_PUTS_OFF,
  CADENCE_KIND_AUTO,      /* absence or acknowledgement by machine (RFC 3834) */
  CADENCE_KIND_BOUNCE,    /* RFC 3464 "failed", and its older forms */
  CADENCE_KIND_DELIVERY,  /* delivered, relayed, delayed (RFC 3464), read (RFC 8098) */
  CADENCE_KIND_CALENDAR,  /* RFC 5546 */
  CADENCE_KIND_CHALLENGE, /* "confirm that you are a person" */
  CADENCE_KIND_BULK,
  CADENCE_KIND_LIST, /* RFC 2919, RFC 2369 */
} CadenceKind;
#define CADENCE_N_KINDS 12

typedef enum {
  CADENCE_CHANNEL_MAIL,
  CADENCE_CHANNEL_PHONE,
  CADENCE_CHANNEL_MEETING,
  CADENCE_CHANNEL_POST,
  CADENCE_CHANNEL_OTHER,
} CadenceChannel;
#define CADENCE_N_CHANNELS 5

typedef enum {
  CADENCE_STAGE_NONE, /* nothing was said about it; has no id */
  CADENCE_STAGE_LEAD,
  CADENCE_STAGE_QUALIFIED,
  CADENCE_STAGE_NURTURE,
  CADENCE_STAGE_WON, /* a client: only opt-outs and bounces are judged */
} CadenceStage;
#define CADENCE_N_STAGES 5

/* The id of a value ("too-soon"); static. NULL for a value outside the list and for
 * CADENCE_STAGE_NONE. */
CADENCE_API const char *cadence_state_id(CadenceState state);
CADENCE_API const char *cadence_reason_id(CadenceReasonId reason);
CADENCE_API const char *cadence_severity_id(CadenceSeverity severity);
CADENCE_API const char *cadence_decision_id(CadenceDecision decision);
CADENCE_API const char *cadence_direction_id(CadenceDirection direction);
CADENCE_API const char *cadence_kind_id(CadenceKind kind);
CADENCE_API const char *cadence_channel_id(CadenceChannel channel);
CADENCE_API const char *cadence_stage_id(CadenceStage stage);

/* The value of an id; FALSE (and `*value` untouched) where there is none. */
CADENCE_API gboolean cadence_state_from_id(const char *id, CadenceState *value);
CADENCE_API gboolean cadence_reason_from_id(const char *id, CadenceReasonId *value);
CADENCE_API gboolean cadence_severity_from_id(const char *id, CadenceSeverity *value);
CADENCE_API gboolean cadence_kind_from_id(const char *id, CadenceKind *value);
CADENCE_API gboolean cadence_channel_from_id(const char *id, CadenceChannel *value);
CADENCE_API gboolean cadence_stage_from_id(const char *id, CadenceStage *value);

/* How severe a reason is where the policy says nothing. */
CADENCE_API CadenceSeverity cadence_reason_default_severity(CadenceReasonId reason);

/* TRUE for the kinds that a person wrote to us: they end a run of attempts. */
CADENCE_API gboolean cadence_kind_is_reply(CadenceKind kind);

G_END_DECLS

#endif
