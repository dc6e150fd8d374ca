;;; notmuch-cadence.el --- Ask before one follow-up too many goes out  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: GPL-3.0-or-later

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (notmuch "0.37"))
;; Keywords: mail

;;; Commentary:

;; `notmuch-cadence-mode' hands each mail that is about to be sent to the
;; program `notmuch-cadence'.  Where that warns, its reasons are shown, and a
;; question asked: go back to the draft, or send it anyway.  A mail that can't
;; be checked is sent, and the echo area says so.
;;
;; In notmuch, on the message at point:
;;
;;   M-x notmuch-cadence-show    all about whom it is with
;;   M-x notmuch-cadence-agree   write down what was agreed
;;   M-x notmuch-cadence-hold    nothing is due before a day
;;   M-x notmuch-cadence-log     a call or a meeting
;;
;; `notmuch-cadence-why' is the last refusal of `cadence-sendmail', and
;; `notmuch-cadence-add-saved-searches' adds what is owed, due and dead.
;;
;;   (notmuch-cadence-mode 1)
;;   (with-eval-after-load 'notmuch (notmuch-cadence-add-saved-searches))

;;; Code:

(require 'ansi-color)
(require 'json)
(require 'message)
(require 'seq)
(require 'subr-x)

(defvar notmuch-saved-searches)
(declare-function notmuch-id-to-query "notmuch-lib" (id))
(declare-function notmuch-search-find-thread-id "notmuch" (&optional bare))
(declare-function notmuch-show "notmuch-show"
                  (thread-id &optional elide-toggle parent-buffer query-context buffer-name))
(declare-function notmuch-show-get-message-id "notmuch-show" (&optional bare))
(declare-function notmuch-tree-get-message-id "notmuch-tree" (&optional bare))

(defgroup notmuch-cadence nil
  "Ask before one follow-up too many goes out."
  :group 'notmuch
  :group 'message
  :prefix "notmuch-cadence-")

(defcustom notmuch-cadence-program "notmuch-cadence"
  "The program that knows the answers: a name or a path."
  :type 'string)

(defcustom notmuch-cadence-time-limit 2
  "Seconds after which a mail that is still being checked is sent all the same."
  :type 'number)

(defcustom notmuch-cadence-command-limit 60
  "Seconds that a command on the message at point may take."
  :type 'number)

(defcustom notmuch-cadence-saved-searches
  `((:name "owed" :query "tag:owed" :key ,(kbd "co") :sort-order oldest-first)
    (:name "due" :query "tag:due" :key ,(kbd "cd") :sort-order oldest-first)
    (:name "dead" :query "tag:dead" :key ,(kbd "cx")))
  "What `notmuch-cadence-add-saved-searches' adds; see `notmuch-saved-searches'."
  :type '(repeat plist))

(defface notmuch-cadence-heading '((t :inherit bold :height 1.2))
  "The day from which the mail is fine.")

(defface notmuch-cadence-stop '((t :inherit error))
  "A reason that stops.")

(defface notmuch-cadence-warn '((t :inherit warning))
  "A reason that warns.")

(defface notmuch-cadence-note '((t :inherit shadow))
  "A reason that is only a note.")

(define-derived-mode notmuch-cadence-view-mode special-mode "Cadence"
  "What `notmuch-cadence' says.")

;;; The program

(defconst notmuch-cadence--size-limit (* 4 1024 1024)
  "Characters after which an answer is none.")

(defun notmuch-cadence--drain (process)
  "Read the output of PROCESS until it ends."
  (while (accept-process-output process)
    (when (> (buffer-size (process-buffer process)) notmuch-cadence--size-limit)
      (error "%s says too much" notmuch-cadence-program))))

(defun notmuch-cadence--wait (process errors)
  "Read PROCESS and its pipe of ERRORS until they end; return the exit status."
  (ignore-errors (process-send-eof process)) ; it may have ended already
  (notmuch-cadence--drain process)
  (notmuch-cadence--drain errors)
  (while (process-live-p process)
    (accept-process-output process 0.01))
  (unless (eq (process-status process) 'exit)
    (error "%s died of signal %d" notmuch-cadence-program (process-exit-status process)))
  (process-exit-status process))

(defun notmuch-cadence--run (limit &rest arguments)
  "Run the program with ARGUMENTS, for at most LIMIT seconds.
Return (STATUS OUTPUT ERRORS).  Signal an error where there is no exit status."
  (with-temp-buffer
    (let ((errors (make-pipe-process :name "notmuch-cadence errors" :noquery t
                                     :buffer (generate-new-buffer " *notmuch-cadence errors*" t)
                                     :coding 'utf-8-unix :sentinel #'ignore))
          process)
      (unwind-protect
          (with-timeout (limit (error "No answer from %s within %s s"
                                      notmuch-cadence-program limit))
            (setq process (make-process :name "notmuch-cadence" :noquery t
                                        :command (cons notmuch-cadence-program arguments)
                                        :buffer (current-buffer) :stderr errors
                                        :connection-type 'pipe :coding 'utf-8-unix
                                        :sentinel #'ignore))
            (let ((status (notmuch-cadence--wait process errors)))
              (list status (buffer-string)
                    (with-current-buffer (process-buffer errors) (buffer-string)))))
        (when process
          (delete-process process)) ; kills it
        (delete-process errors)
        (kill-buffer (process-buffer errors))))))

(defun notmuch-cadence--run-on (draft &rest arguments)
  "Do as `notmuch-cadence--run' with ARGUMENTS on DRAFT.
It is handed over in a file: a program that ends before it has read a pipe would
end an Emacs in batch mode, too (SIGPIPE)."
  (let ((file (make-temp-file "notmuch-cadence-")))
    (unwind-protect
        (let ((coding-system-for-write 'utf-8-unix))
          (write-region draft nil file nil 'silent)
          (apply #'notmuch-cadence--run notmuch-cadence-time-limit
                 (append arguments (list file))))
      (delete-file file))))

;;; The verdict

(defconst notmuch-cadence--statuses '(("send" . 0) ("warn" . 1) ("stop" . 2))
  "The exit status that goes with each decision.")

(defun notmuch-cadence--mime ()
  "Make mail of the MML in this buffer, unsigned and unencrypted."
  (message-goto-body)
  (while (re-search-forward "<#/?secure[^>]*>\n?" nil t)
    (replace-match ""))
  (message-goto-body)
  (when (search-forward "<#" nil t)
    (message-encode-message-body)))

(defun notmuch-cadence--draft ()
  "Return the mail in this buffer as it would go out, near enough to judge it."
  (let ((text (save-restriction
                (widen)
                (buffer-substring-no-properties (point-min) (point-max))))
        (separator mail-header-separator))
    (with-temp-buffer
      (setq-local mail-header-separator separator)
      (insert text)
      (unless (ignore-errors (notmuch-cadence--mime) t)
        (erase-buffer) ; an attachment that is gone, say: message-mode will tell
        (insert text))
      (goto-char (point-min))
      (when (re-search-forward (concat "^" (regexp-quote separator) "\n") nil t)
        (replace-match "\n" t t))
      (buffer-string))))

(defun notmuch-cadence--parse (output)
  "Return the verdict in OUTPUT as an alist, or nil where that is none."
  (ignore-errors
    (let* ((json-object-type 'alist)
           (json-array-type 'list)
           (json-null nil)
           (json-false nil)
           (verdict (json-read-from-string output)))
      (and (stringp (alist-get 'decision verdict))
           (seq-every-p (lambda (reason) (stringp (alist-get 'message reason)))
                        (alist-get 'reasons verdict))
           verdict))))

(defun notmuch-cadence--judge (draft)
  "Return the verdict on DRAFT, or signal why there is none as an error."
  (pcase-let* ((`(,status ,output ,errors)
                (notmuch-cadence--run-on draft "check" "--format=json"))
               (verdict (notmuch-cadence--parse output))
               (decision (alist-get 'decision verdict)))
    (cond
     ((and verdict (eql status (cdr (assoc decision notmuch-cadence--statuses)))) verdict)
     ((equal decision "unknown") (error "%s" (alist-get 'unknown verdict)))
     ((string-empty-p errors)
      (error "%s makes no sense (exit status %d)" notmuch-cadence-program status))
     (t (error "%s" (string-trim errors))))))

;;; The question

(defun notmuch-cadence--insert-evidence (term)
  "Insert TERM, an id:, as a button that opens the mail."
  (insert "      ")
  (insert-text-button term
                      'action (lambda (_)
                                (require 'notmuch)
                                (notmuch-show (notmuch-id-to-query
                                               (string-remove-prefix "id:" term))))
                      'help-echo "Open this mail in notmuch"
                      'follow-link t)
  (insert "\n"))

(defun notmuch-cadence--insert-reason (reason)
  "Insert REASON: its severity, its sentence, its day, its mails."
  (let ((severity (alist-get 'severity reason))
        (start (point)))
    (insert (propertize (format "%s:" severity)
                        'face (intern-soft (format "notmuch-cadence-%s" severity)))
            " " (alist-get 'message reason) "\n")
    (let ((fill-prefix "      ")
          (fill-column 78))
      (fill-region start (point)))
    (mapc #'notmuch-cadence--insert-evidence (alist-get 'evidence reason))
    (insert "\n")))

(defun notmuch-cadence--reasons (verdict)
  "Return a buffer with the reasons of VERDICT."
  (with-current-buffer (get-buffer-create "*notmuch-cadence*")
    (let ((inhibit-read-only t))
      (notmuch-cadence-view-mode)
      (erase-buffer)
      (insert (propertize (or (alist-get 'summary verdict) "Better not sent")
                          'face 'notmuch-cadence-heading)
              "\n\n")
      (mapc #'notmuch-cadence--insert-reason (alist-get 'reasons verdict))
      (goto-char (point-min)))
    (current-buffer)))

(defun notmuch-cadence--answer (verdict)
  "Ask about VERDICT.  Return nil to go back, else the reason given for sending.
Only a stop wants one; else it is empty."
  (if (equal (alist-get 'decision verdict) "stop")
      (let ((reason (string-trim (read-string "Why send it all the same? (empty: go back) "))))
        (unless (string-empty-p reason) reason))
    (let* ((completion-ignore-case t)
           (choice (completing-read "Go back, or send anyway? (RET: back, s RET: send) "
                                    '("go back" "send anyway") nil t nil nil "go back")))
      (when (equal choice "send anyway") ""))))

(defun notmuch-cadence--ask (verdict reasons)
  "Show the buffer with the REASONS of VERDICT and ask.
Return what `notmuch-cadence--answer' does.  Going back keeps them in sight."
  (let* ((window (display-buffer reasons
                                 '((display-buffer-reuse-window
                                    display-buffer-below-selected
                                    display-buffer-pop-up-window)
                                   (window-height . fit-window-to-buffer))))
         (answer (notmuch-cadence--answer verdict)))
    (when (and answer (window-live-p window))
      (quit-window t window))
    answer))

;;; The mode

(defvar-local notmuch-cadence--fault nil
  "Why the mail in this buffer was not checked, or nil.")

(defun notmuch-cadence--remind ()
  "Say once more what went by too fast."
  (when notmuch-cadence--fault
    (message "%s" notmuch-cadence--fault)))

(defun notmuch-cadence--complain (what fault)
  "Say WHAT did not work because of FAULT, and again once the mail has gone."
  (setq notmuch-cadence--fault
        (format "notmuch-cadence: %s: %s" what (error-message-string fault)))
  (notmuch-cadence--remind)
  (message-add-action #'notmuch-cadence--remind 'send))

(defun notmuch-cadence--allow (draft reason)
  "Let DRAFT pass `cadence-sendmail', should that stand behind, because of REASON."
  (condition-case fault
      (pcase-let ((`(,status ,_ ,errors)
                   (apply #'notmuch-cadence--run-on draft "allow"
                          (unless (string-empty-p reason)
                            (list (concat "--reason=" reason))))))
        (unless (eql status 0)
          (error "%s" (string-trim errors))))
    (error (notmuch-cadence--complain "no leave was given" fault))))

(defun notmuch-cadence--question (draft)
  "Return (VERDICT REASONS) where there is something to ask about DRAFT."
  (let ((verdict (notmuch-cadence--judge draft)))
    (unless (equal (alist-get 'decision verdict) "send")
      (list verdict (notmuch-cadence--reasons verdict)))))

(defun notmuch-cadence-check-draft ()
  "Where there are reasons not to send the mail in this buffer, ask.
Going back is a `user-error', which keeps the draft."
  (setq notmuch-cadence--fault nil)
  (let* (draft
         (question (condition-case fault
                       (notmuch-cadence--question (setq draft (notmuch-cadence--draft)))
                     (error (notmuch-cadence--complain "this mail could not be checked" fault)
                            nil))))
    (when question
      (notmuch-cadence--allow draft (or (apply #'notmuch-cadence--ask question)
                                        (user-error "Not sent; here is the draft"))))))

;;;###autoload
(define-minor-mode notmuch-cadence-mode
  "Ask before one follow-up too many goes out."
  :global t
  (if notmuch-cadence-mode
      (add-hook 'message-send-hook #'notmuch-cadence-check-draft 90) ; after those that change it
    (remove-hook 'message-send-hook #'notmuch-cadence-check-draft)))

;;; Commands

;;;###autoload
(defun notmuch-cadence-add-saved-searches ()
  "Add `notmuch-cadence-saved-searches' to `notmuch-saved-searches'."
  (interactive)
  (require 'notmuch)
  (dolist (search notmuch-cadence-saved-searches)
    (add-to-list 'notmuch-saved-searches search t)))

(defun notmuch-cadence--here ()
  "Return a query for the message at point; in a list of threads, for the thread."
  (or (cond
       ((derived-mode-p 'notmuch-show-mode) (notmuch-show-get-message-id))
       ((derived-mode-p 'notmuch-tree-mode) (notmuch-tree-get-message-id))
       ((derived-mode-p 'notmuch-search-mode) (notmuch-search-find-thread-id)))
      (user-error "There is no message here")))

(defun notmuch-cadence--command (&rest arguments)
  "Return what the program prints for ARGUMENTS, or signal what it complains about.
Those that are nil are left out, and lists are flattened."
  (pcase-let ((`(,status ,output ,errors)
               (apply #'notmuch-cadence--run notmuch-cadence-command-limit
                      (flatten-tree arguments))))
    (unless (eql status 0)
      (user-error "%s" (string-trim errors)))
    (string-trim-right (concat output errors))))

(defun notmuch-cadence--tell (&rest arguments)
  "Say in the echo area what the program prints for ARGUMENTS."
  (message "%s" (notmuch-cadence--command arguments)))

(defun notmuch-cadence--view (&rest arguments)
  "Show what the program prints for ARGUMENTS, and return the buffer."
  (let ((text (notmuch-cadence--command "--color=always" arguments)))
    (with-current-buffer (get-buffer-create "*notmuch-cadence*")
      (let ((inhibit-read-only t))
        (notmuch-cadence-view-mode)
        (erase-buffer)
        (insert (ansi-color-apply text) "\n")
        (goto-char (point-min)))
      (display-buffer (current-buffer))
      (current-buffer))))

;;;###autoload
(defun notmuch-cadence-show (query)
  "Show all about whom the message at point is with; QUERY names it."
  (interactive (list (notmuch-cadence--here)))
  (notmuch-cadence--view "show" query))

;;;###autoload
(defun notmuch-cadence-why ()
  "Show the last refusal in full."
  (interactive)
  (notmuch-cadence--view "why"))

(defconst notmuch-cadence--keys
  '(("every") ("via" "mail" "phone" "meeting" "post" "other") ("decider")
    ("stage" "lead" "qualified" "nurture" "won") ("stop-after") ("stop-on") ("hold-until")
    ("note") ("agreed-on") ("evidence") ("match") ("buried") ("opted-out") ("revived"))
  "The keys of an agreement, each with its values where those are few.")

(defun notmuch-cadence--read-settings ()
  "Ask for keys and values until there are enough; return a list of KEY=VALUE."
  (let (settings key)
    (while (not (string-empty-p
                 (setq key (completing-read
                            (format "Key%s: " (if settings " (empty: that is all)" ""))
                            notmuch-cadence--keys nil t))))
      (push (concat key "=" (completing-read (format "%s (empty: take it out): " key)
                                             (cdr (assoc key notmuch-cadence--keys))))
            settings))
    (nreverse settings)))

;;;###autoload
(defun notmuch-cadence-agree (query settings)
  "Write down SETTINGS, KEY=VALUE each, as agreed in the message at point.
QUERY names it; that message is the evidence.  The terms so far are shown while
you are asked."
  (interactive
   (let ((query (notmuch-cadence--here)))
     (save-window-excursion
       (notmuch-cadence--view "agree" query)
       (list query (notmuch-cadence--read-settings)))))
  (unless settings
    (user-error "Nothing was changed"))
  (notmuch-cadence--tell "agree" query settings))

;;;###autoload
(defun notmuch-cadence-hold (query day)
  "Hold back until DAY whoever the message at point is with.
QUERY names the message, which is the evidence; where it names a thread there
is none.  DAY may be in words: 3w, next monday."
  (interactive (list (notmuch-cadence--here) (read-string "Nothing before (2026-12-24, 3w): ")))
  (notmuch-cadence--tell "hold"
                         (when (string-prefix-p "id:" query)
                           (concat "--evidence=" query))
                         "--" query day))

;;;###autoload
(defun notmuch-cadence-log (query channel direction when text)
  "Keep a contact that was no mail with whom the message at point is with.
QUERY names the message, CHANNEL is call, meeting, message or post, DIRECTION
out or in, WHEN the time (empty: now), and TEXT what there is to say."
  (interactive
   (list (notmuch-cadence--here)
         (completing-read "Channel: " '("call" "meeting" "message" "post") nil t)
         (completing-read "Direction (default out): " '("out" "in") nil t nil nil "out")
         (read-string "When (empty: now; yesterday 14:30): ")
         (read-string "Text: ")))
  (notmuch-cadence--tell "log"
                         (unless (string-empty-p when)
                           (concat "--at=" when))
                         "--" query channel direction
                         (unless (string-empty-p text)
                           text)))

(provide 'notmuch-cadence)

;;; notmuch-cadence.el ends here
