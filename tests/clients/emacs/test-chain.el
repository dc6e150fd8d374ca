;;; test-chain.el --- The question, and cadence-sendmail behind it  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: GPL-3.0-or-later

;;; Code:

(require 'helpers)

(notmuch-cadence-mode 1)
(setq sendmail-program (executable-find "cadence-sendmail"))

(defconst t-early "Buyer <buyer@acme.example>" "Written to three days ago; a month is agreed.")
(defconst t-stop "nobody@stop.example" "Has opted out.")

(defun t-refused ()
  "What is in this buffer is refused by cadence-sendmail."
  (should (equal '(error "Sending...failed with exit value 77") (should-error (t-send "")))))

(ert-deftest t-alone ()
  "without the mode cadence-sendmail refuses alone; `why' says it in full"
  (notmuch-cadence-mode -1)
  (t-write t-early)
  (t-refused)
  (should-not (t-sent))
  (notmuch-cadence-why)
  (with-current-buffer "*notmuch-cadence*"
    (should (t-contains "acme" (buffer-string)))))

(ert-deftest t-passes ()
  "nobody's prospect: once, unaltered"
  (let ((through (t-send-plainly "somebody@friend.example" "Grüße\n" nil)))
    (setq sendmail-program (expand-file-name "bin/mta" t-work))
    (notmuch-cadence-mode -1)
    (should (equal through (t-send-plainly "somebody@friend.example" "Grüße\n" nil))))
  (should-not t-asked)
  (should (= 2 (length (t-sent)))))

(ert-deftest t-back ()
  "go back: nothing is sent, and no leave is given"
  (t-write t-early)
  (should-error (t-send) :type 'user-error)
  (notmuch-cadence-mode -1)
  (t-refused)
  (should-not (t-sent)))

(ert-deftest t-anyway ()
  "send anyway: once, with one question, and the leave is used up"
  (t-write t-early nil '((Bcc . "chief@waits.example") (Cc . "somebody@friend.example")))
  (ert-with-message-capture messages
    (t-send "send anyway")
    (should-not (t-contains "no leave" messages)))
  (should (= 1 (length t-asked)))
  (should (= 1 (length (t-sent)))))

(ert-deftest t-anyway-mml ()
  "send anyway, with an attachment and words that are no ASCII: once"
  (t-write "Käufer <buyer@acme.example>"
           (concat "Grüße: the list.\n<#part type=\"text/plain\" filename=\""
                   (expand-file-name "bin/mta" t-work) "\" disposition=attachment>\n<#/part>\n"))
  (t-send "send anyway")
  (should (= 1 (length t-asked)))
  (should (= 1 (length (t-sent)))))

(ert-deftest t-stop ()
  "opted out: with a reason, once; it is kept; the next one is asked about again"
  (t-write t-stop)
  (t-send "they called and asked for it")
  (should (= 1 (length (t-sent))))
  (t-write t-stop)
  (should-error (t-send "") :type 'user-error)
  (notmuch-cadence-mode -1)
  (t-refused)
  (should (= 1 (length (t-sent)))))

(ert-deftest t-other-recipients ()
  "leave for one mail is none for another"
  (t-write t-stop)
  (let ((draft (notmuch-cadence--draft)))
    (notmuch-cadence--allow draft "they called"))
  (t-write (concat t-stop ", " t-early))
  (notmuch-cadence-mode -1)
  (t-refused)
  (should-not (t-sent)))

(ert-deftest t-mta-fails ()
  "the MTA fails: an error, the draft is there; sent again it goes out, once"
  (write-region "75" nil (expand-file-name "mta.d/exit" t-work) nil 'silent)
  (t-write t-early)
  (let ((draft (current-buffer)))
    (should (equal '(error "Sending...failed with exit value 75")
                   (should-error (t-send "send anyway"))))
    (switch-to-buffer draft)
    (delete-file (expand-file-name "mta.d/exit" t-work))
    (t-send "send anyway"))
  (should (= 2 (length (t-sent)))))

(provide 'test-chain)

;;; test-chain.el ends here
