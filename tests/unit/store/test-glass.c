/* Xapian's "iamglass": what was removed, and bytes that are none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "glass.h"

/* Two tables of six have a string; seven documents were removed of 300 (0xac 0x02) that stay. */
#define TABLE "\x00\x02\x02\x04\x00\x00"
#define TABLE_WITH_STRING "\x81\x01\x02\x02\x04\x00\x03\x01\x02\x03"
#define BEFORE                                                                                     \
  "\x0f\x0dXapian Glass\x04\x6e"                                                                   \
  "0123456789abcdef"                                                                               \
  "\x85\x01" TABLE_WITH_STRING TABLE TABLE TABLE TABLE TABLE_WITH_STRING "\xac\x02"
#define AFTER "\x64\x05\xb9\x2e\x00\xa0\x8d\x06\x00"

static gboolean
parse(const char *bytes, gsize length, guint64 *removed)
{
  g_autofree guint8 *copy = g_memdup2(bytes, length); /* a sanitizer sees what lies behind it */
  return cadence_glass_parse_removed(copy, length, removed);
}

static void
test_removed(void **state)
{
  static const char few[] = BEFORE "\x07" AFTER, many[] = BEFORE "\x80\x80\x80\x80\x80\x01" AFTER;
  guint64 removed = 0;
  assert_true(parse(few, sizeof few - 1, &removed));
  assert_int_equal(removed, 7);
  assert_true(parse(many, sizeof many - 1, &removed));
  assert_true(removed == (guint64)1 << 35);
}

/* Cut off anywhere, or with something behind it, it is none. */
static void
test_cut(void **state)
{
  static const char whole[] = BEFORE "\x07" AFTER "\x00";
  guint64 removed;
  for (gsize length = 0; length < sizeof whole; length++)
    assert_int_equal(parse(whole, length, &removed), length == sizeof whole - 2);
}

static void
test_other_formats(void **state)
{
  char other[] = BEFORE "\x07" AFTER;
  guint64 removed;
  other[15] ^= 1; /* the format's version */
  assert_false(parse(other, sizeof other - 1, &removed));
  assert_false(parse("", 0, &removed));
}

/* A number without end, a string longer than the file. */
static void
test_hostile(void **state)
{
  static const char endless[] = BEFORE "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff" AFTER;
  static const char longer[] = "\x0f\x0dXapian Glass\x04\x6e"
                               "0123456789abcdef"
                               "\x01\x00\x02\x02\x04\x00\xff\xff\xff\xff\xff\xff\xff\x7f";
  guint64 removed;
  assert_false(parse(endless, sizeof endless - 1, &removed));
  assert_false(parse(longer, sizeof longer - 1, &removed));
  assert_false(cadence_glass_removed("/nowhere", &removed));
  assert_int_equal(cadence_glass_open("/nowhere", "flintlock"), -1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_removed),
      cmocka_unit_test(test_cut),
      cmocka_unit_test(test_other_formats),
      cmocka_unit_test(test_hostile),
  };
  return cmocka_run_group_tests_name("glass", tests, NULL, NULL);
}
