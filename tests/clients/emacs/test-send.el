;;; test-send.el --- The question before a mail goes out  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: GPL-3.0-or-later

;;; Code:

(require 'helpers)

(notmuch-cadence-mode 1)

(defconst t-early "Buyer <buyer@acme.example>" "Written to three days ago; a month is agreed.")
(defconst t-stop "nobody@stop.example" "Has opted out.")
(defconst t-friend "Friend <somebody@friend.example>" "Nobody's prospect.")

;;; The question

(ert-deftest t-warning ()
  "an early follow-up: the reasons, the day and the mails are shown, and RET goes back"
  (t-write t-early)
  (let ((draft (buffer-string)) (buffer (current-buffer)))
    (should (equal '(user-error "Not sent; here is the draft") (should-error (t-send))))
    (should (equal t-asked '("Go back, or send anyway? (RET: back, s RET: send) ")))
    (should (string-match-p "\\`Not yet: fine from 20[0-9-]+ on$" t-shown))
    (should (string-match-p "^warn: .*acme was on" t-shown))
    (should (string-match-p (concat "^      id:" (getenv "LAST") "$") t-shown))
    (should (eq buffer (current-buffer)))
    (should (equal draft (buffer-string)))
    (should-not (t-sent))
    (should (get-buffer-window "*notmuch-cadence*"))))

(ert-deftest t-quit ()
  "C-g at the question goes back, too"
  (t-write t-early)
  (let ((draft (buffer-string)))
    (should (eq 'quit (condition-case nil (t-send 'quit) (quit 'quit))))
    (should (equal draft (buffer-string)))
    (should-not (t-sent))))

(ert-deftest t-anyway ()
  "send anyway: it is sent, once, and the reasons go away"
  (t-write t-early)
  (t-send "send anyway")
  (should (= 1 (length t-asked)))
  (should (= 1 (length (t-sent))))
  (should-not (get-buffer "*notmuch-cadence*")))

(ert-deftest t-back-then-anyway ()
  "going back, then sending the same draft: it is asked again, and sent once"
  (t-write t-early)
  (should-error (t-send "go back") :type 'user-error)
  (t-send "send anyway")
  (should (= 1 (length t-asked)))
  (should (= 1 (length (t-sent)))))

(ert-deftest t-bcc ()
  "who stands in Bcc alone counts, too"
  (t-write t-friend nil '((Bcc . "buyer@acme.example")))
  (should-error (t-send) :type 'user-error)
  (should (t-contains "acme" t-shown))
  (should-not (t-sent)))

(ert-deftest t-stop-wants-a-reason ()
  "who has opted out: an empty reason goes back, and so does a blank one"
  (t-write t-stop)
  (should-error (t-send "") :type 'user-error)
  (should (equal t-asked '("Why send it all the same? (empty: go back) ")))
  (should (string-match-p "\\`Not to be sent$" t-shown))
  (should-error (t-send "  ") :type 'user-error)
  (should-not (t-sent)))

(ert-deftest t-stop-with-a-reason ()
  "who has opted out: with a reason it is sent, once"
  (t-write t-stop)
  (t-send "they called and asked for it")
  (should (= 1 (length (t-sent)))))

(ert-deftest t-answer-passes ()
  "an answer to a reply that waits goes out without a question"
  (let ((notmuch-mua-cite-function #'ignore))
    (notmuch-mua-reply (concat "id:" (getenv "ASKED"))))
  (message-goto-body)
  (insert "Yes, we have it in oak, too.\n")
  (should (t-contains "In-Reply-To" (buffer-string)))
  (t-send)
  (should-not t-asked)
  (should (= 1 (length (t-sent)))))

(ert-deftest t-evidence ()
  "the mails that are named can be opened"
  (t-write t-early)
  (should-error (t-send) :type 'user-error)
  (with-current-buffer "*notmuch-cadence*"
    (search-forward (concat "id:" (getenv "LAST")))
    (save-window-excursion
      (push-button (1- (point)))
      (with-current-buffer (window-buffer)
        (should (derived-mode-p 'notmuch-show-mode))
        (should (equal (getenv "LAST") (notmuch-show-get-message-id t)))))))

(ert-deftest t-mode-off ()
  "with the mode off nothing is asked"
  (notmuch-cadence-mode -1)
  (t-write t-early)
  (t-send)
  (should-not t-asked)
  (should (= 1 (length (t-sent)))))

;;; What goes out

(defun t-alike (to body &optional headers)
  "A mail to TO with BODY and HEADERS is the same with the mode and without."
  (notmuch-cadence-mode 1)
  (let ((with (t-send-plainly to body headers)))
    (notmuch-cadence-mode -1)
    (let ((without (t-send-plainly to body headers)))
      (should (t-contains "Message-ID: <one@example.com>" with))
      (should (equal with without)))))

(ert-deftest t-unaltered ()
  "a mail to nobody's prospect goes out as it was: plain, 8-bit, long lines, an attachment"
  (t-alike t-friend "Short.\n")
  (t-alike t-friend "Grüße aus Łódź, без темы\n" '((Cc . "Żaneta <z@friend.example>")))
  (t-alike t-friend (concat (make-string 2000 ?x) "\n.\nFrom here\n\t\n--text follows this line--\n"))
  (t-alike t-friend (concat "See there.\n<#part type=\"text/plain\" filename=\""
                            (expand-file-name "bin/mta" t-work)
                            "\" disposition=attachment>\n<#/part>\n"))
  (should-not t-asked)
  (should (= 8 (length (t-sent)))))

(ert-deftest t-anyway-unaltered ()
  "a mail that was sent anyway goes out as it was"
  (t-alike t-early "Grüße: the list\n")
  (should (= 2 (length (t-sent)))))

(ert-deftest t-mml ()
  "what is judged is the mail, not its markup, and nothing is signed for that"
  (t-write t-early (concat "<#secure method=pgpmime mode=signencrypt>\nAny news?\n"
                           "<#part type=\"text/plain\" filename=\""
                           (expand-file-name "bin/mta" t-work) "\">\n<#/part>\n"))
  (let ((text (buffer-string)) (draft (notmuch-cadence--draft)))
    (should (t-contains "multipart/mixed" draft))
    (should (t-contains "To: Buyer <buyer@acme.example>\n" draft))
    (should-not (t-contains "<#" draft))
    (should-not (t-contains mail-header-separator draft))
    (should (equal text (buffer-string)))))

(ert-deftest t-mml-broken ()
  "an attachment that is gone: judged as it stands, and message-mode tells"
  (t-write t-early "See there.\n<#part filename=\"/nowhere/at-all\">\n<#/part>\n")
  (should (t-contains "<#part" (notmuch-cadence--draft)))
  (should-error (t-send "send anyway"))
  (should (= 1 (length t-asked)))
  (should-not (t-sent)))

(provide 'test-send)

;;; test-send.el ends here
