/* segment-map.c: the three maps from RFM scores to segments (METHODS.md, section RFM) and the proof that a map has
 * neither holes nor overlaps. */

#include "config.h"

#include "rfm/segment-map.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_SEGMENT 255

static const MqSegment eleven_segments[] = {
  { N_ ("Champions"),
    N_ ("Reward them, show new products first, ask for a review"),
    N_ ("They bought lately, often and for much: a thank-you keeps them, a discount only costs margin"),
    "555 554 544 545 454 455 445" },
  { N_ ("Loyal"),
    N_ ("Offer the higher tier or a bundle, invite to the members' club"),
    N_ ("They come back by themselves: a larger basket is the next step"),
    "543 444 435 355 354 345 344 335" },
  { N_ ("Potential Loyalist"),
    N_ ("Recommend what goes with their last order, offer membership"),
    N_ ("They bought lately and more than once: the next order makes the habit"),
    "553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352 351 342 341 333 323" },
  { N_ ("New Customers"),
    N_ ("Welcome them, help with the first product, set a second order in motion"),
    N_ ("One order and not long ago: whether they come back is decided in the first weeks"),
    "512 511 422 421 412 411 311" },
  { N_ ("Promising"),
    N_ ("Send a personal recommendation with a reason to return soon"),
    N_ ("They bought lately for a good sum, but seldom: interest is there, the habit is not"),
    "525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313" },
  { N_ ("Need Attention"),
    N_ ("Make an offer with an end date, based on what they bought"),
    N_ ("Good customers whose last order is getting old: they are the cheapest to keep"),
    "535 534 443 434 343 334 325 324" },
  { N_ ("About To Sleep"),
    N_ ("Remind them of what is new and of favourites in stock"),
    N_ ("Below the average in everything and growing quiet: one light contact before they are gone"),
    "331 321 312 221 213 231 241 251" },
  { N_ ("At Risk"),
    N_ ("Write personally, ask what was wrong, make a return easy"),
    N_ ("They bought often or for much, but long ago: their turnover is about to be lost"),
    "255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133 125 124" },
  { N_ ("Cannot Lose Them"),
    N_ ("Call them, or have their adviser write; solve what drove them away"),
    N_ ("The largest sums of those who have been silent longest: worth a conversation each"),
    "155 154 144 214 215 115 114 113" },
  { N_ ("Hibernating"),
    N_ ("Put them into the low-cost rhythm: seasonal news, a standard offer"),
    N_ ("Long ago, seldom and little: effort beyond that seldom pays"),
    "332 322 233 232 223 222 132 123 122 212 211" },
  { N_ ("Lost"),
    N_ ("One last offer, then leave them out of paid contact"),
    N_ ("The lowest in all three: money spent here is missing elsewhere"),
    "111 112 121 131 141 151" },
};

static const MqSegment grid_segments[] = {
  { N_ ("Hibernating"),
    N_ ("Put them into the low-cost rhythm: seasonal news, a standard offer"),
    N_ ("Long ago and seldom: effort beyond that seldom pays"),
    "11 12 21 22" },
  { N_ ("At Risk"),
    N_ ("Write personally, ask what was wrong, make a return easy"),
    N_ ("They bought often, but long ago: their turnover is about to be lost"),
    "13 14 23 24" },
  { N_ ("Cannot Lose Them"),
    N_ ("Call them, or have their adviser write; solve what drove them away"),
    N_ ("The most frequent buyers of all, now silent: worth a conversation each"),
    "15 25" },
  { N_ ("About To Sleep"),
    N_ ("Remind them of what is new and of favourites in stock"),
    N_ ("Seldom, and growing quiet: one light contact before they are gone"),
    "31 32" },
  { N_ ("Need Attention"),
    N_ ("Make an offer with an end date, based on what they bought"),
    N_ ("In the middle of both scales: they are the cheapest to keep"),
    "33" },
  { N_ ("Loyal"),
    N_ ("Offer the higher tier or a bundle, invite to the members' club"),
    N_ ("They come back by themselves: a larger basket is the next step"),
    "34 35 44 45" },
  { N_ ("Promising"),
    N_ ("Send a personal recommendation with a reason to return soon"),
    N_ ("One order some time ago: interest was there, the habit is not"),
    "41" },
  { N_ ("New Customers"),
    N_ ("Welcome them, help with the first product, set a second order in motion"),
    N_ ("One order and not long ago: whether they come back is decided in the first weeks"),
    "51" },
  { N_ ("Potential Loyalist"),
    N_ ("Recommend what goes with their last order, offer membership"),
    N_ ("They bought lately and more than once: the next order makes the habit"),
    "42 43 52 53" },
  { N_ ("Champions"),
    N_ ("Reward them, show new products first, ask for a review"),
    N_ ("They bought lately and most often: a thank-you keeps them, a discount only costs margin"),
    "54 55" },
};

static const MqSegment eight_segments[] = {
  { "important value",
    N_ ("Keep the service outstanding, give early access and a personal contact"),
    N_ ("Recent, repeated and above the mean in money: they carry the shop"),
    "111" },
  { "important keep",
    N_ ("Get in touch now, with a reason that fits what they bought"),
    N_ ("Repeated and above the mean in money, but longer ago than usual: they are drifting away"),
    "011" },
  { "important develop",
    N_ ("Lead to a second order: matching products, membership"),
    N_ ("Recent and above the mean in money, but one order only"),
    "101" },
  { "important retain",
    N_ ("Win back with a personal offer, ask why they stayed away"),
    N_ ("One large order, longer ago than usual: without contact they are lost"),
    "001" },
  { "general value",
    N_ ("Raise the basket: bundles, free shipping from a sum"),
    N_ ("Recent and repeated, but below the mean in money"),
    "110" },
  { "general keep",
    N_ ("Remind at low cost, in the rhythm of their purchases"),
    N_ ("Repeated, below the mean in money, longer ago than usual"),
    "010" },
  { "general develop",
    N_ ("Welcome them, help with the first product, offer a small second order"),
    N_ ("Recent, one small order: new customers for the most part"),
    "100" },
  { "general retain",
    N_ ("Seasonal news only; leave them out of paid contact"),
    N_ ("One small order, longer ago than usual: effort seldom pays"),
    "000" },
};

static guint8 eleven_cells[125];
static guint8 grid_cells[25];
static guint8 eight_cells[8];

static const MqSegmentMap maps[] = {
  { "eleven", N_ ("Eleven segments"), MQ_MAP_RFM, G_N_ELEMENTS (eleven_segments), eleven_segments, eleven_cells },
  { "grid", N_ ("Recency and frequency grid"), MQ_MAP_RF, G_N_ELEMENTS (grid_segments), grid_segments, grid_cells },
  { "eight", N_ ("Eight classes, high and low"), MQ_MAP_HIGH, G_N_ELEMENTS (eight_segments), eight_segments, eight_cells },
};

/* The cell of a code ("543", "54", "101"), or -1 if it is none of the shape. */
static int
parse_code (MqMapShape shape, const char *code, gsize length)
{
  guint digits[3] = { 1, 1, 1 };
  guint lowest = shape == MQ_MAP_HIGH ? 0 : 1;
  guint highest = shape == MQ_MAP_HIGH ? 1 : 5;

  if (length != (shape == MQ_MAP_RF ? 2 : 3))
    return -1;
  for (gsize i = 0; i < length; i++)
    {
      if (code[i] < '0' + (int) lowest || code[i] > '0' + (int) highest)
        return -1;
      digits[i] = code[i] - '0';
    }
  return mq_segment_map_cell (shape, digits[0], digits[1], digits[2]);
}

/* The code of a cell: "543", "54", "101". */
static void
write_code (MqMapShape shape, guint cell, char code[4])
{
  guint n = shape == MQ_MAP_RF ? 2 : 3;
  guint base = shape == MQ_MAP_HIGH ? 2 : 5;

  code[n] = '\0';
  for (guint i = n; i > 0; i--, cell /= base)
    code[i - 1] = (char) ('0' + cell % base + (shape == MQ_MAP_HIGH ? 0 : 1));
}

static gboolean
fill_segment (MqMapShape shape, const MqSegment *segments, guint segment, guint8 *cells, GError **error)
{
  const char *code = segments[segment].codes;

  while (*code != '\0')
    {
      gsize length = strcspn (code, " ");
      int   cell = parse_code (shape, code, length);

      if (cell < 0)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("Segment %u of the map names the cell %.*s, which does not exist."), segment + 1, (int) length, code);
          return FALSE;
        }
      if (cells[cell] != NO_SEGMENT)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The cell %.*s belongs to two segments: take it out of one of them."), (int) length, code);
          return FALSE;
        }
      cells[cell] = segment;
      code += length;
      code += strspn (code, " ");
    }
  return TRUE;
}

guint
mq_segment_map_n_cells (MqMapShape shape)
{
  return shape == MQ_MAP_RFM ? 125 : shape == MQ_MAP_RF ? 25
                                                        : 8;
}

guint
mq_segment_map_cell (MqMapShape shape, guint r, guint f, guint m)
{
  switch (shape)
    {
    case MQ_MAP_RFM:
      return (r - 1) * 25 + (f - 1) * 5 + (m - 1);
    case MQ_MAP_RF:
      return (r - 1) * 5 + (f - 1);
    case MQ_MAP_HIGH:
    default:
      return r * 4 + f * 2 + m;
    }
}

gboolean
mq_segment_map_fill (MqMapShape shape, const MqSegment *segments, guint n_segments, guint8 *cells, GError **error)
{
  guint n_cells = mq_segment_map_n_cells (shape);

  g_return_val_if_fail (n_segments < NO_SEGMENT, FALSE);

  memset (cells, NO_SEGMENT, n_cells);
  for (guint i = 0; i < n_segments; i++)
    if (!fill_segment (shape, segments, i, cells, error))
      return FALSE;
  for (guint cell = 0; cell < n_cells; cell++)
    if (cells[cell] == NO_SEGMENT)
      {
        char code[4];

        write_code (shape, cell, code);
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The cell %s belongs to no segment: add it to one."), code);
        return FALSE;
      }
  return TRUE;
}

const MqSegmentMap *
mq_segment_map_find (const char *id)
{
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
        if (!mq_segment_map_fill (maps[i].shape, maps[i].segments, maps[i].n_segments, (guint8 *) maps[i].cells, NULL))
          g_assert_not_reached ();
      g_once_init_leave (&ready, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    if (g_strcmp0 (maps[i].id, id) == 0)
      return &maps[i];
  return NULL;
}
