"""Asks before one follow-up too many goes out: the hook before alot's "send".

It hands each mail that is about to be sent to the program notmuch-cadence. Where that warns, its reasons are shown,
and a question is asked: go back to the envelope, or send it anyway. A mail that can't be checked is sent, and a
notification says so. README.md says how to use it beside hooks of your own: all names begin with cadence, for
it may be run in the middle of another file.
"""
# SPDX-License-Identifier: GPL-3.0-or-later

import asyncio
import copy
import email.policy
import inspect
import json
import logging
import os
import signal
import textwrap

from alot.commands import CommandCanceled

CADENCE_PROGRAM = 'notmuch-cadence'
CADENCE_TIME_LIMIT = 2  # seconds after which a mail that is still being checked is sent all the same
CADENCE_SIZE_LIMIT = 4 * 1024 * 1024  # bytes after which an answer is none
CADENCE_LINES = 16  # of the reasons on the screen

CADENCE_STATUS = {'send': 0, 'warn': 1, 'stop': 2}  # the exit status that goes with each decision

_cadence_earlier_hook = globals().get('pre_envelope_send')


async def pre_envelope_send(ui, dbm, cmd):
    """Called by alot before the command "send"; CommandCanceled goes back to the envelope."""
    if _cadence_earlier_hook:
        result = _cadence_earlier_hook(ui, dbm, cmd)
        if inspect.isawaitable(result):
            await result
    await cadence_before_send(ui, cmd)


async def cadence_before_send(ui, cmd):
    """Asks where there are reasons not to send. Whatever goes wrong with us is said, and is none."""
    goes = True
    try:
        envelope = _cadence_pin(ui, cmd)
        if envelope:
            try:
                goes = await _cadence_may_go(ui, envelope)
            finally:
                envelope.sending = False
    except Exception as fault:
        _cadence_complain(ui, 'this mail could not be checked', fault)
    if not goes:
        raise CommandCanceled()


def _cadence_pin(ui, cmd):
    """The envelope; what was judged is what is sent, whatever keys are pressed in the meantime."""
    envelope = cmd.envelope or ui.current_buffer.envelope
    if cmd.mail is not None or envelope.sending:
        return None
    if cmd.envelope is None:  # what "send" would find by itself, later
        cmd.envelope, cmd.envelope_buffer = envelope, ui.current_buffer
    envelope.sending = True  # and so alot ignores another "send"
    return envelope


async def _cadence_may_go(ui, envelope):
    draft = _cadence_draft(envelope)
    verdict = await _cadence_judge(draft)
    if verdict['decision'] == 'send':
        return True
    reason = await _cadence_ask(ui, verdict)
    if reason is not None:
        await _cadence_allow(ui, draft, reason)
    return reason is not None


def _cadence_complain(ui, what, fault):
    logging.exception(CADENCE_PROGRAM)
    ui.notify(f'notmuch-cadence: {what}: {_cadence_printable(fault)}', priority='error', timeout=10)


def _cadence_draft(envelope):
    """The mail as it will go out, but neither signed nor encrypted."""
    plain = copy.copy(envelope)
    plain.sign = plain.encrypt = False
    return plain.construct_mail().as_bytes(policy=email.policy.SMTP)


async def _cadence_judge(draft):
    """The verdict on a draft; an exception that says why there is none."""
    status, output, errors = await _cadence_run(draft, 'check', '--format=json')
    try:
        verdict = json.loads(output)
        decision = verdict['decision']
        sound = all(isinstance(reason['message'], str) for reason in verdict['reasons'])
        if decision == 'unknown':
            errors = verdict['unknown']
        elif CADENCE_STATUS[decision] == status and sound:
            return verdict
    except (ValueError, TypeError, KeyError):
        pass
    raise RuntimeError(errors or f'the program makes no sense (exit status {status})')


def _cadence_reasons(verdict):
    """What is shown above the question: the day, and the reasons, worst first, as far as there is room."""
    lines = [verdict.get('summary') or 'Better not sent']
    for reason in verdict['reasons']:
        lines += textwrap.wrap(f'{reason.get("severity")}: {reason["message"]}', 78, subsequent_indent='  ')
        lines += [f'  {term}' for term in reason.get('evidence') or []]
    if len(lines) > CADENCE_LINES:
        lines[CADENCE_LINES - 1:] = ['...']
    return '\n'.join(_cadence_printable(line) for line in lines)


def _cadence_printable(text):
    """Nothing from mail or from a program steers the terminal."""
    return ''.join(char if char.isprintable() else ' ' for char in str(text))


async def _cadence_ask(ui, verdict):
    """None to go back, else the reason given for sending; only a stop wants one."""
    back, anyway = 'go back', 'send anyway'
    answer = await _cadence_drawn(ui, ui.choice(
        _cadence_reasons(verdict) + '\n', choices={'b': back, 's': anyway}, select=back, cancel=back))
    if answer != anyway:
        return None
    if verdict['decision'] != 'stop':
        return ''
    reason = await _cadence_drawn(ui, ui.prompt('why send it all the same? (empty: go back)'))
    return (reason or '').strip() or None


def _cadence_drawn(ui, question):
    """A question, drawn: by itself alot draws only after a key."""
    ui.mainloop.draw_screen()
    return question


async def _cadence_allow(ui, draft, reason):
    """Lets the draft pass cadence-sendmail, should that stand behind."""
    try:
        status, _, errors = await _cadence_run(
            draft, 'allow', *([f'--reason={reason}'] if reason else []), '-')
        if status != 0:
            raise RuntimeError(errors)
    except Exception as fault:
        _cadence_complain(ui, 'no leave was given', fault)


async def _cadence_run(draft, *arguments):
    """Runs the program on a draft: its exit status, what it printed, and what it complained about."""
    process = await asyncio.create_subprocess_exec(
        CADENCE_PROGRAM, *arguments, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE, start_new_session=True)
    try:
        return await asyncio.wait_for(_cadence_talk(process, draft), CADENCE_TIME_LIMIT)
    except asyncio.TimeoutError:
        raise RuntimeError(f'no answer within {CADENCE_TIME_LIMIT} s') from None
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)


async def _cadence_talk(process, draft):
    _, output, errors = await asyncio.gather(
        _cadence_feed(process.stdin, draft), _cadence_read(process.stdout), _cadence_read(process.stderr))
    return await process.wait(), output, errors.strip()


async def _cadence_feed(pipe, draft):
    try:
        pipe.write(draft)
        await pipe.drain()
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has seen enough
    pipe.close()


async def _cadence_read(pipe):
    output = b''
    while piece := await pipe.read(1 << 16):
        output += piece
        if len(output) > CADENCE_SIZE_LIMIT:
            raise RuntimeError('the program says too much')
    return output.decode(errors='replace')
