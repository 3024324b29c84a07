/* sample-speech-english.c: sentences of comments, all of them invented. */

#include "sample/sample-words.h"

static const char *const praise[] = {
  "I love the # and it looks even better than in the photos.",
  "Excellent quality and beautifully wrapped.",
  "Really happy with the #.",
  "My sister was delighted with it as a birthday present.",
  "Arrived two days early and very well packed.",
  "Lovely shop with friendly service. I will be back.",
  "The # is gorgeous and feels solid.",
  "Great value for the money.",
  "Fantastic. Exactly what I was looking for.",
  "We use the # every day and adore it.",
  "So pleased that I have ordered another one.",
  "Thank you for the quick delivery and the kind note in the parcel.",
  "Everyone who visits asks where I got the #.",
  "Superb craftsmanship. Highly recommended.",
  "Not bad at all - in fact one of my best buys this year.",
  "The colour is lovely and goes perfectly with our home.",
  "Brilliant customer service: my question was answered within the hour.",
  "A wonderful gift. My mother was thrilled.",
  NULL
};

static const char *const plain[] = {
  "The # came on Tuesday.",
  "It is as described.",
  "I bought the # for my office.",
  "It is a # and it does what it says.",
  "The box was brown cardboard with paper inside.",
  "I have not used it yet.",
  "Ordered one for us and one for my neighbour.",
  "I will know more after a few weeks of use.",
  "It is a bit different from the old one. Neither better nor worse.",
  "It is okay. Nothing more and nothing less.",
  "Picked it up from the post office on Saturday.",
  "This was my first order in this shop.",
  NULL
};

static const char *const question[] = {
  "How much is shipping to Northern Ireland?",
  "What are the shipping costs for two parcels?",
  "Do you deliver to France and what does shipping cost?",
  "How much does the delivery cost for the #?",
  "From which amount on is delivery free?",
  "When will the # be in stock again?",
  "Does the # come in other colours?",
  "Can I return the # in the shop?",
  "How do I return an item?",
  "Can you wrap the # as a gift?",
  "Is the # made in Britain?",
  "When will my order be sent?",
  "Where is my order? It was due yesterday.",
  "Can I change the delivery address of my order?",
  "Which size is the # in centimetres?",
  "Do you ship to Norway?",
  NULL
};

static const char *const delivery[] = {
  "The delivery was late by nine days and nobody told me why.",
  "Terrible delivery. The parcel was left in the rain.",
  "The parcel arrived two weeks late and the birthday was over.",
  "The courier never rang and took my parcel to a depot far away.",
  "Delivery took far too long. Very disappointed.",
  "Still waiting for the delivery of my # after three weeks. Awful.",
  "The parcel came crushed and the # was broken on arrival.",
  "The courier claims to have delivered it but no parcel ever came. I am furious.",
  "Tracking stopped for a week and the delivery was late again.",
  "Late delivery. I had to buy another present at the last minute.",
  "The courier threw the parcel over the fence. Unacceptable.",
  "I paid for next day delivery and waited six days. What a rip-off.",
  NULL
};

static const char *const quality[] = {
  "The # broke after two days. Very poor quality.",
  "Cheap material and it smells awful.",
  "There was an ugly scratch right across the #.",
  "The # looked worn in the first week. Disappointing.",
  "Poor quality for this price. I regret buying it.",
  "It was useless within a month. Waste of money.",
  "The # arrived with a crack and looks badly made.",
  "I am really disappointed with the #.",
  "Sadly the # looks nothing like the photos.",
  "It feels flimsy and badly finished. I would not buy it again.",
  NULL
};

static const char *const size[] = {
  "The # is far too small. I was disappointed.",
  "Much smaller than it looks in the photos. Misleading.",
  "The measurements on the page are wrong and it does not fit.",
  "Too big for any shelf of ours and a nuisance to send back.",
  "The # is tiny. I expected more.",
  "The size is not as described. Annoying.",
  "It is so small that it is useless to us.",
  "Wrong size sent and now I have to return it. Frustrating.",
  NULL
};

static const char *const price[] = {
  "Far too expensive for what it is.",
  "I saw the # much cheaper elsewhere a day later. Annoyed.",
  "The price went down by a third one week after I ordered. Unfair.",
  "Overpriced. The # is not worth it.",
  "The shipping costs are a rip-off for such a small parcel.",
  "Hidden costs at the checkout left a bad taste.",
  "Not worth the money at all.",
  NULL
};

static const char *const service[] = {
  "Customer service never answered my three emails.",
  "I was kept on hold for forty minutes and then cut off. Dreadful.",
  "They refuse to refund the # and I am very angry.",
  "Rude reply when I complained about the #.",
  "Still no refund after a month. Terrible service.",
  "Nobody feels responsible and every answer is a copied text. Hopeless.",
  "The worst service I have had in years.",
  NULL
};

const SampleSpeech sample_english_speech = {
  .sentences = { praise, plain, question, delivery, quality, size, price, service },
  .gap = " ",
  .sources = { "Shop review", "Survey", "Customer service", "Social media" },
  .stock = "No comment",
};
