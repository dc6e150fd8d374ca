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

/* Reads both files from `directory`; one that is not there stands for an empty one. On success every
 * value is known. CADENCE_ERROR_CONFIG for the first fault found, CADENCE_ERROR_NO_INPUT for a file
 * that is there and cannot be read, or that is a link to nowhere. */
CADENCE_API CadenceConfig *cadence_config_load(const char *directory, GError **error);

/* The same from texts (either may be NULL: absent); the names are for messages. */
CADENCE_API CadenceConfig *cadence_config_parse(const char *policy_name, const char *policy_text,
                                                const char *agreements_name,
                                                const char *agreements_text, GError **error);

/* Every fault in both files, not only the first (but 1000 at most): an array of strings, one line each
 * (empty: none), owned by the caller. */
CADENCE_API GPtrArray *cadence_config_faults(const char *directory);

CADENCE_API void cadence_config_free(CadenceConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceConfig, cadence_config_free)

/* Owned by the config. */
CADENCE_API const CadencePolicy *cadence_config_policy(const CadenceConfig *config);

/* Of CadenceAgreement, in the file's order; owned by the config. */
CADENCE_API const GPtrArray *cadence_config_agreements(const CadenceConfig *config);

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

/* Two digests, so that a pass knows what changed since the last. Both are made of effective values:
 * comments, blanks, the order of groups and a default written out change neither. 16 hexadecimal
 * digits, the same in every run and on every machine.
 *
 * The config's: everything that decides for all prospects who is one, its state and its tag: [scope],
 * [tags], what of [cadence] and [signals] a state depends on, and each agreement's name and match.
 * Owned by the config. */
CADENCE_API const char *cadence_config_digest(const CadenceConfig *config);

/* One agreement's: all of it but `note` and `evidence`. Owned by the caller. */
CADENCE_API char *cadence_agreement_digest(const CadenceAgreement *agreement);

G_END_DECLS

#endif
