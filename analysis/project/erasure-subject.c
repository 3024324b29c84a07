/* erasure-subject.c: from the keys that were named to all keys of the persons who have them. */

#include "config.h"

#include "project/erasure-subject.h"

#include "project/dataset-private.h"
#include "project/record-key.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_KEYS 256
#define FEW_DIGITS 7 /* a telephone number has as many at least */

static gboolean
is_key (MqKeySlice slice, const char *kind, const char *value)
{
  char        buffer[256];
  const char *own = mq_key_slice_kind (slice, buffer, sizeof buffer);
  g_autoptr (GString) made = g_string_new (NULL);
  const char *text;
  gsize       length;

  if (kind != NULL && strcmp (kind, own) != 0)
    return FALSE;
  if (mq_record_key_append (made, own, value, strlen (value)) && made->len == slice.length && memcmp (made->str, slice.start, slice.length) == 0)
    return TRUE;
  text = mq_key_slice_value (slice, &length);
  return strlen (value) == length && memcmp (text, value, length) == 0;
}

/* "phone=123" as kind and value; a value may have such a sign itself. */
static char *
split_kind (const char *key, const char **value)
{
  const char      *sign = strchr (key, '=');
  g_autofree char *kind = sign != NULL ? g_strndup (key, sign - key) : NULL;

  *value = key;
  if (kind == NULL || !mq_key_is_builtin (kind))
    return NULL;
  *value = sign + 1;
  return g_steal_pointer (&kind);
}

static void
add_keys_of (MqSubject *self, const char *text, gsize length)
{
  MqKeySlice slices[MAX_KEYS];
  guint      n = mq_record_key_split (text, length, slices, MAX_KEYS);

  for (guint i = 0; i < n; i++)
    {
      gsize            size;
      const char      *value = mq_key_slice_value (slices[i], &size);
      g_autofree char *word = g_strndup (value, size);

      g_hash_table_add (self->keys, g_bytes_new (slices[i].start, slices[i].length));
      mq_subject_add_word (self, word);
    }
}

/* The persons who have the key; FALSE if there are several. */
static gboolean
find_persons (MqSubject *self, const MqPersons *persons, const char *key, gboolean *found)
{
  const char      *value;
  g_autofree char *kind = split_kind (key, &value);
  guint            person = G_MAXUINT;

  *found = FALSE;
  for (guint i = persons->first; i < mq_strings_length (persons->keys); i++)
    {
      guint      own = persons->person_of_key != NULL ? persons->person_of_key[i] : i - persons->first;
      MqKeySlice slices[MAX_KEYS];
      guint      n = mq_record_key_split (mq_strings_get (persons->keys, i), mq_strings_get_length (persons->keys, i), slices, MAX_KEYS);

      for (guint k = 0; k < n; k++)
        if (is_key (slices[k], kind, value))
          {
            if (*found && own != person)
              return FALSE;
            *found = TRUE;
            person = own;
          }
    }
  if (*found)
    g_hash_table_add (self->persons, GUINT_TO_POINTER (person));
  return TRUE;
}

/* A key that no record has may stand in a rejected row: as each kind it could be. */
static void
add_loose_key (MqSubject *self, const char *key)
{
  static const char *const kinds[] = { "customer_id", "phone", "email", "unionid", "openid", "external_userid", "wechat_id", "member_no", "nick" };
  const char              *value;
  g_autofree char         *kind = split_kind (key, &value);

  mq_subject_add_word (self, value);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GString) made = g_string_new (NULL);

      if ((kind == NULL || strcmp (kind, kinds[i]) == 0) && mq_record_key_append (made, kinds[i], value, strlen (value)))
        g_hash_table_add (self->keys, g_bytes_new (made->str, made->len));
    }
}

static gboolean
add_all (MqSubject *self, const MqPersons *persons, const char *const *keys, GError **error)
{
  for (guint i = 0; keys[i] != NULL; i++)
    {
      gboolean found;

      if (!find_persons (self, persons, keys[i], &found))
        {
          g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_NO_PERSON, _ ("Several customers have the key in place %u of the list, in different kinds. Write it with its kind, as in phone=KEY."), i + 1);
          return FALSE;
        }
      if (found)
        continue;
      add_loose_key (self, keys[i]);
      self->unknown = i + 1;
    }
  for (guint i = persons->first; i < mq_strings_length (persons->keys); i++)
    {
      guint own = persons->person_of_key != NULL ? persons->person_of_key[i] : i - persons->first;

      if (g_hash_table_contains (self->persons, GUINT_TO_POINTER (own)))
        add_keys_of (self, mq_strings_get (persons->keys, i), mq_strings_get_length (persons->keys, i));
    }
  return TRUE;
}

static gboolean
is_word_byte (char byte)
{
  return g_ascii_isalnum (byte) || (guchar) byte >= 0x80 || byte == '_';
}

static gboolean
has_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = text; length > 0 && (at = strstr (at, word)) != NULL; at++)
    {
      gboolean opens = at == text || !is_word_byte (at[-1]) || !is_word_byte (word[0]);
      gboolean ends = !is_word_byte (at[length]) || !is_word_byte (word[length - 1]);

      if (opens && ends)
        return TRUE;
    }
  return FALSE;
}

/* A telephone number in any way of writing it, or an address in capitals, is found by its normal form. */
static gboolean
has_other_form (const MqSubject *self, const char *text, const char *kind, const char *marks)
{
  while (*text != '\0')
    {
      gsize length = 0;
      guint digits = 0;
      g_autoptr (GString) made = g_string_new (NULL);
      g_autoptr (GBytes) key = NULL;

      while (text[length] != '\0' && (g_ascii_isalnum (text[length]) ? strcmp (kind, "email") == 0 || g_ascii_isdigit (text[length]) : strchr (marks, text[length]) != NULL))
        digits += g_ascii_isdigit (text[length++]);
      if (length == 0)
        {
          text++;
          continue;
        }
      if ((strcmp (kind, "email") == 0 || digits >= FEW_DIGITS) && mq_record_key_append (made, kind, text, length))
        key = g_bytes_new (made->str, made->len);
      if (key != NULL && g_hash_table_contains (self->keys, key))
        return TRUE;
      text += length;
    }
  return FALSE;
}

MqSubject *
mq_subject_find (MqProject *project, const char *const *keys, const MqRun *run, GError **error)
{
  g_autoptr (MqSubject) self = g_new0 (MqSubject, 1);
  g_autoptr (MqDataset) dataset = mq_project_load (project, run, error);
  const MqPersons *persons = dataset != NULL ? mq_dataset_persons (dataset, run, error) : NULL;

  self->keys = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->persons = g_hash_table_new (NULL, NULL);
  if (persons == NULL || !add_all (self, persons, keys, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mq_subject_free (MqSubject *self)
{
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->persons, g_hash_table_unref);
  g_free (self);
}

gboolean
mq_subject_has (const MqSubject *self, const char *record_key, gsize length)
{
  MqKeySlice slices[MAX_KEYS];
  guint      n = mq_record_key_split (record_key, length, slices, MAX_KEYS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) key = g_bytes_new_static (slices[i].start, slices[i].length);

      if (g_hash_table_contains (self->keys, key))
        return TRUE;
    }
  return FALSE;
}

void
mq_subject_add_word (MqSubject *self, const char *word)
{
  if (*word != '\0')
    g_hash_table_add (self->words, g_strdup (word));
}

gboolean
mq_subject_is_in (const MqSubject *self, const char *text)
{
  GHashTableIter iter;
  gpointer       word;

  g_hash_table_iter_init (&iter, self->words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (has_word (text, word))
      return TRUE;
  return has_other_form (self, text, "phone", "+-() ") || has_other_form (self, text, "email", "@.!#$%&'*+-/=?^_`{|}~");
}
