/* mood-labels.c: a line a label: checksum, polarity, emotion or "-". */

#include "config.h"

#include "sentiment/mood-labels.h"

#include <string.h>

#include "base/checksum.h"

static int
compare_labels_cb (gconstpointer a, gconstpointer b)
{
  const MqMoodLabel *x = a, *y = b;

  return x->text < y->text ? -1 : x->text > y->text;
}

static gboolean
read_label (const char *line, MqMoodLabel *label)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (g_strv_length (words) != 3 || strlen (words[0]) != 16 || strspn (words[0], "0123456789abcdef") != 16)
    return FALSE;
  label->text = g_ascii_strtoull (words[0], NULL, 16);
  label->emotion = MQ_MOOD_NO_LABEL;
  return mq_polarity_from_name (words[1], &label->polarity) && (g_str_equal (words[2], "-") || mq_emotion_from_name (words[2], &label->emotion));
}

GArray *
mq_mood_labels_parse (const char *value)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (MqMoodLabel));
  g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      MqMoodLabel label;

      if (read_label (lines[i], &label))
        g_array_append_val (labels, label);
    }
  g_array_sort (labels, compare_labels_cb);
  for (guint i = 0; i < labels->len; i++)
    if (n == 0 || g_array_index (labels, MqMoodLabel, i).text != g_array_index (labels, MqMoodLabel, n - 1).text)
      g_array_index (labels, MqMoodLabel, n++) = g_array_index (labels, MqMoodLabel, i);
  g_array_set_size (labels, n);
  return labels;
}

char *
mq_mood_labels_print (const GArray *labels)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < labels->len; i++)
    {
      const MqMoodLabel *label = &g_array_index (labels, MqMoodLabel, i);

      g_string_append_printf (out, "%08x%08x %s %s\n", (guint) (label->text >> 32), (guint) label->text, mq_polarity_name (label->polarity), label->emotion >= 0 ? mq_emotion_name (label->emotion) : "-");
    }
  return g_string_free (out, FALSE);
}

guint64
mq_mood_label_key (const char *text, gsize length)
{
  g_auto (MqMoodText) read = { 0 };
  gsize n = 0;

  mq_mood_text_read (&read, text, length);
  for (gsize i = 0; i < read.n; i++)
    if (read.classes[i] == MQ_SIGN_CJK || read.classes[i] == MQ_SIGN_LETTER || read.units[i] == '0')
      read.units[n++] = GUINT16_TO_LE (read.units[i]);
  return n > 0 ? mq_checksum64 (read.units, n * sizeof *read.units) : mq_checksum64 (text, length);
}

static guint
find_place (const GArray *labels, guint64 text)
{
  guint first = 0, end = labels->len;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (g_array_index (labels, MqMoodLabel, middle).text < text)
        first = middle + 1;
      else
        end = middle;
    }
  return first;
}

const MqMoodLabel *
mq_mood_labels_find (const GArray *labels, guint64 text)
{
  guint place = find_place (labels, text);

  return place < labels->len && g_array_index (labels, MqMoodLabel, place).text == text ? &g_array_index (labels, MqMoodLabel, place) : NULL;
}

void
mq_mood_labels_set (GArray *labels, const MqMoodLabel *label)
{
  guint place = find_place (labels, label->text);

  if (mq_mood_labels_find (labels, label->text) != NULL)
    g_array_index (labels, MqMoodLabel, place) = *label;
  else
    g_array_insert_val (labels, place, *label);
}

gboolean
mq_mood_labels_remove (GArray *labels, guint64 text)
{
  if (mq_mood_labels_find (labels, text) == NULL)
    return FALSE;
  g_array_remove_index (labels, find_place (labels, text));
  return TRUE;
}

gboolean
mq_polarity_from_name (const char *name, gint *polarity)
{
  for (guint i = 0; i < MQ_N_POLARITIES; i++)
    if (g_str_equal (name, mq_polarity_name (i)))
      {
        *polarity = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
mq_emotion_from_name (const char *name, gint *emotion)
{
  for (guint i = 0; i < MQ_N_EMOTIONS; i++)
    if (g_str_equal (name, mq_emotion_name (i)))
      {
        *emotion = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
mq_emotion_fits (MqEmotion emotion, MqPolarity polarity)
{
  if (emotion == MQ_EMOTION_SURPRISE)
    return TRUE;
  if (emotion == MQ_EMOTION_NEUTRAL)
    return polarity == MQ_POLARITY_NEUTRAL;
  return polarity == (emotion == MQ_EMOTION_JOY ? MQ_POLARITY_POSITIVE : MQ_POLARITY_NEGATIVE);
}
