/* policy.ini and agreements.ini (GKeyFile), read and validated. An unknown group or key, a bad
 * duration, a comment behind a value, a repeated group or key, two prospects claiming one address:
 * an error that names file, line, group and key. Nothing is guessed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_H
#define CADENCE_CONFIG_H

#include <cadence/parties.h>
#include <cadence/terms.h>

G_BEGIN_DECLS

typedef struct _CadenceConfig CadenceConfig;

/* Reads both files from `directory`; one that is not there stands for an empty one. On success
 * every value is known. CADENCE_ERROR_CONFIG for the first fault found, CADENCE_ERROR_NO_INPUT for
 * a file that is there and cannot be read, or that is a link to nowhere. */
CADENCE_API CadenceConfig *cadence_config_load(const char *directory, GError **error);

/* The same where only `addresses` (canonical; NULL-terminated) matter. Where the two files are,
 * byte for byte, those with the fingerprint `known` (may be NULL), of which somebody found before
 * that they have no fault, only those agreements are read that can say whose these addresses are,
 * and whose an address is that the same prospects might claim. */
CADENCE_API CadenceConfig *cadence_config_load_for(const char *directory, const char *known,
                                                   const char *const *addresses, GError **error);

/* Both from texts (either may be NULL: absent); the names are for messages. */
CADENCE_API CadenceConfig *cadence_config_parse(const char *policy_name, const char *policy_text,
                                                const char *agreements_name,
                                                const char *agreements_text, GError **error);

/* Every fault in both files, not only the first (but 1000 at most): an array of strings, one line
 * each (empty: none), owned by the caller. */
CADENCE_API GPtrArray *cadence_config_faults(const char *directory);

/* What the bytes of both files came to when they were read: the same for the same bytes. Owned by
 * the caller. */
CADENCE_API char *cadence_config_fingerprint(const CadenceConfig *config);

/* What they come to now, without reading what they say. NULL where one can't be read. */
CADENCE_API char *cadence_config_fingerprint_now(const char *directory);

CADENCE_API void cadence_config_free(CadenceConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceConfig, cadence_config_free)

/* Owned by the config. */
CADENCE_API const CadencePolicy *cadence_config_policy(const CadenceConfig *config);

/* Of CadenceAgreement, in the file's order; owned by the config. */
CADENCE_API const GPtrArray *cadence_config_agreements(const CadenceConfig *config);

/* The policy as far as it can be read: a key at fault, and all of a file that is not to be had, is
 * as its default. Only for whoever must go on where the files are broken: the hook in front of the
 * MTA has to know the MTA. Never NULL; owned by the caller. */
CADENCE_API CadencePolicy *cadence_policy_salvage(const char *directory);

/* The agreement of that name; NULL where there is none. */
CADENCE_API const CadenceAgreement *cadence_config_agreement(const CadenceConfig *config,
                                                             const char *name);

/* Who is who by the two files: team and ignore, and every agreement's match. The caller adds the
 * user's own addresses. Owned by the caller. CADENCE_ERROR_CONFIG for an entry that two own. */
CADENCE_API CadenceParties *cadence_config_parties(const CadenceConfig *config, GError **error);

/* One line of the effective policy. */
typedef struct {
  char *group, *key;
  char *value;  /* as it would be written */
  char *origin; /* "policy.ini:12", or "default" */
} CadenceSetting;

/* Of CadenceSetting, the whole policy in its documented order; owned by the config. */
CADENCE_API const GPtrArray *cadence_config_settings(const CadenceConfig *config);

/* The keys of agreements.ini in their documented order; static, NULL-terminated. */
CADENCE_API const char *const *cadence_agreement_keys(void);

/* What is to become of one key of an agreement. */
typedef enum {
  CADENCE_CHANGE_SET,    /* gets `value`, in one line; "" or NULL is the same as UNSET */
  CADENCE_CHANGE_UNSET,  /* is taken out, where it is there; `value` does not count */
  CADENCE_CHANGE_ADD,    /* `match` only: gets these addresses and domains too, where it has not */
  CADENCE_CHANGE_REMOVE, /* `match` only: loses them; each has to be there, and one has to stay */
} CadenceChangeKind;

typedef struct {
  CadenceChangeKind kind;
  const char *key; /* one of cadence_agreement_keys */
  const char *value;
} CadenceChange;

/* Makes the `n` changes, one after the other, to the agreement `name` of agreements.ini in
 * `directory`: all of them or none. An agreement that is not there is begun where `create` says so,
 * at the file's end; so is the file (mode 0600, its directory 0700).
 *
 * Only the lines that change are touched; comments, order, blanks and line ends of all others stay
 * byte for byte. The result is read as cadence_config_load would read it before anything is
 * written, and what is equal to the file is not written. Changes made at the same time wait for
 * each other, for about 15 seconds. The file is replaced as a whole: whoever reads it, and whenever
 * this process ends, it is the old one or the new one. Links are followed and stay; mode, owner,
 * group, access list and extended attributes are kept where that is allowed; hard links come apart.
 *
 * On success `*before` and `*after` (each may be NULL) are what both files said and say, owned by
 * the caller. On failure they are left alone and the file is as it was: CADENCE_ERROR_SYNTAX    a
 * key, value or name that can't be written, whatever the file says CADENCE_ERROR_CONFIG    a fault
 * in the files, or one that the changes would make; no such agreement; nothing there to be removed
 *   CADENCE_ERROR_NO_INPUT  a file that is there and cannot be read, a link into a directory that
 * is not there CADENCE_ERROR_BUSY      other changes took too long, or another program wrote the
 * file meanwhile CADENCE_ERROR_IO        it can't be written: the message names the path and the
 * reason */
CADENCE_API gboolean cadence_agreements_change(const char *directory, const char *name,
                                               const CadenceChange *changes, gsize n,
                                               gboolean create, CadenceConfig **before,
                                               CadenceConfig **after,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Two digests, so that a pass knows what changed since the last. Both are made of effective values:
 * comments, blanks, the order of groups and a default written out change neither. 16 hexadecimal
 * digits, the same in every run and on every machine.
 *
 * The config's: everything that decides for all prospects who is one, its state and its tag:
 * [scope], [tags], what of [cadence] and [signals] a state depends on, and each agreement's name
 * and match. Owned by the config. */
CADENCE_API const char *cadence_config_digest(const CadenceConfig *config);

/* One agreement's: all of it but `note` and `evidence`. Owned by the caller. */
CADENCE_API char *cadence_agreement_digest(const CadenceAgreement *agreement);

G_END_DECLS

#endif
