/* chart-samples.c: tables and charts of every kind. */

#include "chart-samples.h"

#include "base/civil-time.h"

#include <math.h>
#include <string.h>

#define WORDS 11

static const char *const words_of[N_SAMPLE_WORDS][WORDS] = {
  { "Champions", "Loyal", "Potential Loyalist", "New Customers", "Promising", "Need Attention", "About To Sleep", "At Risk", "Cannot Lose Them", "Hibernating", "Lost" },
  { "高价值忠诚", "忠诚", "潜力忠诚", "新客户", "潜力", "需关注", "即将沉睡", "流失风险", "重点挽回", "沉睡", "已流失" },
  { "أبطال", "مخلصون", "مخلص محتمل", "عملاء جدد", "واعدون", "بحاجة إلى اهتمام", "على وشك النوم", "معرضون للخطر", "لا يمكن خسارتهم", "خاملون", "ضائعون" },
  { "Everybody who bought something in the northern and in the southern regions at least twice", "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente", "x", "Newsletter, spring", "a b c d e f g h i j k l m n o p", "重要价值客户以及所有在过去三百六十五天内至少购买过两次的客户", "Search", "Wi-Fi", "E-mail & SMS", "Other", "—" },
};

static const char *const channels[N_SAMPLE_WORDS][5] = {
  { "Search", "Email", "Social", "Direct", "Affiliate" },
  { "搜索", "邮件", "朋友圈", "直接访问", "达人" },
  { "بحث", "بريد", "اجتماعي", "مباشر", "شركاء" },
  { "Search engines of all kinds", "E-mail newsletters", "Social media and communities", "Direct", "Affiliates" },
};

static const char *const steps[N_SAMPLE_WORDS][5] = {
  { "Viewed a product", "Added to cart", "Started checkout", "Ordered", "Bought again" },
  { "浏览商品", "加入购物车", "开始结算", "下单", "再次购买" },
  { "شاهد منتجًا", "أضاف إلى السلة", "بدأ الدفع", "طلب", "اشترى مرة أخرى" },
  { "Looked at any product page of the shop for the first time", "Added something to the cart", "Started checkout", "Ordered", "Bought again within ninety days" },
};

static const char *const moods[N_SAMPLE_WORDS][5] = {
  { "Anger", "Sadness", "Neutral", "Surprise", "Joy" },
  { "愤怒", "悲伤", "中性", "惊奇", "喜悦" },
  { "غضب", "حزن", "محايد", "دهشة", "فرح" },
  { "Anger", "Sadness or disappointment", "Neutral", "Surprise", "Joy" },
};

/* Figures of a sample: pleasant ones, or with seed > 0 wild ones. */
typedef struct
{
  SampleWords words;
  guint       seed;
  GRand      *random;
} Maker;

static gint64
pick_count (Maker *self, gint64 pleasant)
{
  static const gint64 scales[] = { 1, 10, 1000, 1000000, G_GINT64_CONSTANT (3000000000) };

  if (self->seed == 0)
    return pleasant;
  if (g_rand_int_range (self->random, 0, 8) == 0)
    return 0;
  return (gint64) (g_rand_double (self->random) * 100 * scales[(self->seed - 1) % G_N_ELEMENTS (scales)]);
}

static double
pick_share (Maker *self, double pleasant)
{
  return self->seed == 0 ? pleasant : g_rand_double (self->random);
}

static guint
pick_n (Maker *self, guint pleasant, guint most)
{
  return self->seed == 0 ? pleasant : (guint) g_rand_int_range (self->random, 1, (gint32) most + 1);
}

static MqTableBuilder *
start (void)
{
  return mq_table_builder_new ("sample", "GBP", "Europe/London");
}

static MqChart *
make_bars (Maker *self)
{
  MqTableBuilder *b = start ();
  guint           name = mq_table_builder_add_column (b, "segment", "Segment", MQ_COLUMN_TEXT);
  guint           value = mq_table_builder_add_column (b, "customers", "Customers", MQ_COLUMN_INTEGER);
  guint           share = mq_table_builder_add_column (b, "share", "Share", MQ_COLUMN_SHARE);
  guint           n = pick_n (self, WORDS, 40);
  g_autoptr (MqTable) table = NULL;

  for (guint i = 0; i < n; i++)
    {
      mq_table_builder_append (b);
      mq_table_builder_set_text (b, name, words_of[self->words][i % WORDS]);
      mq_table_builder_set_integer (b, value, pick_count (self, 962 - 83 * i));
      mq_table_builder_set_double (b, share, pick_share (self, (962 - 83 * i) / 6017.0));
    }
  table = mq_table_builder_finish (b);
  return mq_chart_new_bars (table, "Largest segment: Champions (16.0 %)", "Customers by segment, share of all customers", "segment", "customers", "share");
}

static MqTable *
make_credits (Maker *self, guint n_channels, const char *const *models, guint n_models)
{
  static const double wild[5][4] = { { 412, 350, 372, 381 }, { 260, 240, 251, 248 }, { 150, 210, 190, 184 }, { 98, 120, 110, 113 }, { 60, 60, 57, 54 } };
  MqTableBuilder     *b = start ();
  guint               channel = mq_table_builder_add_column (b, "channel", "Channel", MQ_COLUMN_TEXT);
  guint               model = mq_table_builder_add_column (b, "model", "Model", MQ_COLUMN_TEXT);
  guint               value = mq_table_builder_add_column (b, "conversions", "Conversions", MQ_COLUMN_INTEGER);

  for (guint m = 0; m < n_models; m++)
    for (guint c = 0; c < n_channels; c++)
      {
        mq_table_builder_append (b);
        mq_table_builder_set_text (b, channel, channels[self->words][c]);
        mq_table_builder_set_text (b, model, models[m]);
        mq_table_builder_set_integer (b, value, pick_count (self, (gint64) wild[c][m % 4]));
      }
  return mq_table_builder_finish (b);
}

static const char *const models[] = { "First touch", "Last touch", "Linear", "Markov" };

static MqChart *
make_panels (Maker *self)
{
  g_autoptr (MqTable) table = make_credits (self, pick_n (self, 5, 5), models, pick_n (self, 4, 4));

  return mq_chart_new_bar_series (table, "Social earns more by last touch than by first", "Conversions by channel and model", &(MqBarColumns){ .category = "channel", .value = "conversions", .series = "model", .form = MQ_BARS_PANELS });
}

static MqChart *
make_grouped (Maker *self)
{
  g_autoptr (MqTable) table = make_credits (self, pick_n (self, 5, 5), models, pick_n (self, 3, 4));

  return mq_chart_new_bar_series (table, "Social earns more by last touch than by first", "Conversions by channel and model", &(MqBarColumns){ .category = "channel", .value = "conversions", .series = "model" });
}

/* Money by month and channel, the last month still running. */
static MqTable *
make_months (Maker *self, guint n_months, guint n_channels)
{
  MqTableBuilder *b = start ();
  guint           month = mq_table_builder_add_column (b, "month", "Month", MQ_COLUMN_DAY);
  guint           channel = mq_table_builder_add_column (b, "channel", "Channel", MQ_COLUMN_TEXT);
  guint           value = mq_table_builder_add_column (b, "revenue", "Revenue", MQ_COLUMN_MONEY);
  guint           complete = mq_table_builder_add_column (b, "complete", "Complete", MQ_COLUMN_BOOLEAN);

  for (guint i = 0; i < n_months; i++)
    for (guint c = 0; c < n_channels; c++)
      {
        mq_table_builder_append (b);
        mq_table_builder_set_integer (b, month, mq_day_from_civil (2010 + (i + 11) / 12, (i + 11) % 12 + 1, 1));
        mq_table_builder_set_text (b, channel, channels[self->words][c]);
        mq_table_builder_set_integer (b, value, pick_count (self, (gint64) ((3000 + 900 * sin (i * 0.9) + 120 * i) * (5 - c) * 100 * (i + 1 == n_months ? 0.4 : 1))));
        mq_table_builder_set_integer (b, complete, i + 1 < n_months);
      }
  return mq_table_builder_finish (b);
}

static MqChart *
make_columns (Maker *self)
{
  g_autoptr (MqTable) table = make_months (self, pick_n (self, 13, 60), 1);

  return mq_chart_new_bar_series (table, "Revenue peaks every seven months", "Revenue by month; the last month is still running", &(MqBarColumns){ .category = "month", .value = "revenue", .complete = "complete", .vertical = TRUE });
}

static MqChart *
make_stacked_columns (Maker *self)
{
  g_autoptr (MqTable) table = make_months (self, pick_n (self, 13, 60), pick_n (self, 4, 5));

  return mq_chart_new_bar_series (table, "Search brings two fifths of revenue", "Revenue by month and channel; the last month is still running", &(MqBarColumns){ .category = "month", .value = "revenue", .series = "channel", .complete = "complete", .form = MQ_BARS_STACKED, .vertical = TRUE });
}

static MqChart *
make_grouped_columns (Maker *self)
{
  MqTableBuilder *b = start ();
  guint           step = mq_table_builder_add_column (b, "channel", "Channel", MQ_COLUMN_TEXT);
  guint           group = mq_table_builder_add_column (b, "group", "Group", MQ_COLUMN_TEXT);
  guint           rate = mq_table_builder_add_column (b, "rate", "Rate", MQ_COLUMN_SHARE);
  guint           low = mq_table_builder_add_column (b, "low", "Low", MQ_COLUMN_SHARE);
  guint           high = mq_table_builder_add_column (b, "high", "High", MQ_COLUMN_SHARE);
  guint           n = pick_n (self, 5, 5);
  g_autoptr (MqTable) table = NULL;

  for (guint c = 0; c < n; c++)
    for (guint g = 0; g < 2; g++)
      {
        double value = pick_share (self, 0.42 - 0.06 * c + 0.04 * g);

        mq_table_builder_append (b);
        mq_table_builder_set_text (b, step, channels[self->words][c]);
        mq_table_builder_set_text (b, group, words_of[self->words][g]);
        mq_table_builder_set_double (b, rate, value);
        mq_table_builder_set_double (b, low, MAX (0, value - 0.03));
        mq_table_builder_set_double (b, high, MIN (1, value + 0.03));
      }
  table = mq_table_builder_finish (b);
  return mq_chart_new_bar_series (table, "Search converts best in both groups", "Share who ordered within 14 days, with the 95 % interval", &(MqBarColumns){ .category = "channel", .value = "rate", .series = "group", .low = "low", .high = "high", .vertical = TRUE });
}

static MqTable *
make_mix (Maker *self, guint n_groups)
{
  static const double shares[5] = { 0.12, 0.1, 0.38, 0.08, 0.32 };
  MqTableBuilder     *b = start ();
  guint               group = mq_table_builder_add_column (b, "group", "Group", MQ_COLUMN_TEXT);
  guint               mood = mq_table_builder_add_column (b, "label", "Mood", MQ_COLUMN_TEXT);
  guint               share = mq_table_builder_add_column (b, "share", "Share", MQ_COLUMN_SHARE);
  guint               count = mq_table_builder_add_column (b, "n", "Texts", MQ_COLUMN_INTEGER);

  for (guint g = 0; g < n_groups; g++)
    for (guint m = 0; m < 5; m++)
      {
        double value = pick_share (self, MAX (0.01, shares[m] + 0.02 * (double) g * (m > 2 ? -1 : 0.666)));

        mq_table_builder_append (b);
        mq_table_builder_set_text (b, group, words_of[self->words][g % WORDS]);
        mq_table_builder_set_text (b, mood, moods[self->words][m]);
        mq_table_builder_set_double (b, share, value);
        mq_table_builder_set_integer (b, count, (gint64) (value * 200));
      }
  return mq_table_builder_finish (b);
}

static MqChart *
make_diverging (Maker *self)
{
  const char *levels[6] = { moods[self->words][0], moods[self->words][1], moods[self->words][2], moods[self->words][3], moods[self->words][4], NULL };
  g_autoptr (MqTable) table = make_mix (self, pick_n (self, 7, 11));

  return mq_chart_new_bar_series (table, "Lost customers are the angriest", "Share of texts by mood, neutral in the middle", &(MqBarColumns){ .category = "group", .value = "share", .series = "label", .share = "n", .form = MQ_BARS_DIVERGING, .levels = levels, .neutral = moods[self->words][2] });
}

static MqChart *
make_stacked (Maker *self)
{
  g_autoptr (MqTable) table = make_mix (self, pick_n (self, 6, 11));

  return mq_chart_new_bar_series (table, "A third of all texts is joyful", "Share of texts by mood", &(MqBarColumns){ .category = "group", .value = "share", .series = "label", .form = MQ_BARS_STACKED });
}

/* One bar a mood, each in the colour that it has in every chart, the last one outside of the scale. */
static MqChart *
make_levels (Maker *self)
{
  const char *levels[5] = { moods[self->words][0], moods[self->words][1], moods[self->words][2], moods[self->words][3], NULL };
  g_autoptr (MqTable) table = make_mix (self, 1);
  MqChart *chart = mq_chart_new_bar_series (table, "A third of all texts is joyful", "Share of texts", &(MqBarColumns){ .category = "label", .value = "share" });

  mq_chart_set_levels (chart, levels, moods[self->words][2]);
  return chart;
}

/* A kind has its colour without the others too; the last mood is none. */
static MqChart *
make_kinds (Maker *self)
{
  const char *kinds[5] = { moods[self->words][0], moods[self->words][1], moods[self->words][3], moods[self->words][4], NULL };
  g_autoptr (MqTable) table = make_mix (self, 1);
  MqChart *chart = mq_chart_new_bars (table, "A third of all texts is joyful", "Texts by mood", "label", "n", "share");

  mq_chart_set_kinds (chart, kinds);
  return chart;
}

static MqTable *
make_trend (Maker *self, guint n_series, guint n_days)
{
  MqTableBuilder *b = start ();
  guint           day = mq_table_builder_add_column (b, "day", "Day", MQ_COLUMN_DAY);
  guint           series = mq_table_builder_add_column (b, "channel", "Channel", MQ_COLUMN_TEXT);
  guint           rate = mq_table_builder_add_column (b, "rate", "Conversion rate", MQ_COLUMN_SHARE);
  guint           low = mq_table_builder_add_column (b, "low", "Low", MQ_COLUMN_SHARE);
  guint           high = mq_table_builder_add_column (b, "high", "High", MQ_COLUMN_SHARE);
  guint           complete = mq_table_builder_add_column (b, "complete", "Complete", MQ_COLUMN_BOOLEAN);
  gint32          first = mq_day_from_civil (2011, 1, 3);

  for (guint s = 0; s < n_series; s++)
    for (guint i = 0; i < n_days; i++)
      {
        double value = pick_share (self, 0.18 + 0.07 * s + 0.03 * sin (i * 0.45 + s) + 0.0012 * i);

        mq_table_builder_append (b);
        mq_table_builder_set_integer (b, day, first + 7 * (gint32) i);
        mq_table_builder_set_text (b, series, channels[self->words][s]);
        if (self->seed > 0 && g_rand_int_range (self->random, 0, 10) == 0)
          continue;
        mq_table_builder_set_double (b, rate, value);
        mq_table_builder_set_double (b, low, MAX (0, value - 0.025 - 0.01 * s));
        mq_table_builder_set_double (b, high, MIN (1, value + 0.025 + 0.01 * s));
        mq_table_builder_set_integer (b, complete, i + 2 < n_days);
      }
  return mq_table_builder_finish (b);
}

static MqChart *
make_line_band (Maker *self)
{
  g_autoptr (MqTable) table = make_trend (self, 1, pick_n (self, 30, 120));

  return mq_chart_new_lines (table, "One in four visitors orders, up from one in five", "Share who ordered within 14 days, by week, with the 95 % interval", &(MqLineColumns){ .x = "day", .value = "rate", .low = "low", .high = "high", .complete = "complete", .from_zero = TRUE });
}

static MqChart *
make_lines (Maker *self)
{
  g_autoptr (MqTable) table = make_trend (self, pick_n (self, 4, 5), pick_n (self, 40, 120));

  return mq_chart_new_lines (table, "Direct converts best, all channels rise", "Share who ordered within 14 days, by week", &(MqLineColumns){ .x = "day", .value = "rate", .series = "channel", .complete = "complete" });
}

/* Lines with a meaning, the last one outside of it. */
static MqChart *
make_level_lines (Maker *self)
{
  const char *levels[4] = { channels[self->words][0], channels[self->words][1], channels[self->words][2], NULL };
  g_autoptr (MqTable) table = make_trend (self, 4, pick_n (self, 20, 60));
  MqChart *chart = mq_chart_new_lines (table, "The mood rises", "Share of texts, by week", &(MqLineColumns){ .x = "day", .value = "rate", .series = "channel", .complete = "complete" });

  mq_chart_set_levels (chart, levels, levels[1]);
  return chart;
}

static MqChart *
make_line_bands (Maker *self)
{
  g_autoptr (MqTable) table = make_trend (self, pick_n (self, 3, 5), pick_n (self, 16, 60));

  return mq_chart_new_lines (table, "Social converts better than Search", "Share who ordered within 14 days, by week, with the 95 % interval", &(MqLineColumns){ .x = "day", .value = "rate", .series = "channel", .low = "low", .high = "high", .complete = "complete", .from_zero = TRUE });
}

/* Kaplan-Meier: the share that has not bought again after so many days. */
static MqChart *
make_survival (Maker *self)
{
  MqTableBuilder *b = start ();
  guint           after = mq_table_builder_add_column (b, "after", "Time since the first order", MQ_COLUMN_DURATION);
  guint           series = mq_table_builder_add_column (b, "group", "Group", MQ_COLUMN_TEXT);
  guint           share = mq_table_builder_add_column (b, "share", "Bought again", MQ_COLUMN_SHARE);
  guint           low = mq_table_builder_add_column (b, "low", "Low", MQ_COLUMN_SHARE);
  guint           high = mq_table_builder_add_column (b, "high", "High", MQ_COLUMN_SHARE);
  guint           n = pick_n (self, 40, 150);
  g_autoptr (MqTable) table = NULL;

  for (guint s = 0; s < 2; s++)
    {
      double at = 0, value = 0;

      for (guint i = 0; i < n; i++)
        {
          mq_table_builder_append (b);
          mq_table_builder_set_double (b, after, at * 86400);
          mq_table_builder_set_text (b, series, words_of[self->words][s]);
          mq_table_builder_set_double (b, share, value);
          mq_table_builder_set_double (b, low, MAX (0, value - 0.01 - 0.0012 * i));
          mq_table_builder_set_double (b, high, MIN (1, value + 0.01 + 0.0012 * i));
          at += self->seed == 0 ? 3 + (i * 7 + s * 3) % 11 : g_rand_double (self->random) * 10;
          value += (0.74 - 0.2 * s - value) * 0.045;
        }
    }
  table = mq_table_builder_finish (b);
  return mq_chart_new_lines (table, "Half of the loyal buy again within 100 days", "Share who bought again, by time since the first order (Kaplan-Meier, 95 % band)", &(MqLineColumns){ .x = "after", .value = "share", .series = "group", .low = "low", .high = "high", .steps = TRUE, .from_zero = TRUE });
}

static MqChart *
make_retention (Maker *self)
{
  MqTableBuilder *b = start ();
  guint           month = mq_table_builder_add_column (b, "cohort", "Cohort", MQ_COLUMN_TEXT);
  guint           value = mq_table_builder_add_column (b, "value", "Returned", MQ_COLUMN_INTEGER);
  guint           n = pick_n (self, 18, 60);
  g_autoptr (MqTable) table = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d-%02d", 2010 + i / 12, i % 12 + 1);

      mq_table_builder_append (b);
      mq_table_builder_set_text (b, month, name);
      mq_table_builder_set_integer (b, value, pick_count (self, 3000 + (i * 733) % 1900));
    }
  table = mq_table_builder_finish (b);
  return mq_chart_new_lines (table, "4,000 customers a month", "Customers by month of their first order", &(MqLineColumns){ .x = "cohort", .value = "value" });
}

static MqChart *
make_hours (Maker *self)
{
  MqTableBuilder *b = start ();
  guint           time = mq_table_builder_add_column (b, "time", "Time", MQ_COLUMN_TIME);
  guint           value = mq_table_builder_add_column (b, "value", "Events", MQ_COLUMN_DOUBLE);
  guint           n = pick_n (self, 2000, 4000);
  g_autoptr (MqTable) table = NULL;

  for (guint i = 0; i < n; i++)
    {
      mq_table_builder_append (b);
      mq_table_builder_set_integer (b, time, G_GINT64_CONSTANT (1301000000) * MQ_SECOND + i * 300 * MQ_SECOND);
      mq_table_builder_set_double (b, value, 100 + 60 * sin (i * 2 * G_PI / 288) + (i * 7919) % 37 + (self->seed > 0 ? g_rand_double (self->random) * 1e4 : 0));
    }
  table = mq_table_builder_finish (b);
  return mq_chart_new_lines (table, "Evenings are busiest", "Events every five minutes", &(MqLineColumns){ .x = "time", .value = "value" });
}

static MqChart *
make_funnel (Maker *self)
{
  static const gint64 counts[5] = { 12480, 5391, 3102, 1870, 412 };
  MqTableBuilder     *b = start ();
  guint               name = mq_table_builder_add_column (b, "name", "Step", MQ_COLUMN_TEXT);
  guint               customers = mq_table_builder_add_column (b, "customers", "Customers", MQ_COLUMN_INTEGER);
  guint               lost = mq_table_builder_add_column (b, "lost", "Lost", MQ_COLUMN_INTEGER);
  guint               open = mq_table_builder_add_column (b, "open", "Still open", MQ_COLUMN_INTEGER);
  guint               rate = mq_table_builder_add_column (b, "rate", "Rate", MQ_COLUMN_SHARE);
  guint               step_rate = mq_table_builder_add_column (b, "rate_from_previous", "Rate from the step before", MQ_COLUMN_SHARE);
  guint               low = mq_table_builder_add_column (b, "low", "Low", MQ_COLUMN_SHARE);
  guint               high = mq_table_builder_add_column (b, "high", "High", MQ_COLUMN_SHARE);
  guint               n = pick_n (self, 5, 12);
  gint64              value = pick_count (self, counts[0]), first = value;
  g_autoptr (MqTable) table = NULL;

  for (guint i = 0; i < n; i++)
    {
      gint64 next = self->seed == 0 ? counts[MIN (i + 1, 4)] : (gint64) (value * g_rand_double (self->random));
      gint64 waiting = i + 1 < n ? (gint64) ((value - next) * 0.12) : 0;
      gint64 before = i == 0 ? value : self->seed == 0 ? counts[i - 1]
                                                       : value * 2;

      mq_table_builder_append (b);
      mq_table_builder_set_text (b, name, steps[self->words][i % 5]);
      mq_table_builder_set_integer (b, customers, value);
      mq_table_builder_set_integer (b, lost, i + 1 < n ? value - next - waiting : G_MININT64);
      mq_table_builder_set_integer (b, open, waiting);
      mq_table_builder_set_double (b, rate, first > 0 ? value / (double) first : NAN);
      mq_table_builder_set_double (b, step_rate, i > 0 && before > 0 ? value / (double) before : NAN);
      mq_table_builder_set_double (b, low, first > 0 ? MAX (0, value / (double) first - 0.012) : NAN);
      mq_table_builder_set_double (b, high, first > 0 ? MIN (1, value / (double) first + 0.012) : NAN);
      value = next;
    }
  table = mq_table_builder_finish (b);
  return mq_chart_new_funnel (table, "Most are lost before the cart: 57 % of those who looked", "Customers who reached each step within 14 days of the first", &(MqFunnelColumns){ .name = "name", .value = "customers", .rate = "rate", .step_rate = "rate_from_previous", .lost = "lost", .open = "open", .low = "low", .high = "high" });
}

static MqChart *
make_sankey (Maker *self)
{
  MqTableBuilder *b = start ();
  guint           from = mq_table_builder_add_column (b, "from", "From", MQ_COLUMN_TEXT);
  guint           to = mq_table_builder_add_column (b, "to", "To", MQ_COLUMN_TEXT);
  guint           value = mq_table_builder_add_column (b, "customers", "Customers", MQ_COLUMN_INTEGER);
  guint           n = pick_n (self, 7, WORDS);
  g_autoptr (MqTable) table = NULL;

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n; k++)
      {
        gint64 pleasant = i == k ? 240 - 20 * i : (i * 5 + k * 3) % 4 == 0 ? 60 - 4 * (gint64) ABS ((int) i - (int) k)
                                                                           : 0;

        mq_table_builder_append (b);
        mq_table_builder_set_text (b, from, words_of[self->words][i]);
        mq_table_builder_set_text (b, to, words_of[self->words][k]);
        mq_table_builder_set_integer (b, value, pick_count (self, pleasant));
      }
  table = mq_table_builder_finish (b);
  return mq_chart_new_sankey (table, "One in five champions has slipped", "Customers by segment a year ago (left) and now (right)", "from", "to", "customers", NULL);
}

static MqChart *
make_paths (Maker *self)
{
  MqTableBuilder *b = start ();
  guint           stage = mq_table_builder_add_column (b, "stage", "Step", MQ_COLUMN_INTEGER);
  guint           from = mq_table_builder_add_column (b, "from", "From", MQ_COLUMN_TEXT);
  guint           to = mq_table_builder_add_column (b, "to", "To", MQ_COLUMN_TEXT);
  guint           value = mq_table_builder_add_column (b, "customers", "Customers", MQ_COLUMN_INTEGER);
  guint           n_stages = pick_n (self, 3, 6);
  g_autoptr (MqTable) table = NULL;

  for (guint s = 0; s < n_stages; s++)
    for (guint i = 0; i < 5; i++)
      for (guint k = 0; k < 5; k++)
        if ((s + i * 2 + k * 3) % 3 != 1)
          {
            mq_table_builder_append (b);
            mq_table_builder_set_integer (b, stage, s);
            mq_table_builder_set_text (b, from, steps[self->words][i]);
            mq_table_builder_set_text (b, to, steps[self->words][k]);
            mq_table_builder_set_integer (b, value, pick_count (self, (gint64) (400 / (s + 1) / (1 + ABS ((int) i + 1 - (int) k)) + 10)));
          }
  table = mq_table_builder_finish (b);
  return mq_chart_new_sankey (table, "Most go from product to cart", "Customers by step of their path", "from", "to", "customers", "stage");
}

static MqChart *
make_histogram (Maker *self)
{
  const MqMarker  markers[] = { { "half", 38 }, { "80 %", 91 }, { "95 %", 172 } };
  MqTableBuilder *b = start ();
  guint           from = mq_table_builder_add_column (b, "from", "From", MQ_COLUMN_INTEGER);
  guint           to = mq_table_builder_add_column (b, "to", "To", MQ_COLUMN_INTEGER);
  guint           value = mq_table_builder_add_column (b, "customers", "Customers", MQ_COLUMN_INTEGER);
  guint           n = pick_n (self, 30, 300);
  g_autoptr (MqTable) table = NULL;

  for (guint i = 0; i < n; i++)
    {
      mq_table_builder_append (b);
      mq_table_builder_set_integer (b, from, i * 7);
      mq_table_builder_set_integer (b, to, i + 1 < n ? (gint64) (i + 1) * 7 : G_MININT64);
      mq_table_builder_set_integer (b, value, pick_count (self, (gint64) (900 * exp (-0.11 * i) * (1 + 0.15 * sin (i * 1.7)))));
    }
  table = mq_table_builder_finish (b);
  return mq_chart_new_histogram (table, "Half buy again within 38 days", "Customers by days between two orders", "from", "to", "customers", markers, G_N_ELEMENTS (markers));
}

static MqChart *
make_heat_map (Maker *self)
{
  MqTableBuilder *b = start ();
  guint           r = mq_table_builder_add_column (b, "r", "Recency score", MQ_COLUMN_INTEGER);
  guint           f = mq_table_builder_add_column (b, "f", "Frequency score", MQ_COLUMN_INTEGER);
  guint           customers = mq_table_builder_add_column (b, "customers", "Customers", MQ_COLUMN_INTEGER);
  guint           segment = mq_table_builder_add_column (b, "segment", "Segment", MQ_COLUMN_TEXT);
  g_autoptr (MqTable) table = NULL;

  for (guint x = 1; x <= 5; x++)
    for (guint y = 1; y <= 5; y++)
      {
        mq_table_builder_append (b);
        mq_table_builder_set_integer (b, r, x);
        mq_table_builder_set_integer (b, f, y);
        mq_table_builder_set_integer (b, customers, pick_count (self, 40 + x * y * 13));
        mq_table_builder_set_text (b, segment, words_of[self->words][(10 - x - y) % WORDS]);
      }
  table = mq_table_builder_finish (b);
  return mq_chart_new_heat_map (table, "Champions are 16 % of customers", "Customers by recency and frequency score", "r", "f", "customers", "segment");
}

static MqChart *
make_cohorts (Maker *self)
{
  MqTableBuilder *b = start ();
  guint           cohort = mq_table_builder_add_column (b, "cohort", "Cohort", MQ_COLUMN_TEXT);
  guint           period = mq_table_builder_add_column (b, "period", "Month", MQ_COLUMN_INTEGER);
  guint           size = mq_table_builder_add_column (b, "size", "Customers", MQ_COLUMN_INTEGER);
  guint           value = mq_table_builder_add_column (b, "value", "Bought again", MQ_COLUMN_SHARE);
  guint           complete = mq_table_builder_add_column (b, "complete", "Complete", MQ_COLUMN_BOOLEAN);
  guint           n = pick_n (self, 12, 30);
  g_autoptr (MqTable) table = NULL;

  for (guint c = 0; c < n; c++)
    {
      g_autofree char *name = g_strdup_printf ("%d-%02d", 2010 + (c + 11) / 12, (c + 11) % 12 + 1);
      gint64           customers = pick_count (self, 900 - (c * 137) % 500);

      for (guint p = 0; p + c < n; p++)
        {
          mq_table_builder_append (b);
          mq_table_builder_set_text (b, cohort, name);
          mq_table_builder_set_integer (b, period, p);
          mq_table_builder_set_integer (b, size, customers);
          mq_table_builder_set_double (b, value, p == 0 ? 1 : pick_share (self, 0.34 + 0.012 * ((c * 5) % 7) - 0.02 * p));
          mq_table_builder_set_integer (b, complete, p + c + 1 < n);
        }
    }
  table = mq_table_builder_finish (b);
  return mq_chart_new_cohorts (table, "A third buys again in the month after the first order", "Share of customers who ordered again, by month since their first order", &(MqCohortColumns){ .cohort = "cohort", .period = "period", .value = "value", .size = "size", .complete = "complete", .totals = TRUE });
}

static MqTable *
make_dots (Maker *self, guint n, guint n_series)
{
  MqTableBuilder *b = start ();
  guint           name = mq_table_builder_add_column (b, "customer", "Customer", MQ_COLUMN_TEXT);
  guint           group = mq_table_builder_add_column (b, "group", "Group", MQ_COLUMN_TEXT);
  guint           x = mq_table_builder_add_column (b, "orders", "Orders", MQ_COLUMN_INTEGER);
  guint           y = mq_table_builder_add_column (b, "revenue", "Revenue", MQ_COLUMN_MONEY);
  g_autoptr (GRand) random = g_rand_new_with_seed (9 + self->seed);

  for (guint i = 0; i < n; i++)
    {
      double orders = exp (g_rand_double (random) * 4.5);

      mq_table_builder_append (b);
      mq_table_builder_set_text (b, name, words_of[self->words][i % WORDS]);
      mq_table_builder_set_text (b, group, channels[self->words][i % n_series]);
      mq_table_builder_set_integer (b, x, 1 + (gint64) orders);
      mq_table_builder_set_integer (b, y, pick_count (self, (gint64) (orders * exp (g_rand_double (random) * 3 + 6))));
    }
  return mq_table_builder_finish (b);
}

static MqChart *
make_scatter (Maker *self)
{
  g_autoptr (MqTable) table = make_dots (self, pick_n (self, 24, 150), 3);

  return mq_chart_new_scatter (table, "Revenue grows with orders", "Customers by orders and revenue", &(MqScatterColumns){ .x = "orders", .y = "revenue", .label = "customer", .series = "group" });
}

static MqChart *
make_scatter_many (Maker *self)
{
  g_autoptr (MqTable) table = make_dots (self, pick_n (self, 20000, 4000), 1);

  return mq_chart_new_scatter (table, "Revenue grows with orders", "20,000 customers by orders and revenue", &(MqScatterColumns){ .x = "orders", .y = "revenue", .log_x = TRUE, .log_y = TRUE });
}

static MqChart *
make_treemap (Maker *self)
{
  MqTableBuilder *b = start ();
  guint           name = mq_table_builder_add_column (b, "segment", "Segment", MQ_COLUMN_TEXT);
  guint           value = mq_table_builder_add_column (b, "revenue", "Revenue", MQ_COLUMN_MONEY);
  guint           share = mq_table_builder_add_column (b, "share", "Share", MQ_COLUMN_SHARE);
  guint           n = pick_n (self, WORDS, 300);
  g_autoptr (MqTable) table = NULL;

  for (guint i = 0; i < n; i++)
    {
      gint64 amount = pick_count (self, (gint64) (5000000 * exp (-0.35 * i)));

      mq_table_builder_append (b);
      mq_table_builder_set_text (b, name, words_of[self->words][i % WORDS]);
      mq_table_builder_set_integer (b, value, amount);
      mq_table_builder_set_double (b, share, MIN (1, amount / 1.65e7));
    }
  table = mq_table_builder_finish (b);
  return mq_chart_new_treemap (table, "Champions bring a third of revenue", "Revenue by segment", "segment", "revenue", "share");
}

static MqChart *
make_sparkline (Maker *self)
{
  g_autoptr (MqTable) table = make_trend (self, 1, pick_n (self, 30, 120));

  return mq_chart_new_sparkline (table, "Conversion rate by week", "day", "rate", "complete");
}

static const struct
{
  const char *name;
  MqChart *(*make) (Maker *);
} samples[] = {
  { "bars", make_bars },
  { "grouped", make_grouped },
  { "panels", make_panels },
  { "stacked", make_stacked },
  { "diverging", make_diverging },
  { "columns", make_columns },
  { "columns-stacked", make_stacked_columns },
  { "columns-grouped", make_grouped_columns },
  { "line-band", make_line_band },
  { "lines", make_lines },
  { "line-bands", make_line_bands },
  { "survival", make_survival },
  { "cohorts", make_retention },
  { "hours", make_hours },
  { "funnel", make_funnel },
  { "sankey", make_sankey },
  { "paths", make_paths },
  { "histogram", make_histogram },
  { "heat-map", make_heat_map },
  { "triangle", make_cohorts },
  { "scatter", make_scatter },
  { "scatter-many", make_scatter_many },
  { "treemap", make_treemap },
  { "sparkline", make_sparkline },
  { "levels", make_levels },
  { "kinds", make_kinds },
  { "level-lines", make_level_lines },
};

guint
chart_sample_n (void)
{
  return G_N_ELEMENTS (samples);
}

const char *
chart_sample_name (guint index)
{
  return samples[index].name;
}

MqChart *
chart_sample_make (guint index, SampleWords words, guint seed)
{
  Maker    maker = { words, seed, g_rand_new_with_seed (seed * 101 + index) };
  MqChart *chart = samples[index].make (&maker);

  g_rand_free (maker.random);
  return chart;
}

MqChart *
chart_sample_fullest (void)
{
  Maker maker = { SAMPLE_ENGLISH, 0, g_rand_new_with_seed (1) };
  g_autoptr (MqTable) table = make_trend (&maker, 5, 20000);

  g_rand_free (maker.random);
  return mq_chart_new_lines (table, "Fullest", "Five lines of 20,000 points", &(MqLineColumns){ .x = "day", .value = "rate", .series = "channel", .low = "low", .high = "high", .complete = "complete" });
}
