/* mood-phrases.c: a frame, a listed word in it, and what the whole then says. */

#include "config.h"

#include "sentiment/trainer/mood-phrases.h"

#include <string.h>

#include "sentiment/mood-words.h"

typedef struct
{
  const char *frame; /* %s: the word */
  int         turns; /* -1: says the opposite of the word; 1: the same */
} Frame;

static const Frame chinese[] = {
  { "不%s", -1 },
  { "不是很%s", -1 },
  { "一点都不%s", -1 },
  { "没有%s", -1 },
  { "不怎么%s", -1 },
  { "并不%s", -1 },
  { "不太%s", -1 },
  { "这家一点也不%s", -1 },
  { "根本不%s", -1 },
  { "没那么%s", -1 },
  { "不够%s", -1 },
  { "从来没有%s过", -1 },
  { "毫不%s", -1 },
  { "谈不上%s", -1 },
  { "没有任何%s", -1 },
  { "完全没有%s", -1 },
  { "我不觉得%s", -1 },
  { "没有想的那么%s", -1 },
  { "不见得%s", -1 },
  { "算不上%s", -1 },
  { "不再%s了", -1 },
  { "不比别家%s", -1 },
  { "用到现在没%s过", -1 },
  { "这个东西不%s", -1 },
  { "服务没有%s", -1 },
  { "无法让人%s", -1 },
  { "没让我%s", -1 },
  { "看上去好，其实不%s", -1 },
  { "不会不%s", 1 },
  { "不是不%s", 1 },
  { "没有不%s", 1 },
  { "不能不%s", 1 },
  { "没有比这更%s的", 1 },
  { "很%s", 1 },
  { "真%s", 1 },
  { "非常%s", 1 },
  { "特别%s", 1 },
  { "虽然慢，但是%s", 1 },
  { "本来以为一般，结果%s", 1 },
  { "贵是贵，不过%s", 1 },
  { "包装普通，但很%s", 1 },
  { "说是便宜，就是%s", 1 },
};

static const Frame english[] = {
  { "not %s", -1 },
  { "it is not %s", -1 },
  { "it isn't %s", -1 },
  { "not very %s", -1 },
  { "never %s", -1 },
  { "it wasn't %s at all", -1 },
  { "no %s", -1 },
  { "without any %s", -1 },
  { "not %s at all", -1 },
  { "I don't %s it", -1 },
  { "nothing %s", -1 },
  { "there was no %s", -1 },
  { "hardly %s", -1 },
  { "not a single %s", -1 },
  { "it doesn't %s", -1 },
  { "it did not %s", -1 },
  { "no %s whatsoever", -1 },
  { "I have never had a %s", -1 },
  { "nobody was %s", -1 },
  { "you won't %s it", -1 },
  { "I can't %s", -1 },
  { "neither %s", -1 },
  { "the staff were not %s", -1 },
  { "not the %s", -1 },
  { "nothing was %s", -1 },
  { "it isn't that %s", -1 },
  { "it was far from being %s", -1 },
  { "I am not %s with it", -1 },
  { "there is nothing not %s", 1 },
  { "very %s", 1 },
  { "it is so %s", 1 },
  { "really %s", 1 },
  { "%s", 1 },
  { "I thought it was cheap, but it is %s", 1 },
  { "the box is plain but %s", 1 },
  { "it looks fine, however it is %s", 1 },
};

static void
add_phrases (MqMoodItems *items, MqMoodFeatures *features, const Frame *frames, gsize n_frames, gboolean in_chinese, MqWordKind kind, float weight)
{
  gboolean good = kind == MQ_WORD_POSITIVE || kind == MQ_WORD_VERY_POSITIVE;
  g_auto (GStrv) words = g_strsplit (mq_mood_words (kind, in_chinese), " ", -1);

  for (guint w = 0; words[w] != NULL; w++)
    for (gsize f = 0; f < n_frames; f++)
      {
        g_auto (GStrv) parts = g_strsplit (frames[f].frame, "%s", 2);
        g_autofree char *text = g_strjoinv (words[w], parts);
        gboolean         says_good = good == (frames[f].turns > 0);

        mq_mood_items_add (items, features, text, strlen (text), (MqMoodItem){ .polarity = says_good ? MQ_POLARITY_POSITIVE : MQ_POLARITY_NEGATIVE, .emotion = -1, .has_neutral = TRUE, .weight = weight });
      }
}

void
mq_mood_phrases_add (MqMoodItems *items, float in_chinese, float in_english)
{
  g_auto (MqMoodFeatures) features = { 0 };

  for (MqWordKind kind = MQ_WORD_POSITIVE; kind <= MQ_WORD_VERY_NEGATIVE; kind++)
    {
      add_phrases (items, &features, chinese, G_N_ELEMENTS (chinese), TRUE, kind, in_chinese);
      add_phrases (items, &features, english, G_N_ELEMENTS (english), FALSE, kind, in_english);
    }
}
