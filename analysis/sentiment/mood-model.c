/* mood-model.c: the model's file, and the names of what it tells. */

#include "config.h"

#include "sentiment/mood-model.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <zstd.h>

#include "base/checksum.h"
#include "sentiment/mood-private.h"

#define MAGIC "MQMOOD1\n"
#define MAGIC_SIZE 8
#define ROW MQ_MOOD_ROW
#define HUGE_PAGE ((gsize) 2 << 20)

G_DEFINE_QUARK (mq - mood - error - quark, mq_mood_error)

static gboolean
fail_damaged (GError **error)
{
  g_set_error_literal (error, MQ_MOOD_ERROR, MQ_MOOD_ERROR_DAMAGED, _ ("The model that reads moods is damaged. Install the program again."));
  return FALSE;
}

/* Rows are met in no order: with pages of the usual size every one would wait for its page to be looked up. */
static gint8 *
allocate_table (void)
{
  gsize size = (gsize) MQ_MOOD_N_ROWS * ROW;
  void *table = NULL;

  if (posix_memalign (&table, HUGE_PAGE, size) != 0)
    return NULL;
  madvise (table, size, MADV_HUGEPAGE);
  return memset (table, 0, size);
}

static gboolean
read_table (MqMoodModel *self, const guint8 *data, gsize length, GError **error)
{
  gsize             size = (gsize) MQ_MOOD_N_ROWS * MQ_MOOD_N_CLASSES;
  g_autofree gint8 *plain = g_try_malloc (size);

  self->table = allocate_table ();
  if (plain == NULL || self->table == NULL || ZSTD_decompress (plain, size, data, length) != size)
    return fail_damaged (error);
  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    for (gsize row = 0; row < MQ_MOOD_N_ROWS; row++)
      self->table[row * ROW + k] = plain[k * (gsize) MQ_MOOD_N_ROWS + row];
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
mq_mood_model_write (const MqMoodHead *head, const gint8 *table)
{
  gsize              size = (gsize) MQ_MOOD_N_ROWS * MQ_MOOD_N_CLASSES, bound = ZSTD_compressBound (size), packed;
  GByteArray        *out = g_byte_array_new ();
  g_autofree gint8  *planes = g_malloc (size);
  g_autofree guint8 *frame = g_malloc (bound);
  guint64            checksum;

  for (guint k = 0; k < MQ_MOOD_N_CLASSES; k++)
    for (gsize row = 0; row < MQ_MOOD_N_ROWS; row++)
      planes[k * (gsize) MQ_MOOD_N_ROWS + row] = table[row * MQ_MOOD_N_CLASSES + k];
  packed = ZSTD_compress (frame, bound, planes, size, 19);
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
