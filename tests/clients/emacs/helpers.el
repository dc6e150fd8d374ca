;;; helpers.el --- What the tests of notmuch-cadence.el share  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: GPL-3.0-or-later

;;; Commentary:

;; A real notmuch, the real program, message-mode, and an MTA that records; only
;; the answers at the minibuffer are played.  t-emacs.sh makes the mailbox
;; (`seller' of lib.sh), and each test runs in an Emacs and a mailbox of its own.

;;; Code:

(require 'cl-lib)
(require 'ert)
(require 'ert-x)
(require 'notmuch)
(require 'sendmail)
(require 'notmuch-cadence)

(defconst t-work (getenv "CADENCE_TEST_WORK") "The folder of the test.")

(when (boundp 'native-comp-eln-load-path) ; what is compiled for one test serves all
  (push (expand-file-name "eln/" t-work) native-comp-eln-load-path))

(setq message-send-mail-function #'message-send-mail-with-sendmail
      sendmail-program (expand-file-name "bin/mta" t-work)
      notmuch-fcc-dirs nil
      notmuch-cadence-time-limit 20 ; on a slow machine, too
      message-kill-buffer-on-exit nil
      make-backup-files nil
      auto-save-default nil)

(defun t-file (file)
  "Return the bytes in FILE, under `t-work'."
  (with-temp-buffer
    (set-buffer-multibyte nil)
    (insert-file-contents-literally (expand-file-name file t-work))
    (buffer-string)))

(defun t-sent ()
  "Return the mails that the MTA was given, the first one first."
  (let ((number 0) mails)
    (while (file-exists-p (expand-file-name (format "mta.d/%d/mail" (cl-incf number)) t-work))
      (push (t-file (format "mta.d/%d/mail" number)) mails))
    (nreverse mails)))

(defun t-program (script)
  "Let a bash SCRIPT be the program."
  (let ((file (expand-file-name "bin/fault" t-work)))
    (write-region (concat "#!/bin/bash\n" script "\n") nil file nil 'silent)
    (set-file-modes file #o755)
    (setq notmuch-cadence-program file)))

(defun t-write (to &optional body headers)
  "Begin a mail to TO as a user of notmuch does, with BODY and more HEADERS."
  (notmuch-mua-mail to "Mill news" headers)
  (message-goto-body)
  (insert (or body "The new list has the 40 mm saw at 900 a piece, from May on.\n")))

(defvar t-asked nil "The questions that were asked, the last one first.")
(defvar t-shown nil "The text of the reasons when the last question was asked.")

(defun t-answer (answer)
  "Return a function that notes a question and answers it with ANSWER.
Where ANSWER is nil it is the default, as if only RET were pressed."
  (lambda (prompt &rest rest)
    (push prompt t-asked)
    (setq t-shown (with-current-buffer "*notmuch-cadence*"
                    (buffer-substring-no-properties (point-min) (point-max))))
    (cond ((eq answer 'quit) (signal 'quit nil))
          (answer)
          (t (or (nth 5 rest) "")))))

(defun t-send (&optional answer)
  "Press C-c C-c, and answer what is asked with ANSWER."
  (let ((function (t-answer answer)))
    (setq t-asked nil t-shown nil)
    (cl-letf (((symbol-function 'completing-read) function)
              ((symbol-function 'read-string) function))
      (notmuch-mua-send-and-exit))))

(defun t-send-plainly (to body headers)
  "Send a mail to TO with BODY and HEADERS, alike each time; return the mail as sent."
  (cl-letf (((symbol-function 'message-make-date)
             (lambda (&rest _) "Wed, 01 Apr 2026 12:00:00 +0000"))
            ((symbol-function 'message-make-message-id) (lambda (&rest _) "<one@example.com>"))
            ((symbol-function 'mml-compute-boundary) (lambda (&rest _) "=-=-=")))
    (t-write to body headers)
    (t-send "send anyway")
    (car (last (t-sent)))))

(defun t-contains (needle text)
  "Say whether NEEDLE stands in TEXT."
  (string-match-p (regexp-quote needle) text))

(provide 'helpers)

;;; helpers.el ends here
