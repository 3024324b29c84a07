/* sample-english.c: a British shop for things about the house. All people and goods are invented. */

#include "sample/sample-words.h"

static const char *const female[] = {
  "Olivia", "Amelia", "Isla", "Ava", "Ivy", "Freya", "Lily", "Florence", "Mia", "Willow", "Rosie", "Sophia", "Isabella", "Grace", "Daisy", "Sienna", "Poppy", "Elsie", "Emily", "Ella", "Evelyn", "Phoebe", "Evie", "Charlotte", "Harper", "Millie", "Matilda", "Maya", "Sophie", "Alice", "Emilia", "Isabelle", "Ruby", "Luna", "Maisie", "Aria", "Penelope", "Mila", "Bonnie", "Eva", "Hallie", "Eliza", "Ada", "Violet", "Esme", "Arabella", "Imogen", "Jessica", "Delilah", "Chloe", "Priya", "Aisha", "Fatima", "Margaret", "Susan", "Helen", "Karen", "Joanne", NULL
};

static const char *const male[] = {
  "Noah", "Oliver", "George", "Arthur", "Muhammad", "Leo", "Harry", "Oscar", "Archie", "Henry", "Theodore", "Freddie", "Jack", "Charlie", "Theo", "Alfie", "Jacob", "Thomas", "Finley", "Arlo", "William", "Lucas", "Roman", "Tommy", "Isaac", "Teddy", "Alexander", "Luca", "Edward", "James", "Joshua", "Albie", "Elijah", "Max", "Mohammed", "Reuben", "Mason", "Sebastian", "Rory", "Jude", "Louie", "Benjamin", "Ethan", "Adam", "Hugo", "Joseph", "Reggie", "Ronnie", "Harrison", "Louis", "Arjun", "Samuel", "David", "Peter", "Stephen", "Graham", NULL
};

static const char *const family[] = {
  "Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Patel", "Robinson", "Wright", "Thompson", "Evans", "Walker", "White", "Roberts", "Green", "Hall", "Wood", "Jackson", "Clarke", "Khan", "Thomas", "Harris", "Lewis", "Hughes", "Cooper", "Turner", "Edwards", "Hill", "Moore", "Ward", "Clark", "Harrison", "Scott", "Young", "Morris", "Baker", "Watson", "Morgan", "Singh", "King", "Carter", "Ahmed", "Mitchell", "Phillips", "James", "Anderson", "Allen", "Bailey", "Lee", "Cook", "Bennett", "Marshall", "Hussain", "Shaw", "Richardson", "Campbell", "Kelly", "Simpson", "Chapman", "Webb", "Mason", "Rogers", "Gray", "Hunt", "Begum", "Palmer", "Holmes", "Mills", "Barnes", "Knight", "Lloyd", "Butler", "Russell", "Fisher", "Barker", "Stevens", "Jenkins", "Murray", "Dixon", "Harvey", "Pearson", "Graham", "Fletcher", "Murphy", "Howard", "Andrews", "Kaur", "Reynolds", NULL
};

static const SamplePlace places[] = {
  { "London", "Greater London" }, { "Manchester", "North West" }, { "Birmingham", "West Midlands" }, { "Leeds", "Yorkshire" }, { "Bristol", "South West" }, { "Glasgow", "Scotland" }, { "Edinburgh", "Scotland" }, { "Liverpool", "North West" }, { "Brighton", "South East" }, { "Sheffield", "Yorkshire" }, { "Cardiff", "Wales" }, { "Nottingham", "East Midlands" }, { "Newcastle", "North East" }, { "Oxford", "South East" }, { "Cambridge", "East of England" }, { "Belfast", "Northern Ireland" }, { "York", "Yorkshire" }, { "Norwich", "East of England" }, { "Bath", "South West" }, { "Leicester", "East Midlands" }, { "Exeter", "South West" }, { "Reading", "South East" }, { "Swansea", "Wales" }, { "Aberdeen", "Scotland" }, { "Durham", "North East" }, { NULL, NULL }
};

static const SampleProduct products[] = {
  { "Enamel Mug Cream", "Kitchen", 895 }, { "Oak Chopping Board", "Kitchen", 2450 }, { "Linen Tea Towel", "Kitchen", 950 }, { "Stoneware Bowl", "Kitchen", 1400 }, { "Cast Iron Trivet", "Kitchen", 1295 }, { "Glass Storage Jar", "Kitchen", 1150 }, { "Cake Stand White", "Kitchen", 3200 }, { "Copper Measuring Cups", "Kitchen", 2295 }, { "Brass Desk Lamp", "Lighting", 6900 }, { "Paper Lantern Large", "Lighting", 1800 }, { "Rattan Pendant Shade", "Lighting", 4950 }, { "Rechargeable Table Lamp", "Lighting", 5400 }, { "Fairy Lights Warm White", "Lighting", 1250 }, { "Ceramic Bedside Lamp", "Lighting", 4600 }, { "Wool Throw Grey", "Textiles", 5900 }, { "Velvet Cushion Moss", "Textiles", 2900 }, { "Cotton Bath Towel", "Textiles", 2200 }, { "Striped Apron", "Textiles", 2400 }, { "Jute Doormat", "Textiles", 1950 }, { "Washed Linen Pillowcase", "Textiles", 2600 }, { "Patchwork Quilt", "Textiles", 9800 }, { "Dotted Notebook A5", "Stationery", 1250 }, { "Brass Pen", "Stationery", 2800 }, { "Wall Planner", "Stationery", 1500 }, { "Gift Wrap Set", "Stationery", 795 }, { "Letterpress Card Pack", "Stationery", 1095 }, { "Washi Tape Trio", "Stationery", 650 }, { "Leather Pencil Case", "Stationery", 3400 }, { "Terracotta Pot", "Garden", 1295 }, { "Hand Trowel Ash", "Garden", 1695 }, { "Watering Can Sage", "Garden", 2750 }, { "Seed Tin", "Garden", 1450 }, { "Bird Feeder Copper", "Garden", 2350 }, { "Garden Twine", "Garden", 595 }, { "Hanging Planter", "Garden", 2100 }, { "Soy Candle Fig", "Candles", 1895 }, { "Soy Candle Cedar", "Candles", 1895 }, { "Beeswax Dinner Candles", "Candles", 1200 }, { "Reed Diffuser Citrus", "Candles", 2400 }, { "Tea Light Holder", "Candles", 750 }, { "Advent Candle", "Candles", 995 }, { "Candle Snuffer", "Candles", 1395 }, { NULL, NULL, 0 }
};

static const SampleSeason seasons[] = {
  { "12-24", "12-27", 0.3 }, { "11-20", "12-18", 2.6 }, { "11-01", "12-31", 1.3 }, { "01-01", "01-31", 0.8 }, { "07-15", "08-25", 0.85 }, { NULL, NULL, 1 }
};

const SampleWords sample_english = {
  .female = female,
  .male = male,
  .family = family,
  .family_first = FALSE,
  .genders = { "female", "male" },
  .places = places,
  .products = products,
  .refunded_category = "Lighting",
  .seasons = seasons,
  .weekdays = { 1.1, 1.0, 0.95, 1.0, 0.9, 0.85, 1.25 },
  .channels = { "Organic search", "Paid search", "Email", "Social", "Display", "Affiliate", "Referral", "Direct" },
  .campaigns = {
      { "Black Friday 2024", "2024-11-22", "2024-12-02", 1 },
      { "Christmas Gifts 2024", "2024-12-03", "2024-12-18", 3 },
      { "January Sale 2025", "2025-01-02", "2025-01-19", 2 },
      { "Valentine 2025", "2025-02-03", "2025-02-13", 3 },
      { "Spring Club 2025", "2025-03-01", "2025-04-30", 2 },
      { "Summer Garden 2025", "2025-06-02", "2025-06-29", 4 },
      { "Back to School 2025", "2025-08-25", "2025-09-07", 5 },
      { "Black Friday 2025", "2025-11-21", "2025-12-01", 1 },
      { "Christmas Gifts 2025", "2025-12-02", "2025-12-18", 3 },
      { "January Sale 2026", "2026-01-02", "2026-01-18", 2 },
      { "Mothering Sunday 2026", "2026-03-02", "2026-03-14", 3 },
      { "Summer Garden 2026", "2026-06-01", "2026-06-28", 4 },
  },
  .statuses = { "Completed", "Shipped", "Paid", "Unpaid", "Refunded", "Partly refunded" },
  .events = { "visit", "view", "cart", "checkout", "purchase", "sign_up" },
  .tags = { "Regular", "Gift buyer", "Newsletter" },
  .customer_prefix = "C",
  .long_order_ids = FALSE,
  .customers_header = "customer_id,name,gender,birth_date,city,region,first_channel,added_at,tags",
  .orders_header = "order_id,customer_id,time,product,category,quantity,unit_price,amount,status,source,campaign,refund",
  .events_header = "customer_id,time,event,channel,campaign,product,amount,order_id",
  .feedback_header = "customer_id,time,text,source,rating,product,region",
  .speech = &sample_english_speech,
};
