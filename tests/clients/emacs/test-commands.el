;;; test-commands.el --- What is said and written down from within notmuch  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: GPL-3.0-or-later

;;; Code:

(require 'helpers)

(defun t-terms (prospect)
  "Return what is agreed with PROSPECT."
  (with-temp-buffer
    (call-process "notmuch-cadence" nil t nil "list" "--all" "--format=json")
    (let ((json-array-type 'list))
      (alist-get 'agreement
                 (seq-find (lambda (one) (equal prospect (alist-get 'prospect one)))
                           (alist-get 'prospects (json-read-from-string (buffer-string))))))))

(defun t-view ()
  "Return the text that a command shows."
  (with-current-buffer "*notmuch-cadence*"
    (buffer-substring-no-properties (point-min) (point-max))))

(defun t-typing (answers command)
  "Call COMMAND interactively, and give it ANSWERS in turn."
  (let ((answer (lambda (&rest _) (pop answers))))
    (cl-letf (((symbol-function 'completing-read) answer)
              ((symbol-function 'read-string) answer))
      (call-interactively command)))
  (should-not answers))

(defun t-in-tree (query)
  "Show QUERY in notmuch-tree and go to its first message."
  (notmuch-tree query)
  (t-settle)
  (goto-char (point-min)))

(defun t-in-search (query)
  "Show QUERY in notmuch-search and go to its first thread."
  (notmuch-search query)
  (t-settle)
  (goto-char (point-min)))

(defun t-settle ()
  "Wait for notmuch to fill the buffer."
  (while (get-buffer-process (current-buffer))
    (accept-process-output nil 0.05)))

(defconst t-theirs (concat "id:" (getenv "THEIRS")) "Mail of acme.")
(defconst t-asked-by (concat "id:" (getenv "ASKED")) "Mail of waits.example.")

(ert-deftest t-show ()
  "show: from a message, a tree and a list of threads; without escapes"
  (notmuch-show t-theirs)
  (call-interactively #'notmuch-cadence-show)
  (should (string-match-p "\\`acme  " (t-view)))
  (should-not (t-contains "\e" (t-view)))
  (t-in-tree t-asked-by)
  (call-interactively #'notmuch-cadence-show)
  (should (string-match-p "\\`waits.example  " (t-view)))
  (t-in-search t-theirs)
  (call-interactively #'notmuch-cadence-show)
  (should (string-match-p "\\`acme  " (t-view)))
  (with-current-buffer "*notmuch-cadence*"
    (should buffer-read-only)
    (should (derived-mode-p 'special-mode))))

(ert-deftest t-nowhere ()
  "where there is no message: said so"
  (with-temp-buffer
    (dolist (command '(notmuch-cadence-show notmuch-cadence-agree notmuch-cadence-hold
                                            notmuch-cadence-log))
      (should (equal '(user-error "There is no message here")
                     (should-error (call-interactively command)))))))

(ert-deftest t-agree ()
  "agree: keys one by one; the message is the evidence, and the terms so far are shown"
  (notmuch-show t-asked-by)
  (t-typing '("every" "2w" "via" "phone" "") #'notmuch-cadence-agree)
  (let ((terms (t-terms "waits.example")))
    (should (equal "2w" (alist-get 'every terms)))
    (should (equal "phone" (alist-get 'via terms)))
    (should (equal t-asked-by (alist-get 'evidence terms))))
  (notmuch-show t-theirs)
  (should-error (t-typing '("") #'notmuch-cadence-agree) :type 'user-error)
  (should (string-match-p "every +1mo" (t-view))))

(ert-deftest t-agree-refused ()
  "agree: what the program refuses is said in its words, and nothing changes"
  (notmuch-show t-asked-by)
  (let ((error (should-error (t-typing '("every" "often" "") #'notmuch-cadence-agree)
                             :type 'user-error)))
    (should (t-contains "often" (cadr error))))
  (should-not (t-terms "waits.example")))

(ert-deftest t-hold ()
  "hold: until a day, with the message as the evidence; none from a list of threads"
  (notmuch-show t-asked-by)
  (t-typing '("2099-12-24") #'notmuch-cadence-hold)
  (let ((terms (t-terms "waits.example")))
    (should (equal "2099-12-24" (alist-get 'hold_until terms)))
    (should (equal t-asked-by (alist-get 'evidence terms))))
  (t-in-search t-theirs)
  (t-typing '("2099-12-25") #'notmuch-cadence-hold)
  (should (equal "2099-12-25" (alist-get 'hold_until (t-terms "acme"))))
  (should (equal t-theirs (alist-get 'evidence (t-terms "acme")))))

(ert-deftest t-log ()
  "log: a call becomes a message in their thread, whatever its text begins with"
  (t-in-tree t-asked-by)
  (t-typing '("call" "in" "" "--at=noon is what they said") #'notmuch-cadence-log)
  (let ((text (with-temp-buffer
                (call-process "notmuch" nil t nil "show" "subject:noon")
                (buffer-string))))
    (should (t-contains "--at=noon is what they said" text))
    (should (t-contains "waits.example" text)))
  (notmuch-show t-theirs)
  (t-typing '("meeting" "out" "yesterday" "") #'notmuch-cadence-log))

(ert-deftest t-searches ()
  "the saved searches are added once"
  (let ((before (length notmuch-saved-searches)))
    (notmuch-cadence-add-saved-searches)
    (notmuch-cadence-add-saved-searches)
    (should (= (+ before 3) (length notmuch-saved-searches))))
  (let* ((owed (seq-find (lambda (search) (equal "owed" (plist-get search :name)))
                         notmuch-saved-searches)))
    (should (equal "tag:owed" (plist-get owed :query)))
    (t-in-search (plist-get owed :query))
    (should (equal (notmuch-search-find-thread-id)
                   (progn (t-in-search t-asked-by) (notmuch-search-find-thread-id)))))
  (let ((keys (mapcar (lambda (search) (plist-get search :key)) notmuch-saved-searches)))
    (should (equal keys (seq-uniq keys)))))

(provide 'test-commands)

;;; test-commands.el ends here
