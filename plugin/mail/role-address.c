/* Addresses of a function, not of a person: somebody reads them, but not the one who decides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>

#include <string.h>

/* The whole local part, less what follows a "+". */
static const char *const whole[] = {
    "all",       "anfrage",  "bureau",   "buero",    "comercial",  "commercial", "company",
    "contact",   "contacto", "contato",  "contatti", "correo",     "desk",       "direction",
    "einkauf",   "firma",    "general",  "hallo",    "hello",      "help",       "hi",
    "hola",      "info",     "kontakt",  "mail",     "oficina",    "order",      "orders",
    "post",      "service",  "staff",    "support",  "team",       "verkauf",    "vertrieb",
    "webmaster", "zakaz",    "zentrale", "abuse",    "postmaster", "hostmaster",
};

/* A word of the local part. */
static const char *const words[] = {
    "accounting",
    "accounts",
    "accueil",
    "admin",
    "administracion",
    "administration",
    "administrator",
    "amministrazione",
    "assistant",
    "assistante",
    "assistent",
    "assistentin",
    "assistenz",
    "backoffice",
    "billing",
    "biuro",
    "booking",
    "bookings",
    "buchhaltung",
    "buh",
    "careers",
    "commerciale",
    "compras",
    "comptabilite",
    "customercare",
    "customerservice",
    "einkauf",
    "empfang",
    "enquiries",
    "enquiry",
    "facturacion",
    "finance",
    "frontdesk",
    "helpdesk",
    "hr",
    "info",
    "inkoop",
    "inquiries",
    "inquiry",
    "invoices",
    "jobs",
    "kundenservice",
    "marketing",
    "office",
    "ofis",
    "personal",
    "presse",
    "press",
    "priemnaya",
    "procurement",
    "purchasing",
    "receptie",
    "reception",
    "recepcion",
    "rechnung",
    "recruiting",
    "reservations",
    "sales",
    "secretaria",
    "secretariat",
    "secretary",
    "segreteria",
    "sekretar",
    "sekretariat",
    "sekretaer",
    "snab",
    "sprzedaz",
    "vendas",
    "vendite",
    "ventas",
    "verkoop",
    "zakupki",
};

static gboolean
is_one_of(const char *word, gsize length, const char *const *all, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    if (strlen(all[i]) == length && memcmp(all[i], word, length) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
cadence_address_is_role(const char *canonical)
{
  const char *at = canonical ? strrchr(canonical, '@') : NULL;
  if (!at)
    return FALSE;
  gsize length = MIN(strcspn(canonical, "+"), (gsize)(at - canonical));
  if (is_one_of(canonical, length, whole, G_N_ELEMENTS(whole)))
    return TRUE;
  for (gsize start = 0; start < length;) {
    gsize word = strcspn(canonical + start, ".-_0123456789+@");
    word = MIN(word, length - start);
    if (is_one_of(canonical + start, word, words, G_N_ELEMENTS(words)))
      return TRUE;
    start += word + 1;
  }
  return FALSE;
}
