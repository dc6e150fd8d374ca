;;; test-package.el --- The package as a package  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: GPL-3.0-or-later

;;; Code:

(require 'checkdoc)
(require 'helpers)
(require 'package)

(defconst t-package (locate-library "notmuch-cadence.el") "What is tested.")

(ert-deftest t-compiles ()
  "compiles without a warning, in an Emacs that has read nothing of notmuch"
  (let ((copy (expand-file-name "copy.el" t-work)))
    (copy-file t-package copy t)
    (with-temp-buffer
      (should (eql 0 (call-process (expand-file-name invocation-name invocation-directory)
                                   nil t nil "-Q" "--batch"
                                   "--eval" "(setq byte-compile-error-on-warn t)"
                                   "-f" "batch-byte-compile" copy)))
      (should (equal "" (buffer-string))))))

(ert-deftest t-checkdoc ()
  "checkdoc has nothing to say"
  (ert-with-message-capture messages
    (let (warnings)
      (cl-letf (((symbol-function 'warn) (lambda (&rest words) (push words warnings))))
        (checkdoc-file t-package))
      (should-not warnings))
    (should-not (t-contains "checkdoc" messages))))

(ert-deftest t-installs ()
  "package.el takes it, and what a user calls first is autoloaded"
  (push (file-name-directory (directory-file-name (getenv "ELPA"))) package-directory-list)
  (setq package-user-dir (expand-file-name "elpa" t-work))
  (unload-feature 'notmuch-cadence t)
  (package-install-file t-package)
  (should (package-installed-p 'notmuch-cadence))
  (dolist (command '(notmuch-cadence-mode notmuch-cadence-show notmuch-cadence-agree
                                          notmuch-cadence-hold notmuch-cadence-log
                                          notmuch-cadence-why
                                          notmuch-cadence-add-saved-searches))
    (should (commandp command)))
  (notmuch-cadence-mode 1)
  (should (memq 'notmuch-cadence-check-draft message-send-hook)))

(ert-deftest t-keys ()
  "the keys of an agreement that are offered are those of the program"
  (should (equal (sort (mapcar #'car notmuch-cadence--keys) #'string<)
                 (sort (split-string (getenv "KEYS")) #'string<))))

(provide 'test-package)

;;; test-package.el ends here
