/* The table of commands. To add one is to add a row, its file and its line in the man page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"

#include <glib/gi18n.h>

#include "near.h"
#include "text.h"

static const GOptionEntry no_options[] = {G_OPTION_ENTRY_NULL};

const CliCommand cli_commands[] = {
    {"list", N_("[STATE...] [QUERY]"), N_("the prospects, the most pressing first"),
     N_("One line a prospect. Leading words that are states (owed, due, waiting, held, nurture, "
        "new, dead) choose among them; the rest is a notmuch query: then only the prospects of the "
        "messages that it matches are listed."),
     cli_list_options, cli_list},
    {"show", N_("PROSPECT|QUERY"), N_("all about one prospect"),
     N_("The terms and where each comes from, the measures, the addresses, who wrote when, the "
        "threads, and why the state is what it is. PROSPECT is a name, an address or a domain; "
        "anything else is a notmuch query."),
     cli_show_options, cli_show},
    {"check", N_("[FILE]"), N_("the verdict on a draft: send, warn or stop"),
     N_("Reads a mail that is about to be sent from FILE, or from standard input where FILE is "
        "left out or \"-\". Exit status 0: send; 1: warn; 2: stop; 69: the question can't be "
        "answered."),
     cli_check_options, cli_check},
    {"sendmail", N_("ARGUMENT..."), N_("in place of the MTA: checks, then sends or refuses"),
     N_("Reads a mail from standard input, checks it, and runs the MTA with the same arguments, or "
        "refuses with exit status 77 and the reasons on standard error. Options stand before the "
        "first argument. As cadence-sendmail it takes every argument for the MTA's."),
     cli_sendmail_options, cli_sendmail},
    {"allow", N_("[FILE]"), N_("lets the mail that was refused last go out, once"),
     N_("Leave to send the draft that was refused last, or the one in FILE (\"-\": standard "
        "input), "
        "within an hour. It holds for the same recipients and for the reasons that were shown."),
     cli_allow_options, cli_allow},
    {"why", "", N_("why the last mail was refused, in full"),
     N_("Prints the reasons of the last refusal with their evidence."), no_options, cli_why},
    {"index", "", N_("brings the tags in notmuch up to date"),
     N_("Reads what has changed since the last run and tags the newest contact of every prospect "
        "with its state. The post-new hook of notmuch is a good place for it."),
     cli_index_options, cli_index},
    {"agree", N_("PROSPECT [KEY=VALUE...]"), N_("makes or changes an agreement"),
     N_("Writes into agreements.ini what was settled with a prospect, and prints what that "
        "changes. "
        "PROSPECT is a name, an address, a domain, or a mail (id:..., thread:...), which is also "
        "the "
        "evidence. KEY= takes a key out; match+=ENTRY and match-=ENTRY add and take away an "
        "address "
        "or domain. Without keys it asks on a terminal, and prints the terms elsewhere."),
     cli_agree_options, cli_agree},
    {"hold", N_("PROSPECT DAY"), N_("nothing is due before a day"),
     N_("Holds the prospect through DAY: a date, a length of time from today on (3w), or words "
        "such "
        "as \"next monday\"."),
     cli_hold_options, cli_hold},
    {"nurture", "PROSPECT", N_("keeps a prospect who is not ready, at a slower pace"),
     N_("Sets the stage of the agreement to nurture: a mail now and then, as the policy's nurture "
        "says, or the agreement's own interval where that is longer."),
     cli_nurture_options, cli_nurture},
    {"bury", "PROSPECT", N_("gives a prospect up"),
     N_("From today on the prospect is dead, until a later reply, or revive, brings it back."),
     cli_bury_options, cli_bury},
    {"revive", "PROSPECT", N_("brings back who is dead or on hold"),
     N_("Takes out of the agreement what keeps the prospect down, and starts the count anew. "
        "Whoever "
        "asked not to be written to comes back only with the mail in which they asked for more "
        "(--evidence), or with --force."),
     cli_revive_options, cli_revive},
    {"settle", N_("PROSPECT|QUERY"), N_("the open reply needs no answer"),
     N_("Tags the replies that nothing of ours has followed as settled: it is no longer our turn, "
        "and "
        "the clock runs from the last of them."),
     cli_settle_options, cli_settle},
    {"optout", "PROSPECT", N_("the prospect asked not to be written to"),
     N_("Records it in the agreement. From then on every draft to the prospect is stopped. "
        "PROSPECT as "
        "id:... names the mail that says so."),
     cli_optout_options, cli_optout},
    {"log", N_("PROSPECT call|meeting|message|post [in|out] [TEXT]"),
     N_("keeps a contact that was no mail"),
     N_("Writes a small message into the prospect's thread through notmuch insert. Out (the usual) "
        "counts as an attempt, in as a reply. It can be deleted like any mail."),
     cli_log_options, cli_log},
    {"suggest", "", N_("who might be a prospect"),
     N_("Lists the parties to whom we wrote first and who are no prospects: those who answered "
        "most "
        "runs of our mail first, with an interval that fits how long they took."),
     cli_suggest_options, cli_suggest},
    {"setup", "CLIENT", N_("makes a mail client ask before it sends"),
     N_("Shows what is to be changed in the configuration of mutt, neomutt, aerc, alot, emacs, "
        "mblaze, git-send-email, claws-mail, evolution or thunderbird, or for the index to be kept "
        "up to date by post-new or systemd, asks, and changes it. The mail program that the client "
        "sends by stays."),
     cli_setup_options, cli_setup},
    {"explain", N_("[FILE|id:ID]"), N_("what a message is taken for, and why"),
     N_("The kind of a message (from FILE, from standard input, or as notmuch has it), every rule "
        "that fired, and its new text: without quotes, signatures and disclaimers."),
     no_options, cli_explain},
    {"config", "", N_("the effective policy; validates both files"),
     N_("Prints every value of the policy with the place it comes from, or else every fault in "
        "policy.ini and agreements.ini."),
     no_options, cli_config},
    {"native-host", N_("MANIFEST EXTENSION"), N_("answers the Thunderbird extension"),
     N_("What Thunderbird starts as cadence-native-host: reads requests on standard input and "
        "answers them on standard output, each a length and JSON (native messaging)."),
     no_options, cli_native_host},
    {"help", N_("[COMMAND]"), N_("help about a command"),
     N_("The same as --help behind the command. The manual: man notmuch-cadence."), no_options,
     cli_help},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

const CliCommand *
cli_command_find(const char *name)
{
  for (const CliCommand *command = cli_commands; command->name; command++)
    if (g_str_equal(command->name, name))
      return command;
  return NULL;
}

static const char *
nearest_command(const char *name)
{
  const char *names[G_N_ELEMENTS(cli_commands)];
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    names[i] = cli_commands[i].name;
  return cli_near(name, names);
}

void
cli_command_unknown(const char *name, GError **error)
{
  g_autofree char *shown = cli_clean(name);
  const char *near = nearest_command(name);
  if (near)
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                _("unknown command \"%s\"; did you mean \"%s\"?"), shown, near);
  else
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, _("unknown command \"%s\""),
                shown);
}
