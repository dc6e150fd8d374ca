/* The table of clients: which file, which lines. To add one is to add a row, its line in the
 * manual, and a test in tests/clients.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "setup.h"

/* The first that is there is the one that the client reads. */
static const char *const mutt_files[] = {"~/.muttrc", "~/.mutt/muttrc", "%/mutt/muttrc",
                                         "~/.muttrc", NULL};
static const char *const neomutt_files[] = {
    "%/neomutt/neomuttrc",  "%/neomutt/muttrc",  "%/mutt/neomuttrc",    "%/mutt/muttrc",
    "~/.neomutt/neomuttrc", "~/.neomutt/muttrc", "~/.mutt/neomuttrc",   "~/.mutt/muttrc",
    "~/.neomuttrc",         "~/.muttrc",         "%/neomutt/neomuttrc", NULL};
static const char *const aerc_accounts[] = {"%/aerc/accounts.conf", NULL};
static const char *const aerc_binds[] = {"%/aerc/binds.conf", NULL};
static const char *const alot_config[] = {"%/alot/config", NULL};
static const char *const alot_hooks[] = {"%/alot/hooks.py", NULL};
static const char *const emacs_files[] = {"~/.emacs",        "~/.emacs.el", "~/.emacs.d/init.el",
                                          "%/emacs/init.el", "~/.emacs",    NULL};
static const char *const mblaze_profile[] = {"~/.mblaze/profile", NULL};
static const char *const claws_files[] = {"~/.claws-mail/clawsrc", NULL};
static const char *const thunderbird_host[] = {
    "~/.mozilla/native-messaging-hosts/org.notmuch.cadence.json", NULL};

/* sendmail_wait: with another value mutt takes a mail for sent before it is. */
#define MUTT                                                                                       \
  "set sendmail=\"%sendmail%\"\n"                                                                  \
  "set sendmail_wait=0\n"                                                                          \
  "macro compose \\ew \"<shell-escape>%program% why<enter>\" \"why it was refused\"\n"             \
  "macro compose \\ea \"<shell-escape>%program% allow<enter>\" \"let it go out once\"\n"           \
  "macro compose \\eA \"<shell-escape>%program% allow --reason='\" \"let it go out once, with a "  \
  "reason\"\n"

/* A terminal of aerc's closes with what runs in it: so the reasons wait for Enter, and so does what
 * keeps `allow` from it. Neither ";", which begins a comment there, nor ">", which is half a key.
 */
#define AERC                                                                                       \
  "x = :term sh -c \"%program% why || true && read -r enter\"<Enter>\n"                            \
  "S = :term sh -c \"%program% allow || read -r enter\"<Enter>\n"

#define ALOT                                                                                       \
  "with open(\"%examples%/alot/hooks.py\") as _cadence:\n"                                         \
  "    exec(compile(_cadence.read(), _cadence.name, \"exec\"))\n"

#define EMACS                                                                                      \
  "(add-to-list 'load-path \"%lisp%\")\n"                                                          \
  "(require 'notmuch-cadence)\n"                                                                   \
  "(notmuch-cadence-mode 1)\n"                                                                     \
  "(with-eval-after-load 'notmuch (notmuch-cadence-add-saved-searches))\n"

#define GIT                                                                                        \
  "[sendemail]\n"                                                                                  \
  "\tsendmailCmd = \"%sendmail%\"\n"

#define MANIFEST                                                                                   \
  "{\n"                                                                                            \
  "  \"name\": \"org.notmuch.cadence\",\n"                                                         \
  "  \"description\": \"notmuch-cadence: judges drafts for the Thunderbird extension\",\n"         \
  "  \"path\": \"%host%\",\n"                                                                      \
  "  \"type\": \"stdio\",\n"                                                                       \
  "  \"allowed_extensions\": [\"cadence@notmuch.org\"]\n"                                          \
  "}\n"

const CliSetupClient cli_setup_clients[] = {
    {.name = "mutt",
     .program = "mutt",
     .confirm = TRUE,
     .steps = {{.files = mutt_files,
                .put = cli_setup_put_text,
                .place = {.comment = "#"},
                .text = MUTT,
                .ask = cli_setup_ask_mutt}},
     .then = N_("In the compose menu: y again within ten minutes sends it anyway, Esc w says why, "
                "Esc a lets it go out once.")},
    {.name = "neomutt",
     .program = "neomutt",
     .confirm = TRUE,
     .steps = {{.files = neomutt_files,
                .put = cli_setup_put_text,
                .place = {.comment = "#"},
                .text = MUTT,
                .ask = cli_setup_ask_mutt}},
     .then = N_("In the compose menu: y again within ten minutes sends it anyway, Esc w says why, "
                "Esc a lets it go out once.")},
    {.name = "aerc",
     .program = "aerc",
     .steps = {{.files = aerc_accounts,
                .missing = N_("aerc makes it at its first start"),
                .put = cli_setup_put_command,
                .place = {.comment = "#", .key = "outgoing", .separator = '='},
                .quoted = TRUE},
               {.files = aerc_binds,
                .missing = N_("aerc makes it at its first start"),
                .put = cli_setup_put_text,
                .place = {.comment = "#", .section = "[compose::review]"},
                .text = AERC}},
     .then = N_("aerc does not show why a mail was refused: when it comes back instead of going "
                "out, x says why (until Enter), S and then y sends it anyway.")},
    {.name = "alot",
     .program = "alot",
     .steps = {{.files = alot_config,
                .missing = N_("write one with your account first"),
                .put = cli_setup_put_command,
                .place = {.comment = "#",
                          .section = "[accounts]",
                          .key = "sendmail_command",
                          .separator = '=',
                          .everywhere = TRUE},
                .usual = "sendmail -t",
                .quoted = TRUE},
               {.files = alot_hooks,
                .put = cli_setup_put_text,
                .place = {.comment = "#"},
                .text = ALOT,
                .wants = CADENCE_EXAMPLES "/alot/hooks.py"}}},
    {.name = "emacs",
     .program = "emacs",
     .steps = {{.files = emacs_files,
                .put = cli_setup_put_text,
                .place = {.comment = ";;"},
                .text = EMACS,
                .wants = CADENCE_LISPDIR "/notmuch-cadence.el"}},
     .then = N_("Emacs reads it at its next start.")},
    {.name = "mblaze",
     .program = "mcom",
     .confirm = TRUE,
     .steps =
         {{.files = mblaze_profile,
           .put = cli_setup_put_command,
           .place = {.comment = "#:", .key = "Sendmail", .separator = ':', .everywhere = TRUE}}},
     .then = N_("\"mcom -r\" within ten minutes sends it anyway.")},
    {.name = "git-send-email",
     .program = "git",
     .confirm = TRUE,
     .steps = {{.find = cli_setup_find_git,
                .put = cli_setup_put_text,
                .place = {.comment = "#"},
                .text = GIT,
                .ask = cli_setup_ask_git}},
     .then = N_("The same command again within ten minutes sends it anyway.")},
    {.name = "post-new",
     .program = "notmuch",
     .steps = {{.find = cli_setup_find_hook,
                .put = cli_setup_put_hook,
                .place = {.comment = "#"},
                .text = "%program% index --quiet\n",
                .before = "exit",
                .header = "#!/bin/sh\n",
                .mode = 0777}},
     .then = N_("The tags are brought up to date after each \"notmuch new\".")},
    {.name = "systemd", .program = "systemctl", .extra = cli_setup_timer},
    {.name = "claws-mail",
     .program = "claws-mail",
     .rewrites = TRUE,
     .steps = {{.files = claws_files,
                .missing = N_("Claws Mail makes it at its first start"),
                .put = cli_setup_put_plugin,
                .take = cli_setup_take_plugin,
                .place = {.section = "[Plugins_GTK3]"},
                .text = CADENCE_CLAWS_PLUGIN,
                .wants = CADENCE_CLAWS_PLUGIN}}},
    {.name = "evolution", .program = "evolution", .extra = cli_setup_module},
    {.name = "thunderbird",
     .program = "thunderbird",
     .steps = {{.files = thunderbird_host,
                .put = cli_setup_put_manifest,
                .take = cli_setup_take_manifest,
                .text = MANIFEST}},
     .extra = cli_setup_extension},
    {.name = NULL},
};
