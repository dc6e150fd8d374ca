;;; test-faults.el --- No fault of ours keeps a mail back  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: GPL-3.0-or-later

;;; Code:

(require 'helpers)

(notmuch-cadence-mode 1)

(defun t-sends-and-says (text)
  "A mail that would have been warned about is sent, once, and TEXT is the last word."
  (t-write "buyer@acme.example" (concat (make-string 200000 ?x) "\n"))
  (ert-with-message-capture messages
    (t-send "go back")
    (let ((last (car (last (split-string (string-trim messages) "\n")))))
      (should (string-prefix-p "notmuch-cadence: this mail could not be checked: " last))
      (should (t-contains text last))))
  (should-not t-asked)
  (should (= 1 (length (t-sent)))))

(ert-deftest t-missing ()
  "the program is missing"
  (setq notmuch-cadence-program "/nowhere/notmuch-cadence")
  (t-sends-and-says "No such file"))

(ert-deftest t-not-executable ()
  "the program can't be executed"
  (t-program "exit 0")
  (set-file-modes notmuch-cadence-program #o644)
  (t-sends-and-says "fault"))

(ert-deftest t-hanging ()
  "the program hangs and reads nothing: it is killed"
  (t-program (format "echo $$ >%s/pid; exec sleep 1000" t-work))
  (setq notmuch-cadence-time-limit 1)
  (let ((begun (float-time)))
    (t-sends-and-says "No answer")
    (should (< (- (float-time) begun) 15)))
  (let ((pid (string-to-number (t-file "pid"))))
    (with-timeout (10 (ert-fail "it lives"))
      (while (process-attributes pid) (sleep-for 0.1)))))

(ert-deftest t-silent ()
  "the program reads all and says nothing until it is killed"
  (t-program "cat >/dev/null; sleep 1000")
  (setq notmuch-cadence-time-limit 1)
  (t-sends-and-says "No answer"))

(ert-deftest t-killed ()
  "the program is killed"
  (t-program "kill -9 $$")
  (t-sends-and-says "died of signal 9"))

(ert-deftest t-garbage ()
  "the program prints garbage"
  (t-program "cat >/dev/null; head -c 5000 /dev/urandom")
  (t-sends-and-says "makes no sense"))

(ert-deftest t-endless ()
  "the program prints without an end"
  (t-program "exec yes")
  (setq notmuch-cadence--size-limit 100000)
  (t-sends-and-says "says too much"))

(ert-deftest t-nothing ()
  "the program prints nothing and is content"
  (t-program "exit 0")
  (t-sends-and-says "makes no sense (exit status 0)"))

(ert-deftest t-other-json ()
  "the program prints JSON of another shape"
  (dolist (json '("[]" "{}" "12" "\"warn\"" "null" "{\"decision\":\"warn\",\"reasons\":7}"
                  "{\"decision\":\"warn\",\"reasons\":[7]}" "{\"decision\":\"warn\",\"reasons\":[{}]}"
                  "{\"decision\":7}" "{\"decision\":\"perhaps\",\"reasons\":[]}"))
    (t-program (format "cat >/dev/null; echo '%s'; exit 1" json))
    (t-write "buyer@acme.example")
    (ert-with-message-capture messages
      (t-send "go back")
      (should (t-contains "makes no sense" messages)))
    (should-not t-asked))
  (should (= 10 (length (t-sent)))))

(ert-deftest t-bare-reasons ()
  "a warning of which only the sentence is known is one"
  (t-program "cat >/dev/null; echo '{\"decision\":\"warn\",\"reasons\":[{\"message\":\"why\"}]}'; exit 1")
  (t-write "buyer@acme.example")
  (should-error (t-send) :type 'user-error)
  (should (t-contains "why" t-shown)))

(ert-deftest t-not-to-be-shown ()
  "a warning that can't be shown is none"
  (t-program (concat "cat >/dev/null; echo '{\"decision\":\"warn\","
                     "\"reasons\":[{\"message\":\"why\",\"evidence\":7}]}'; exit 1"))
  (t-sends-and-says "sequencep"))

(ert-deftest t-status-disagrees ()
  "the exit status says another thing than the JSON"
  (t-program "cat >/dev/null; echo '{\"decision\":\"send\",\"reasons\":[]}'; exit 1")
  (t-sends-and-says "exit status 1"))

(ert-deftest t-complains ()
  "the program complains and prints no JSON: its words are shown"
  (t-program "echo 'no such thing here' >&2; exit 70")
  (t-sends-and-says "no such thing here"))

(ert-deftest t-policy-broken ()
  "policy.ini is broken"
  (write-region "[scope\n" nil (expand-file-name "policy.ini" (getenv "NOTMUCH_CADENCE_DIR")))
  (t-sends-and-says "policy.ini"))

(ert-deftest t-no-database ()
  "there is no database"
  (t-program (format "NOTMUCH_DATABASE=/nowhere exec %s/bin/notmuch-cadence \"$@\"" t-work))
  (t-sends-and-says "/nowhere"))

(ert-deftest t-next-mail ()
  "a fault is not said of the next mail"
  (let ((program notmuch-cadence-program))
    (setq notmuch-cadence-program "/nowhere/notmuch-cadence"
          sendmail-program "/nowhere/sendmail")
    (t-write "somebody@friend.example")
    (ignore-errors (t-send))
    (setq notmuch-cadence-program program
          sendmail-program (expand-file-name "bin/mta" t-work)))
  (ert-with-message-capture messages
    (t-send)
    (should-not (t-contains "could not be checked" messages)))
  (should (= 1 (length (t-sent)))))

(ert-deftest t-no-leave ()
  "no leave can be given: it is sent, and that is said"
  (t-program (format "[ $1 = check ] && exec %s/bin/notmuch-cadence \"$@\"; echo 'no leave here' >&2; exit 73"
                     t-work))
  (t-write "buyer@acme.example")
  (ert-with-message-capture messages
    (t-send "send anyway")
    (should (t-contains "no leave was given: no leave here" messages)))
  (should (= 1 (length (t-sent)))))

(ert-deftest t-nothing-left ()
  "no process, no buffer of ours and no file is left behind"
  (let ((files (directory-files temporary-file-directory)))
    (t-program "sleep 1000")
    (setq notmuch-cadence-time-limit 0.5)
    (t-sends-and-says "No answer")
    (should-not (process-list))
    (should-not (seq-filter (lambda (buffer) (t-contains "cadence" (buffer-name buffer)))
                            (buffer-list)))
    (should (equal files (directory-files temporary-file-directory)))))

(provide 'test-faults)

;;; test-faults.el ends here
