/* mood-model.c: the model's file, and the names of what it tells. */

#include "config.h"

#include "sentiment/mood-model.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <zstd.h>

#include "base/checksum.h"
#include "sentiment/mood-grams.h"
#include "sentiment/mood-private.h"

#define MAGIC "MQMOOD2\n"
#define MAGIC_SIZE 8
#define HUGE_PAGE ((gsize) 2 << 20)
#define MOST_BYTES ((gsize) MQ_MOOD_N_SLOTS * (1 + MQ_MOOD_COLUMNS)) /* of a table, unpacked */

G_DEFINE_QUARK (mq - mood - error - quark, mq_mood_error)

static gboolean
fail_damaged (GError **error)
{
  g_set_error_literal (error, MQ_MOOD_ERROR, MQ_MOOD_ERROR_DAMAGED, _ ("The model that reads moods is damaged. Install the program again."));
  return FALSE;
}

/* Slots are met in no order: with pages of the usual size every one would wait for its page to be looked up. */
static gpointer
allocate (gsize size)
{
  void *memory = NULL;

  if (posix_memalign (&memory, HUGE_PAGE, size) != 0)
    return NULL;
  madvise (memory, size, MADV_HUGEPAGE);
  return memset (memory, 0, size);
}

static void
copy_characters (MqMoodModel *self)
{
  for (guint32 unit = 0; unit <= G_MAXUINT16; unit++)
    memcpy (self->table + (gsize) MQ_MOOD_ROW_OF_CHARACTER (unit) * MQ_MOOD_COLUMNS, mq_mood_model_row (self, mq_mood_hash_gram (0, KIND_ONE, unit)), MQ_MOOD_COLUMNS);
}

/* The slots that are in use. g_free. */
static guint32 *
find_used (const guint8 *marks, gsize *n)
{
  guint32 *used = g_new (guint32, MQ_MOOD_N_SLOTS + 1);

  *n = 0;
  for (guint32 slot = 0; slot < MQ_MOOD_N_SLOTS; slot++)
    {
      used[*n] = slot;
      *n += marks[slot] != 0;
    }
  return used;
}

static gboolean
read_table (MqMoodModel *self, const guint8 *data, gsize length, GError **error)
{
  g_autofree guint8  *plain = g_try_malloc (MOST_BYTES);
  g_autofree guint32 *used = NULL;
  const guint8       *next;
  gsize               size, n_used;

  self->marks = allocate (MQ_MOOD_N_SLOTS);
  self->table = allocate ((gsize) MQ_MOOD_N_ROWS * MQ_MOOD_COLUMNS);
  if (plain == NULL || self->marks == NULL || self->table == NULL)
    return fail_damaged (error);
  size = ZSTD_decompress (plain, MOST_BYTES, data, length);
  if (ZSTD_isError (size) || size < MQ_MOOD_N_SLOTS)
    return fail_damaged (error);
  used = find_used (plain, &n_used);
  if (size != MQ_MOOD_N_SLOTS + n_used * MQ_MOOD_COLUMNS)
    return fail_damaged (error);
  memcpy (self->marks, plain, MQ_MOOD_N_SLOTS);
  next = plain + MQ_MOOD_N_SLOTS;
  for (guint c = 0; c < MQ_MOOD_COLUMNS; c++)
    for (gsize i = 0; i < n_used; i++)
      self->table[(gsize) used[i] * MQ_MOOD_COLUMNS + c] = (gint8) *next++;
  copy_characters (self);
  return TRUE;
}

MqMoodModel *
mq_mood_model_new (gconstpointer data, gsize length, GError **error)
{
  const guint8 *bytes = data;
  g_autoptr (MqMoodModel) self = g_new0 (MqMoodModel, 1);
  guint64 checksum;

  if (length < MAGIC_SIZE + sizeof self->head + sizeof checksum || memcmp (bytes, MAGIC, MAGIC_SIZE) != 0)
    {
      fail_damaged (error);
      return NULL;
    }
  length -= sizeof checksum;
  memcpy (&checksum, bytes + length, sizeof checksum);
  if (GUINT64_FROM_LE (checksum) != mq_checksum64 (bytes, length))
    {
      fail_damaged (error);
      return NULL;
    }
  memcpy (&self->head, bytes + MAGIC_SIZE, sizeof self->head);
  if (!read_table (self, bytes + MAGIC_SIZE + sizeof self->head, length - MAGIC_SIZE - sizeof self->head, error))
    return NULL;
  return g_steal_pointer (&self);
}

GByteArray *
mq_mood_model_write (const MqMoodHead *head, const guint8 *marks, const gint8 *table)
{
  gsize              size = MQ_MOOD_N_SLOTS, bound = ZSTD_compressBound (MOST_BYTES), packed;
  GByteArray        *out = g_byte_array_new ();
  g_autofree guint8 *plain = g_malloc (MOST_BYTES);
  g_autofree guint8 *frame = g_malloc (bound);
  guint64            checksum;

  memcpy (plain, marks, MQ_MOOD_N_SLOTS);
  for (guint c = 0; c < MQ_MOOD_COLUMNS; c++)
    for (gsize slot = 0; slot < MQ_MOOD_N_SLOTS; slot++)
      if (marks[slot] != 0)
        plain[size++] = (guint8) table[slot * MQ_MOOD_COLUMNS + c];
  packed = ZSTD_compress (frame, bound, plain, size, 19);
  g_assert (!ZSTD_isError (packed));
  g_byte_array_append (out, (const guint8 *) MAGIC, MAGIC_SIZE);
  g_byte_array_append (out, (const guint8 *) head, sizeof *head);
  g_byte_array_append (out, frame, packed);
  checksum = GUINT64_TO_LE (mq_checksum64 (out->data, out->len));
  g_byte_array_append (out, (const guint8 *) &checksum, sizeof checksum);
  return out;
}

void
mq_mood_model_free (MqMoodModel *self)
{
  if (self == NULL)
    return;
  free (self->marks);
  free (self->table);
  g_free (self);
}

const char *
mq_polarity_name (MqPolarity polarity)
{
  static const char *const names[] = { N_ ("negative"), N_ ("neutral"), N_ ("positive") };

  return names[polarity];
}

const char *
mq_emotion_name (MqEmotion emotion)
{
  static const char *const names[] = { N_ ("neutral"), N_ ("joy"), N_ ("anger"), N_ ("sadness"), N_ ("fear"), N_ ("surprise"), N_ ("disgust") };

  return names[emotion];
}
